import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import { parseHtml } from '../../../../stack/sandbox/telegram/html.ts';
import { summaryBody } from '../../../../supabase/functions/_shared/posts/summary.ts';
import { toSummaryText } from '../../../../supabase/functions/_shared/posts/summary-text.ts';

const DRAFT_ID = '7d9c1c1e-58a5-4a70-9f0e-2f6a2cb3c001';

const text = (most: number) =>
  fc
    .tuple(
      fc.constantFrom('a', 'Přijďte. ', '<b>', '&amp;', '"', '👨‍👩‍👧‍👦', 'e\u0301', '\n', 'ก็็็'),
      fc.nat({ max: most }),
    )
    .map(([piece, length]) => {
      const whole = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
      return whole.isWellFormed() ? whole : whole.slice(0, -1);
    });
const count = fc.nat({ max: 1_000_000 });

const body = fc
  .record({
    club: text(200),
    counts: fc.array(
      fc.record({
        scenario: fc.constantFrom('reactivation', 'one_off', 'constructor'),
        scenario_name: text(200),
        campaign: fc.option(text(600), { nil: null }),
        ...{ sent: count, delivered: count, read: count, replied: count, opted_out: count },
      }),
      { maxLength: 20 },
    ),
    samples: fc.array(
      fc.record({
        draft_id: fc.constant(DRAFT_ID),
        member: text(200),
        scenario: fc.constantFrom('birthday', 'reactivation'),
        scenario_name: text(100),
        language: fc.constantFrom(...LANGUAGES),
        rendered: text(4096),
        translation: fc.option(fc.record({ text: fc.option(text(4096), { nil: null }) }), { nil: null }),
        judgements: fc.array(
          fc.record({ is_good: fc.boolean(), name: fc.option(text(200), { nil: null }) }),
          { maxLength: 12 },
        ),
      }),
      { maxLength: 5 },
    ),
  })
  .map((fields) =>
    summaryBody.parse({
      ...{ club_id: 1, timezone: 'Europe/Prague', date: '2026-11-20', made_at: '2026-11-20T19:00:00Z' },
      ...fields,
    }),
  );

it('Any summary is taken by Telegram, with two buttons for each sample and nothing of a person’s as markup', () => {
  fc.assert(
    fc.property(body, fc.constantFrom(...LANGUAGES), (summary, language) => {
      const { html, keyboard } = toSummaryText(summary, language, { dashboardUrl: 'https://club.example' });
      const parsed = parseHtml(html);
      expect(parsed.text.length).toBeLessThanOrEqual(4096);
      expect(html.isWellFormed()).toBe(true);
      const quotes = parsed.entities.filter(({ type }) => type === 'blockquote');
      expect(quotes.length).toBeLessThanOrEqual(summary.samples.length);
      expect(keyboard!.inline_keyboard).toHaveLength(summary.samples.length + 1);
    }),
    { numRuns: 100 },
  );
});
