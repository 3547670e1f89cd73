import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import { parseHtml } from '../../../../stack/sandbox/telegram/html.ts';
import type { ParsedText } from '../../../../stack/sandbox/telegram/html.ts';
import type { CardBody } from '../../../../supabase/functions/_shared/posts/card.ts';
import { toCardText } from '../../../../supabase/functions/_shared/posts/card-text.ts';
import { cardWords } from '../../../../supabase/functions/_shared/words/card.ts';
import { toCardBody } from './card-body.ts';

/** What Telegram takes of the text that is shown, in UTF-16 units. */
const LONGEST = 4096;

/** Whatever has broken a message before: several units in one character, marks upon marks, right to left, and markup. */
const PIECES = [
  ...['a', 'Přijďte si zase zacvičit. ', '\n', ' ', 'ÿ', '…'],
  ...['😀', '👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇨🇿', '1️⃣', '𝔘'],
  ...['e\u0301', 'n\u0303\u0323\u0330', 'ก็็็', 'שלום', 'مرحبا\u200F', '\u202Ertl\u202C', '\u200B'],
  ...['<', '>', '&', '"', '<b>', '</b>', '</blockquote>', '<a href="tg://x">', '&amp;', '&lt;b&gt;', '&#60;'],
];

const text = (most: number) =>
  fc
    .tuple(
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }),
      fc.nat({ max: most }),
      fc.constantFrom(...PIECES),
    )
    .map(([pieces, length, filling]) => {
      const repeated = filling.repeat(Math.ceil(length / filling.length));
      const whole = `${pieces.join('')}${repeated}`;
      // As long as it may be, without half a character at its end.
      const cut = whole.slice(0, most);
      return cut.isWellFormed() ? cut : cut.slice(0, -1);
    });

/** A text as people leave it, without white space at the ends: the checks of drafts see to that. */
const rendered = text(LONGEST).map((whole) => whole.trim());
const moment = fc.constantFrom('2026-11-20T09:00:00Z', '2027-01-01T23:59:59Z');
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const body: fc.Arbitrary<CardBody> = fc
  .record({
    status: fc.constantFrom('pending', 'approved', 'rejected', 'expired', 'cancelled'),
    decided_by_name: orNull(text(400)),
    decided_in: fc.constantFrom('telegram' as const, 'dashboard' as const, 'system' as const, null),
    decided_at: orNull(moment),
    decision_reason: orNull(fc.oneof(fc.constantFrom('wording', 'came_back', 'constructor'), text(2_000))),
    snoozed_until: orNull(moment),
    snoozed_by_name: orNull(text(400)),
    member: text(600),
    segment: orNull(fc.constantFrom('vip', 'toString', 'lost')),
    segment_name: orNull(text(100)),
    scenario: fc.constantFrom('reactivation', 'birthday', 'one_off', 'constructor'),
    scenario_name: text(100),
    campaign: orNull(text(600)),
    why: text(2_000),
    language: fc.constantFrom(...LANGUAGES),
    source: fc.constantFrom('claude' as const, 'static' as const, 'operator' as const),
    author_name: orNull(text(600)),
    warnings: fc.array(text(2_000), { maxLength: 8 }),
    club: text(600),
    rendered,
    translation: orNull(fc.record({ text: orNull(text(LONGEST)), error: orNull(text(100)) })),
    messages: fc.array(
      fc.record({
        sent_at: moment,
        scenario: fc.constantFrom('reactivation', 'one_off'),
        scenario_name: text(600),
        delivery: fc.constantFrom('accepted', 'delivered', 'read', 'failed', null),
        has_replied: fc.boolean(),
        returned_date: fc.constantFrom('2026-09-07', null),
        has_opted_out: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ messages, ...fields }) => {
    const card = toCardBody(fields);
    return { ...card, facts: { ...card.facts, last_messages: messages } };
  });

const quotes = ({ text: shown, entities }: ParsedText) =>
  entities
    .filter(({ type }) => type === 'blockquote')
    .map(({ offset, length }) => shown.slice(offset, offset + length));

/** The beginnings of a text that end where a character does. */
function isBeginning(part: string, whole: string): boolean {
  if (!whole.startsWith(part)) return false;
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(whole);
  return part.length === whole.length || segments.containing(part.length)?.index === part.length;
}

it('any card fits into a Telegram message, shows the whole message, and holds no markup but its own', () => {
  fc.assert(
    fc.property(body, fc.constantFrom(...LANGUAGES), (card, language) => {
      const { html, extra } = toCardText(card, language, { dashboardUrl: undefined });
      const shown = parseHtml(html);
      expect(shown.text.length).toBeLessThanOrEqual(LONGEST);
      expect(html.isWellFormed()).toBe(true);
      const marks = new Set(shown.entities.map(({ type }) => type));
      expect([...marks].filter((mark) => !['bold', 'italic', 'blockquote'].includes(mark))).toEqual([]);
      // The message and its translation.
      expect(quotes(shown).length).toBeLessThanOrEqual(2);

      if (extra === undefined) {
        if (card.rendered !== '') expect(quotes(shown)[0]).toBe(card.rendered);
        expect(html).not.toContain(cardWords[language].wholeAbove);
        return;
      }
      expect(parseHtml(extra).text).toBe(card.rendered);
      expect(extra.isWellFormed()).toBe(true);
      expect(html).toContain(cardWords[language].wholeAbove);
      const beginning = /^(.*)…$/s.exec(quotes(shown)[0]!)?.[1];
      expect(beginning).toBeDefined();
      expect(isBeginning(beginning!, card.rendered)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it.each(['😀', '👨‍👩‍👧‍👦', 'e\u0301', '<', 'שלום '])(
  'a message of 4,096 characters made of %j is shown whole, above its card',
  (piece) => {
    const whole = piece.repeat(Math.floor(LONGEST / piece.length)).padEnd(LONGEST, '.');
    const { html, extra } = toCardText(toCardBody({ rendered: whole }), 'cs', { dashboardUrl: undefined });
    expect(parseHtml(extra!).text).toBe(whole);
    expect(parseHtml(html).text.length).toBeLessThanOrEqual(LONGEST);
    expect(quotes(parseHtml(html))[0]!.length).toBeGreaterThan(1_000);
  },
);

it('of what is too long the translation and the history go before the message does', () => {
  const card = toCardBody({ rendered: 'Ahoj. '.repeat(500).trim() });
  const long = { ...card, translation: { text: 'Hi. '.repeat(900).trim(), error: null } };
  const { html, extra } = toCardText(long, 'en', { dashboardUrl: undefined });
  expect(extra).toBeUndefined();
  const [message, translation] = quotes(parseHtml(html));
  expect(message).toBe(card.rendered);
  expect(translation).toMatch(/^Hi\. .*…$/);
});
