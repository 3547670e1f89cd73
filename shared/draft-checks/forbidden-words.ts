// Words the club does not want to read, in any form: a word's stem with any inflectional ending, whole words only.
import type { Check } from './checked-text.ts';
import type { Language } from './draft.ts';

/** Begins with a vowel or a soft sign, as the endings of inflected languages do after a stem. */
const ENDING = String.raw`(?:[aeiouyáéíóúůýěаеиоуыюяіїєъьйёэ]\p{L}{0,3})?`;
const ENGLISH_ENDING = String.raw`(?:'?s|es|d|ed|ing|er|ers|ly)?`;
const VOWELS_AT_END = /[aeiouyáéíóúůýěаеиоуыюяіїєьйёэ]{1,2}$/u;
/** "kniha" is "knize", "качалка" "качалці": the last consonant may soften before an ending. */
const SOFTENED: Record<string, string> = {
  k: '[kc]',
  h: '[hz]',
  g: '[gz]',
  r: '[rř]',
  к: '[кц]',
  г: '[гз]',
  х: '[хс]',
};
/** "dárek" is "dárku", "отпустък" "отпустъка": the vowel before the last consonant may go. */
const FLEETING = /^(.{2,})[eoеоъё](\p{L})$/u;

const escape = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);

/** Short words and what is no word match as they are. */
function formsOf(word: string, language: Language): string {
  if (!/^[\p{L}'’-]{3,}$/u.test(word)) return escape(word);
  if (language === 'en') return `${escape(word.replace(/e$/u, ''))}e?${ENGLISH_ENDING}`;
  const stem = word.length > 3 ? word.replace(VOWELS_AT_END, '') : word;
  if (stem.length < 3) return escape(word);
  const fleeting = FLEETING.exec(stem);
  const stems = [stem, ...(fleeting ? [fleeting[1]! + fleeting[2]!] : [])];
  const patterns = stems.map(
    (form) => escape(form.slice(0, -1)) + (SOFTENED[form.at(-1)!] ?? escape(form.at(-1)!)),
  );
  return `(?:${patterns.join('|')})${ENDING}`;
}

/** A club may have written a word with other apostrophes and spaces than the writer. */
const asWords = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[’ʼ‘`´ʹ′]/gu, "'")
    .trim();

export const checkForbiddenWords: Check = ({ nameless, language }, { forbiddenWords }) =>
  forbiddenWords.flatMap((forbidden) => {
    const words = asWords(forbidden)
      .split(/\s+/u)
      .filter((word) => word !== '');
    if (words.length === 0) return [];
    const pattern = words.map((word) => formsOf(word, language)).join('[ -]');
    const found = new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`, 'iu').exec(nameless);
    return found ? [`The club does not want the word "${forbidden.trim()}" (you wrote "${found[0]}").`] : [];
  });
