import { describe, expect, it } from 'vitest';
import { DRAFTING_STATES } from '../../../web/src/lib/drafting.ts';
import type { Drafting, DraftingDay, Wording } from '../../../web/src/lib/drafting.ts';
import { formatCents, formatDollars } from '../../../web/src/lib/format/dollars.ts';
import { draftingWords as words } from '../../../web/src/lib/words/drafting.ts';

const CLOCK = { timeZone: 'Europe/Prague', now: '2026-06-15T14:00:00Z' };

const drafting = (state: Drafting['state'], fields: Partial<Drafting> = {}): Drafting => ({
  state,
  model: 'claude-haiku-5-5',
  seen_at: '2026-06-15T09:00:00Z',
  budget_usd: 1,
  daily_drafts: 500,
  spent_micro_usd: 0,
  reserved_micro_usd: 0,
  drafts: 0,
  since: '2026-06-15T12:05:00Z',
  reason: null,
  ...fields,
});

const say = (...given: Parameters<typeof drafting>) => words.stateWords(drafting(...given), CLOCK);

describe('the state of drafting in words', () => {
  it('says without a key what to set, and what members get until then', () => {
    const { text, detail } = say('off', { model: null });
    expect(text).toBe('Drafting is off: there is no key for Claude.');
    expect(detail).toContain('ANTHROPIC_API_KEY');
    expect(detail).toContain('standard texts');
  });

  it('says since when the budget is used up, by the club’s clock', () => {
    expect(say('budget_money').text).toBe('Today’s drafting budget of $1.00 is used up since 14:05.');
    expect(say('budget_drafts').text).toBe('Today’s 500 drafts by Claude are used up since 14:05.');
  });

  it('tells a refused key from a silence that ends by itself', () => {
    expect(say('failing', { reason: 'Claude answered 401 (authentication_error): no' }).detail).toContain(
      'ANTHROPIC_API_KEY',
    );
    const { text, detail } = say('failing', { reason: 'Claude did not answer within 25 s' });
    expect(text).toBe('Claude has written nothing since 14:05: Claude did not answer within 25 s.');
    expect(detail).not.toContain('ANTHROPIC_API_KEY');
  });

  it('has a sentence for each', () => {
    for (const state of DRAFTING_STATES) expect(say(state).text).toMatch(/^[A-Z].+\.$/);
  });
});

describe('money of drafts', () => {
  it.each([
    [0, '$0.00'],
    [0.0021, '$0.0021'],
    [0.05, '$0.05'],
    [0.1, '$0.10'],
    [12.345, '$12.35'],
    [1000, '$1,000.00'],
  ])('%d dollars are %s', (amount, text) => {
    expect(formatDollars(amount)).toBe(text);
  });

  it.each([
    [213, '0.0213 US cents'],
    [10_000, '1 US cents'],
    [123_456, '12.3 US cents'],
  ])('%d millionths of a dollar are %s', (micro, text) => {
    expect(formatCents(micro)).toBe(text);
  });
});

describe('who wrote a text', () => {
  const claude: Wording = {
    source: 'claude',
    author: 'claude:claude-haiku-5-5',
    author_name: null,
    usage: {
      ...{ model: 'claude-haiku-5-5', prompt_version: 'draft-2', voice_version: 3 },
      ...{ attempts: 2, cost_micro_usd: 213, repaired: ['It is too long.'] },
    },
  };

  it('is Claude, with model, cost, prompt and voice', () => {
    expect(words.wording.author(claude, 'me')).toBe('Claude (claude-haiku-5-5)');
    expect(words.wording.facts(claude)).toEqual([
      'The first try was not accepted: It is too long.',
      'Cost 0.0213 US cents, 2 questions.',
      'Prompt draft-2, voice: version 3.',
    ]);
  });

  it('is the standard text, with why', () => {
    const standard: Wording = {
      source: 'static',
      author: 'system:static',
      author_name: null,
      usage: {
        attempts: 0,
        cost_micro_usd: 0,
        prompt_version: 'draft-2',
        fallback_reason: 'drafting is off',
      },
    };
    expect(words.wording.author(standard, 'me')).toBe('Standard text');
    expect(words.wording.facts(standard)).toEqual(['Not by Claude: drafting is off.']);
  });

  it('is a person', () => {
    const edited = (author: string, author_name: string | null = null): Wording => ({
      source: 'operator',
      author,
      author_name,
      usage: {},
    });
    expect(words.wording.author(edited('operator:me', 'Petra'), 'me')).toBe('You');
    expect(words.wording.author(edited('operator:her', 'eva'), 'me')).toBe('eva, in the dashboard');
    expect(words.wording.author(edited('operator:her'), 'me')).toBe('An operator, in the dashboard');
    expect(words.wording.author(edited('telegram:7001', 'Petra'), 'me')).toBe('Petra, in Telegram');
    expect(words.wording.author(edited('telegram:7001'), 'me')).toBe('A moderator, in Telegram');
    expect(words.wording.facts(edited('operator:me'))).toEqual([]);
  });
});

it('a day says how many standard texts there were, and why, the most frequent reason first', () => {
  const day = { static: { no_answer: 2, off: 10, odd: 1 } } as unknown as DraftingDay;
  expect(words.days.static(day)).toEqual({ all: 13, why: '10 no key, 2 no answer, 1 odd' });
});
