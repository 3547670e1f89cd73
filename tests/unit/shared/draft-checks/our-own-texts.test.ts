// What the product says of its own accord is measured by the same rules as what Claude writes.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { checkWhole } from '../../../../shared/draft-checks/whole.ts';
import { STARTER_TEMPLATES } from '../../../../shared/starter-templates/starter-templates.ts';
import { bg } from '../../../../stack/sandbox/claude/phrases/bg.ts';
import { cs } from '../../../../stack/sandbox/claude/phrases/cs.ts';
import { en } from '../../../../stack/sandbox/claude/phrases/en.ts';
import { weekdays } from '../../../../stack/sandbox/claude/phrases/phrase.ts';
import type { Phrasebook } from '../../../../stack/sandbox/claude/phrases/phrase.ts';
import { ru } from '../../../../stack/sandbox/claude/phrases/ru.ts';
import { uk } from '../../../../stack/sandbox/claude/phrases/uk.ts';
import { problemsOf } from './sample-task.ts';

const PHRASEBOOKS: Record<Language, Phrasebook> = { cs, uk, ru, en, bg };
const MIGRATIONS = new URL('../../../../supabase/migrations/', import.meta.url);

/** [scenario, language, message] as the scenarios' migrations define them. */
const staticMessages = readdirSync(MIGRATIONS).flatMap((file) => {
  const scenario = /^2026010106002\d_campaigns_(\w+)\.sql$/.exec(file)?.[1];
  const wordings = readFileSync(new URL(file, MIGRATIONS), 'utf8').match(
    /p_static_messages => '(\{[^']*\})'/,
  )?.[1];
  return scenario && wordings
    ? Object.entries<string>(JSON.parse(wordings)).map(
        ([language, message]) => [scenario, language as Language, message] as const,
      )
    : [];
});

const phrases = LANGUAGES.flatMap((language) =>
  Object.entries(PHRASEBOOKS[language]).flatMap(([scenario, options]) =>
    options.flatMap(({ uses, say }, index) =>
      [1, 2, 3, 5, 11, 21, 74, 120, 1200].flatMap((count, round) => {
        const facts = {
          days_since_last_visit: count,
          visits_total: count + 100,
          usual_service: 'TRX & Jóga',
          usual_weekday: weekdays[round % 7]!,
        };
        const given = uses.map((id) => ({ id, value: facts[id] }));
        return round > 0 && uses.length === 0
          ? []
          : [[language, scenario, index, count, say(facts), given, uses] as const];
      }),
    ),
  ),
);

describe('Our own words pass every check', () => {
  it('those of all scenarios in all languages', () => {
    expect(staticMessages).toHaveLength(25);
  });

  it.each(staticMessages)('the static message of %s in %s', (_, language, message) => {
    expect(problemsOf(language, message)).toEqual([]);
  });

  it.each(STARTER_TEMPLATES)('the example of $name in $language', ({ language, exampleMessage }) => {
    expect(problemsOf(language, exampleMessage)).toEqual([]);
  });

  it.each(STARTER_TEMPLATES)(
    'the whole of $name in $language, with and without its button',
    ({ language, body, footer, exampleMessage }) => {
      const whole = `${body.replace('{{message}}', exampleMessage)}\n\n${footer}`;
      expect(checkWhole(whole, language, { hasOptOutButton: false })).toEqual([]);
      expect(checkWhole(body, language, { hasOptOutButton: true })).toHaveLength(1);
    },
  );

  it.each(phrases)('what the sandbox writes in %s for %s (phrase %i, count %i)', (...row) => {
    const [language, , , , message, facts, uses] = row;
    expect(problemsOf(language, message, { task: { facts }, draft: { factsUsed: uses } })).toEqual([]);
  });
});

describe('A text in another language than asked for is refused', () => {
  it.each(
    LANGUAGES.flatMap((asked) =>
      LANGUAGES.filter((written) => written !== asked).map((written) => [asked, written] as const),
    ),
  )('asked for in %s and written in %s', (asked, written) => {
    const texts = [
      ...STARTER_TEMPLATES.filter(({ language }) => language === written).map(
        (template) => template.exampleMessage,
      ),
      ...phrases.filter(([language]) => language === written).map((phrase) => phrase[4]),
    ];
    const problem = /does not look like|letters that|letters only/;
    expect(texts.filter((text) => !problemsOf(asked, text).some((found) => problem.test(found)))).toEqual([]);
  });
});
