// Each check has texts that must pass and texts that must fail, in each of the languages.
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../../shared/draft-checks/draft.ts';
import { problemsOf } from './sample-task.ts';
import type { Texts } from './sample-task.ts';
import { TEXTS_BG } from './texts-bg.ts';
import { TEXTS_CS } from './texts-cs.ts';
import { TEXTS_EN } from './texts-en.ts';
import { TEXTS_RU } from './texts-ru.ts';
import { TEXTS_UK } from './texts-uk.ts';

const TEXTS: Record<Language, Texts> = {
  cs: TEXTS_CS,
  uk: TEXTS_UK,
  ru: TEXTS_RU,
  en: TEXTS_EN,
  bg: TEXTS_BG,
};

describe.each(LANGUAGES)('In %s', (language) => {
  const passing = TEXTS[language].passing.map(([message, writing]) => ({ message, writing }));
  const failing = TEXTS[language].failing.map(([because, message, writing]) => ({
    because,
    message,
    writing,
  }));

  it.each(passing)('an honest message passes: $message', ({ message, writing }) => {
    expect(problemsOf(language, message, writing)).toEqual([]);
  });

  it.each(failing)('is refused with “$because”: $message', ({ because, message, writing }) => {
    expect(problemsOf(language, message, writing).join(' ')).toContain(because);
  });
});

it('There are enough texts to trust the checks, in every language', () => {
  const counts = LANGUAGES.map((language) => TEXTS[language].passing.length + TEXTS[language].failing.length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(100);
});
