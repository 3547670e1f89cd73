import { describe, expect, it } from 'vitest';
import { campaignFields, readCampaignForm } from '../../../web/src/lib/campaign-form.ts';

function form(entries: [string, string][]): FormData {
  const fields = new FormData();
  for (const [name, value] of entries) fields.append(name, value);
  return fields;
}

const COMPLETE: [string, string][] = [
  ['name', ' Spring '],
  ['segment', 'lost'],
  ['languages', 'cs'],
  ['languages', 'uk'],
  ['last_visit_from_days', ' 60 '],
  ['last_visit_until_days', ''],
  ['tags', 'yoga'],
  ['template_name', 'spring_v1'],
  ['fallback_language', ''],
  ['message.cs', ' Začínáme. '],
  ['message.uk', '  '],
  ['starts_date', '2026-06-15'],
  ['ends_date', '2026-06-28'],
];

describe('the form of a campaign', () => {
  it('is read as the database takes it: empty is nothing', () => {
    expect(readCampaignForm(form(COMPLETE))).toEqual({
      input: {
        name: 'Spring',
        segment: 'lost',
        languages: ['cs', 'uk'],
        last_visit_from_days: 60,
        last_visit_until_days: null,
        tags: ['yoga'],
        template_name: 'spring_v1',
        fallback_language: null,
        messages: { cs: 'Začínáme.' },
        starts_date: '2026-06-15',
        ends_date: '2026-06-28',
      },
      mistakes: [],
    });
  });

  it('may be nearly empty, and needs a name', () => {
    expect(readCampaignForm(form([['name', 'x']])).mistakes).toEqual([]);
    expect(readCampaignForm(form([['name', ' ']])).mistakes).toEqual([
      'A campaign needs a name: it is how you find it again.',
    ]);
  });

  it.each(['x', '-1', '1.5', '1e3', '12345'])('takes no %s for days', (typed) => {
    const { mistakes } = readCampaignForm(
      form([
        ['name', 'x'],
        ['last_visit_from_days', typed],
      ]),
    );
    expect(mistakes).toEqual([
      `The days since the last visit must be a whole number from 0 to 3650, not “${typed}”.`,
    ]);
  });

  it('shows what was saved, and reads the same from it', () => {
    const { input } = readCampaignForm(form(COMPLETE));
    expect(campaignFields(input)).toEqual({
      name: 'Spring',
      segment: 'lost',
      languages: ['cs', 'uk'],
      from: '60',
      until: '',
      tags: ['yoga'],
      template: 'spring_v1',
      fallback: '',
      messages: { cs: 'Začínáme.' },
      starts: '2026-06-15',
      ends: '2026-06-28',
    });
  });
});
