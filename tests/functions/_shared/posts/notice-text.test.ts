import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import { toNoticeText } from '../../../../supabase/functions/_shared/posts/notice-text.ts';
import type { NoticeBody } from '../../../../supabase/functions/_shared/posts/notice.ts';

const ABOUT = { club_id: 1, club: 'Vltava Fit' };
const NOWHERE = { dashboardUrl: undefined };
const BUDGET = {
  budget_usd: 1,
  daily_drafts: 500,
  spent_micro_usd: 999_000,
  reserved_micro_usd: 0,
  drafts: 412,
};
const SINCE = '2026-11-20T09:00:00Z';

const told: [what: string, notice: NoticeBody, text: string][] = [
  [
    'a budget that is used up',
    { ...ABOUT, kind: 'budget_money', detail: BUDGET },
    "today's drafting budget of $1.00 is used up (412 drafts). Standard texts take over until midnight.",
  ],
  [
    'a budget of which much is only reserved',
    {
      ...ABOUT,
      kind: 'budget_money',
      detail: { ...BUDGET, spent_micro_usd: 100_000, reserved_micro_usd: 900_000 },
    },
    "today's drafting budget of $1.00 is used up (412 drafts, $0.90 reserved for those under way). Standard texts take over until midnight.",
  ],
  [
    'as many drafts as a day may have',
    { ...ABOUT, kind: 'budget_drafts', detail: { ...BUDGET, spent_micro_usd: 81_200, daily_drafts: 1500 } },
    "today's 1,500 drafts by Claude are written ($0.0812 so far). Standard texts take over until midnight.",
  ],
  [
    'a key that is refused',
    { ...ABOUT, kind: 'key_refused', detail: { since: SINCE, reason: 'Claude answered 401 (a_b): no' } },
    'Claude refuses the key: Claude answered 401 (a_b): no. Members get the standard texts until a valid ANTHROPIC_API_KEY is set.',
  ],
  [
    'a day of silence',
    { ...ABOUT, kind: 'no_answer', detail: { since: SINCE, reason: null } },
    'Claude has written nothing for a day: no reason given. Members get the standard texts; each new message asks again.',
  ],
];

describe('The moderation chat is told of', () => {
  it.each(told)('%s, in plain words', (_, notice, text) => {
    expect(toNoticeText(notice, 'en', NOWHERE)).toEqual({
      html: `✏️ <b>Vltava Fit</b>: ${text} Settings → Drafting.`,
      keyboard: undefined,
    });
  });

  it('a club whose name looks like HTML, as it is called', () => {
    const notice: NoticeBody = { ...ABOUT, club: '<b>Fit</b> & Fun', kind: 'budget_money', detail: BUDGET };
    expect(toNoticeText(notice, 'en', NOWHERE).html).toContain('<b>&lt;b&gt;Fit&lt;/b&gt; &amp; Fun</b>');
  });

  it.each(told)('%s, in each language with its figures', (_, notice) => {
    const texts = LANGUAGES.map((language) => toNoticeText(notice, language, NOWHERE).html);
    expect(new Set(texts).size).toBe(LANGUAGES.length);
    for (const text of texts) expect(text).not.toMatch(/undefined|NaN|#/);
    if (notice.kind === 'budget_money') for (const text of texts) expect(text).toContain('412');
  });
});
