import { describe, expect, it } from 'vitest';
import { fieldText, readAutonomyForm } from '../../../web/src/lib/autonomy-form.ts';
import { AUTONOMY_FIELDS } from '../../../web/src/lib/delivery.ts';
import type { DeliverySettings } from '../../../web/src/lib/delivery.ts';

const SETTINGS: DeliverySettings = {
  delivery_mode: 'moderation',
  is_autonomy_on: false,
  autonomy_min_approvals: 20,
  autonomy_max_edited_share: 0.07,
  autonomy_max_opt_out_share: 0.011,
  autonomy_sample_share: 0.05,
};

/** The form as the page shows it, with something typed over it. */
function form(typed: Record<string, string> = {}): FormData {
  const fields = new FormData();
  fields.set('was.is_autonomy_on', 'no');
  for (const field of AUTONOMY_FIELDS) {
    fields.set(field.code, fieldText(SETTINGS, field));
    fields.set(`was.${field.code}`, fieldText(SETTINGS, field));
  }
  for (const [code, text] of Object.entries(typed)) fields.set(code, text);
  return fields;
}

describe('the form of earned autonomy', () => {
  it('shows shares as percent, without the dust of a division', () => {
    expect(AUTONOMY_FIELDS.map((field) => fieldText(SETTINGS, field))).toEqual(['20', '7', '1.1', '5']);
  });

  it('changes nothing when it comes back as it was', () => {
    expect(readAutonomyForm(form())).toMatchObject({ changes: {}, mistakes: [] });
  });

  it('changes only what was typed over, percent as parts of one', () => {
    const typed = {
      is_autonomy_on: 'yes',
      autonomy_min_approvals: ' 30 ',
      autonomy_max_opt_out_share: '2,2',
    };
    expect(readAutonomyForm(form(typed)).changes).toEqual({
      is_autonomy_on: true,
      autonomy_min_approvals: 30,
      autonomy_max_opt_out_share: 0.022,
    });
  });

  it('switches autonomy off when the box is empty', () => {
    const { changes } = readAutonomyForm(form({ 'was.is_autonomy_on': 'yes' }));
    expect(changes).toEqual({ is_autonomy_on: false });
  });

  it.each(['', 'many', '1e3', '5 %'])(
    'says of “%s” that it is no number, and keeps what was typed',
    (text) => {
      const { typed, changes, mistakes } = readAutonomyForm(form({ autonomy_sample_share: text }));
      expect(mistakes).toEqual(['Still shown to a person must be a number, such as 5.']);
      expect(changes).toEqual({});
      expect(typed.autonomy_sample_share).toBe(text);
    },
  );
});
