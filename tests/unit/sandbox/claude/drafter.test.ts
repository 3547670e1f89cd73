import { describe, expect, test } from 'vitest';
import { readDraftRequest, writeDraft } from '../../../../stack/sandbox/claude/drafter.ts';
import type { DraftRequest } from '../../../../stack/sandbox/claude/drafter.ts';

const languages = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
const scenarios = ['reactivation', 'last_chance', 'pt_dropout', 'milestone', 'birthday'] as const;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const ask = (
  language: DraftRequest['language'],
  scenario: DraftRequest['scenario'],
  days: number,
): DraftRequest => ({
  scenario,
  language,
  max_length: 200,
  facts: [
    { id: 'days_since_last_visit', value: days },
    { id: 'visits_total', value: days + 100 },
    {
      id: 'usual_service',
      value: language === 'cs' ? 'Skupinová lekce' : language === 'en' ? 'Yoga' : 'Йога',
    },
    { id: 'usual_weekday', value: weekdays[days % 7] },
  ],
});

/** What a text in the language must not contain. */
const foreign: Record<DraftRequest['language'], RegExp> = {
  cs: /\p{Script=Cyrillic}/u,
  en: /\p{Script=Cyrillic}/u,
  uk: /[ыэёъ]|\p{Script=Latin}/iu,
  ru: /[іїєґ]|\p{Script=Latin}/iu,
  bg: /[ыэёії]|\p{Script=Latin}/iu,
};

describe.each(languages)('drafts in %s', (language) => {
  const drafts = scenarios.flatMap((scenario) =>
    Array.from({ length: 60 }, (_, index) => ({ request: ask(language, scenario, index + 60) })).map(
      ({ request }) => ({
        request,
        draft: writeDraft(request),
      }),
    ),
  );

  test('are one line of at most 200 characters in that language, ending as a sentence', () => {
    for (const { draft } of drafts) {
      expect(draft.message).not.toMatch(/[\n\t]| {2}|undefined/);
      expect(draft.message.length).toBeLessThanOrEqual(200);
      expect(draft.message).toMatch(/[.?!]$/);
      expect(draft.message).not.toMatch(foreign[language]);
    }
  });

  test('name no number that is not a given fact', () => {
    for (const { request, draft } of drafts) {
      const given = request.facts.map((fact) => String(fact.value));
      for (const number of draft.message.match(/\d+/g) ?? []) expect(given).toContain(number);
    }
  });

  test('vary with the facts, and are the same for the same facts', () => {
    const reactivations = drafts.filter(({ request }) => request.scenario === 'reactivation');
    expect(new Set(reactivations.map(({ draft }) => draft.facts_used.join())).size).toBeGreaterThanOrEqual(5);
    for (const { request, draft } of drafts) expect(writeDraft(request)).toEqual(draft);
  });

  test('say something kind without any fact', () => {
    for (const scenario of scenarios) {
      const draft = writeDraft({ scenario, language, max_length: 200, facts: [] });
      expect(draft).toMatchObject({ facts_used: [], refuse_reason: null });
      expect(draft.message).not.toBe('');
    }
  });
});

test.each([
  ['cs', 61, 'před 61 dny', 'už 61 dní'],
  ['uk', 61, '61 день тому', 'вже 61 день.'],
  ['uk', 62, '62 дні тому', 'вже 62 дні.'],
  ['uk', 65, '65 днів тому', 'вже 65 днів.'],
  ['ru', 61, '61 день назад', 'уже 61 день.'],
  ['ru', 63, '63 дня назад', 'уже 63 дня.'],
  ['ru', 111, '111 дней назад', 'уже 111 дней.'],
  ['en', 74, '74 days ago', 'been 74 days'],
  ['bg', 61, 'преди 61 дни', 'вече 61 дни.'],
] as const)('in %s %i days take the right form', (language, days, ago, already) => {
  const messages = weekdays.flatMap((weekday) =>
    [1, 2, 3, 4, 5, 6].map(
      (salt) =>
        writeDraft({
          scenario: 'reactivation',
          language,
          max_length: 200,
          facts: [
            { id: 'days_since_last_visit', value: days },
            { id: 'usual_weekday', value: weekday },
            { id: `salt_${salt}`, value: salt },
          ],
        }).message,
    ),
  );
  expect(messages.some((message) => message.includes(ago))).toBe(true);
  expect(messages.some((message) => message.includes(already))).toBe(true);
});

test('a service in another script is left out rather than mixed in', () => {
  const facts = [{ id: 'usual_service', value: 'Skupinová lekce' }];
  expect(writeDraft({ scenario: 'reactivation', language: 'uk', max_length: 200, facts }).facts_used).toEqual(
    [],
  );
  expect(writeDraft({ scenario: 'reactivation', language: 'cs', max_length: 200, facts }).facts_used).toEqual(
    ['usual_service'],
  );
});

test('when nothing fits into the length, the draft says so instead of being cut', () => {
  const draft = writeDraft({ scenario: 'birthday', language: 'cs', max_length: 10, facts: [] });
  expect(draft).toMatchObject({ message: '', refuse_reason: expect.stringContaining('10') });
});

test('a member may be addressed where the request allows it, and a whole message greets', () => {
  const said = (more: Partial<DraftRequest>) =>
    Array.from(
      { length: 20 },
      (_, index) => writeDraft({ ...ask('uk', 'reactivation', index + 60), ...more }).message,
    );
  expect(said({}).some((message) => message.includes('{'))).toBe(false);
  const addressed = said({ address: true }).filter((message) => message.startsWith('{first_name}, '));
  expect(addressed.length).toBeGreaterThan(0);
  expect(addressed.length).toBeLessThan(20);
  expect(said({ form: 'free_text' }).every((message) => message.startsWith('Вітаємо! '))).toBe(true);
  expect(said({ form: 'free_text', address: true })[0]).toMatch(/^Вітаємо, \{first_name\}! /);
});

test('a request is found among text blocks of other kinds', () => {
  const block = JSON.stringify(ask('cs', 'birthday', 70));
  expect(readDraftRequest(['Write this:', '{ not json', block])?.scenario).toBe('birthday');
  expect(readDraftRequest(['Write a poem'])).toBeNull();
});
