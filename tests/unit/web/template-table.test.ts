import { describe, expect, it } from 'vitest';
import { stoppedTemplates, templateTable } from '../../../web/src/lib/template-table.ts';
import type { Template } from '../../../web/src/lib/template-table.ts';
import { templateWords } from '../../../web/src/lib/words/template.ts';

const template = (fields: Partial<Template> = {}): Template => ({
  ...{ scenario: 'birthday', language: 'cs', name: 'birthday_v1', template_language: 'cs' },
  ...{ status: 'APPROVED', is_usable: true, is_current: true },
  ...{ why_not: null, since: null, is_resumable: false, body: 'Body', footer: 'Footer' },
  ...fields,
});
const missing = (language: string) =>
  template({ language, name: null, template_language: null, status: null, is_usable: false, body: null });
const stopped = (fields: Partial<Template> = {}) =>
  template({ is_usable: false, why_not: 'Meta paused it.', status: 'PAUSED', ...fields });

describe('the table of templates', () => {
  it('has a row per scenario in their order, and in it the current template of each language', () => {
    const scenarios = [
      { code: 'birthday', name: 'Birthday' },
      { code: 'milestone', name: 'Milestone' },
      { code: 'one_off', name: 'One-off campaign' },
    ];
    const rows = templateTable(scenarios, [
      missing('bg'),
      template({ name: 'birthday_v0', is_current: false }),
      template({ scenario: 'milestone', name: 'milestone_v1' }),
      template({ scenario: null, name: 'own' }),
      template(),
    ]);
    expect(
      rows.map(({ name, cells }) => [name, cells.map((cell) => [cell.language, cell.template.name])]),
    ).toEqual([
      [
        'Birthday',
        [
          ['cs', 'birthday_v1'],
          ['bg', null],
        ],
      ],
      ['Milestone', [['cs', 'milestone_v1']]],
    ]);
  });

  it.each([
    ['None', missing('cs')],
    ['Approved', template()],
    ['In review', template({ status: 'PENDING', is_usable: false })],
    ['Paused', stopped()],
    ['Refused', stopped({ status: 'REFUSED' })],
    ['Stopped', stopped({ status: 'APPROVED' })],
    ['Stopped', stopped({ status: 'A_NEW_ONE' })],
  ])('says "%s" of a template in that state', (label, shown) => {
    expect(templateWords.state(shown).label).toBe(label);
  });
});

describe('what stands still', () => {
  it('is told with the one that goes out instead', () => {
    const newer = stopped({ name: 'birthday_v2', is_current: false });
    expect(stoppedTemplates([newer, template()])).toMatchObject([
      { name: 'birthday_v2', why_not: 'Meta paused it.', standIn: 'birthday_v1' },
    ]);
    expect(stoppedTemplates([stopped(), template({ language: 'uk' })])).toMatchObject([{ standIn: null }]);
  });

  it('is not what is in review, missing, in use, or deleted and replaced', () => {
    const nothing = [
      template(),
      missing('uk'),
      stopped({ status: 'PENDING', name: 'birthday_v2', is_current: false }),
      stopped({ status: 'DELETED', name: 'birthday_v0', is_current: false }),
    ];
    expect(stoppedTemplates(nothing)).toEqual([]);
    expect(stoppedTemplates([stopped({ status: 'DELETED' })])).toHaveLength(1);
  });

  it('counts the club’s own templates too, which nothing stands in for', () => {
    const own = stopped({ scenario: null, name: 'own', is_current: false });
    expect(
      stoppedTemplates([own, template({ scenario: null, name: 'other', is_current: false })]),
    ).toMatchObject([{ name: 'own', standIn: null }]);
  });
});

describe('the request for the starter templates', () => {
  const clock = { timeZone: 'Europe/Prague', now: '2026-11-20T09:00:00Z' };
  const request = { requested_at: null, answered_at: null, failed_at: null, error: null, synced_at: null };
  const said = (fields: Partial<Parameters<typeof templateWords.request.state>[0]>) =>
    templateWords.request.state({ ...request, ...fields }, clock);

  it.each([
    [{}, 'Nobody asked for them here yet.'],
    [{ requested_at: '2026-11-20T08:30:00Z' }, 'Asked for 09:30, waiting to be handed in.'],
    [
      {
        requested_at: '2026-11-20T08:30:00Z',
        answered_at: '2026-11-20T08:31:00Z',
        synced_at: '2026-11-20T08:45:00Z',
      },
      'Handed in 09:31. Meta’s state was last read 09:45.',
    ],
    [
      {
        requested_at: '2026-11-20T08:30:00Z',
        failed_at: '2026-11-20T08:31:00Z',
        error: 'WhatsApp gave no answer.',
      },
      'Asked for 09:30; the try at 09:31 failed and is made again: WhatsApp gave no answer.',
    ],
  ])('%j is told as "%s"', (fields, words) => {
    expect(said(fields)).toBe(words);
  });
});
