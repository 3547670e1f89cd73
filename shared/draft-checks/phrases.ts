// Lists of words and phrases as one reads them: "slev*, akční nabíd*".
import type { Language } from './draft.ts';

/**
 * Matches any of a comma-separated list, as whole words in any case: `*` stands for any letters, a space for one space or hyphen.
 * What else stands there is a regular expression.
 */
export function phrases(list: string): RegExp {
  const alternatives = list
    .split(',')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.replaceAll('*', String.raw`\p{L}*`).replaceAll(' ', '[ -]'));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${alternatives.join('|')})(?![\p{L}\p{N}])`, 'iu');
}

/** The first match in a text, as it stands there. */
export const findPhrase = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[0];

export const phrasesOf = (lists: Record<Language, string>): Record<Language, RegExp> => ({
  cs: phrases(lists.cs),
  uk: phrases(lists.uk),
  ru: phrases(lists.ru),
  en: phrases(lists.en),
  bg: phrases(lists.bg),
});

/** Russian is written with and without ё: lists and texts are read without. */
export const withoutYo = (text: string): string => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е');
