import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createFaults } from '../../../../stack/sandbox/faults.ts';
import { phrasebooks } from '../../../../stack/sandbox/claude/drafter.ts';
import type { Language } from '../../../../stack/sandbox/claude/phrases/phrase.ts';
import { createClaude } from '../../../../stack/sandbox/claude/service.ts';
import { writeTranslation } from '../../../../stack/sandbox/claude/translator.ts';
import type { Answer } from '../answer.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['translation'],
  properties: { translation: { type: 'string' } },
};
const czech = 'Dobrý den, {first_name}, chybíte nám. Zastavte se zase na trénink.';

/** What the sandbox answers to a translation, with a fault or without. */
async function ask(text: string, { from = 'cs', to = 'en', fault = '' } = {}): Promise<Answer> {
  const db = new DatabaseSync(':memory:');
  const faults = createFaults(db);
  const { api } = createClaude({ db, faults, now: () => new Date(), credentials: { apiKey: 'key' } });
  if (fault) faults.add('claude', fault, 1, {});
  const response = await api.request('/v1/messages', {
    method: 'POST',
    headers: {
      authorization: 'Bearer key',
      'anthropic-version': '2026-10-21',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      model: 'claude-haiku-5-5',
      max_tokens: 1000,
      messages: [{ role: 'user', content: JSON.stringify({ from, to, text }) }],
      output_config: { effort: 'low', format: { type: 'json_schema', schema } },
      thinking: { type: 'disabled' },
    }),
  });
  return (await response.json()) as Answer;
}
const translationIn = (body: Answer) =>
  (JSON.parse(body.content[0].text) as { translation: string }).translation;

describe('a translation', () => {
  test('of what the sandbox itself writes says the same in the other language', async () => {
    expect(translationIn(await ask(czech))).toBe(
      '[English] Dobrý den, {first_name}, we miss you. Come and train with us again.',
    );
    const counted = 'Ми не бачилися вже 74 дні. Будемо раді знову побачити вас на тренуванні.';
    expect(writeTranslation({ from: 'uk', to: 'en', text: counted })).toBe(
      '[English] It has been 74 days since your last visit. We would love to see you training again.',
    );
  });

  test('of anything else is in letters that the reader knows', async () => {
    expect(translationIn(await ask('Щиро, {first_name}! 🎉\nСтоп', { from: 'uk' }))).toBe(
      '[English] Shchiro, {first_name}! 🎉\nStop',
    );
    expect(translationIn(await ask('Přijďte, {first_name}', { to: 'ru' }))).toBe(
      '[Russian] Прийдте, {first_name}',
    );
  });

  test('has a counterpart for every phrase of every book', () => {
    const languages = Object.keys(phrasebooks) as Language[];
    for (const scenario of ['reactivation', 'last_chance', 'pt_dropout', 'milestone', 'birthday'] as const) {
      const uses = languages.map((language) => phrasebooks[language][scenario].map((each) => each.uses));
      for (const each of uses) expect(each).toEqual(uses[0]);
    }
  });
});

describe('a translation that fails', () => {
  test.each([
    ['refuse', 'refusal'],
    ['truncate', 'max_tokens'],
    ['malformed', 'end_turn'],
  ])('by "%s" ends with %s', async (fault, reason) => {
    const body = await ask(czech, { fault });
    expect(body.stop_reason).toBe(reason);
    const text = (body.content[0]?.text as string | undefined) ?? '';
    expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  });

  test.each([
    ['empty', ''],
    ['wrong_language', czech],
    ['lose_name', '[English] Dobrý den, Friend, we miss you. Come and train with us again.'],
    [
      'double_name',
      '[English] Dobrý den, {first_name} {first_name}, we miss you. Come and train with us again.',
    ],
  ])('by "%s" says something else', async (fault, said) => {
    expect(translationIn(await ask(czech, { fault }))).toBe(said);
  });

  test('by "too_long" is more than three times the message', async () => {
    expect(translationIn(await ask(czech, { fault: 'too_long' })).length).toBeGreaterThan(3 * czech.length);
  });
});
