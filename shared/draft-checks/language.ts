// Whether a text can be in the language it should be: by its script, by letters that only this language has or lacks, and by the
// little words without which nobody writes a sentence.
import type { Check } from './checked-text.ts';
import type { Language } from './draft.ts';
import { LANGUAGE_NAMES } from './draft.ts';
import { looksLike } from './function-words.ts';

interface Alphabet {
  script: 'Latin' | 'Cyrillic';
  /** Letters, or letters in a place, that the language does not have. */
  foreign: RegExp;
  /** Letters that a whole sentence of the language has. */
  own?: RegExp;
}

/** Cyrillic that is neither Ukrainian, Russian nor Bulgarian; Ukrainian may write its apostrophe as a letter. */
const ALPHABETS: Record<Language, Alphabet> = {
  cs: {
    script: 'Latin',
    foreign: /[\p{Script=Latin}--[a-zA-ZáčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ]]/v,
    own: /[áčďéěíňóřšťúůýž]/iu,
  },
  en: { script: 'Latin', foreign: /[\p{L}--\p{ASCII}]/v },
  uk: {
    script: 'Cyrillic',
    foreign: /[\p{Script=Cyrillic}--[абвгґдеєжзиіїйклмнопрстуфхцчшщьюяАБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ]]/v,
    own: /[іїєґ]/iu,
  },
  ru: {
    script: 'Cyrillic',
    foreign: /[\p{Script=Cyrillic}--[а-яА-ЯёЁ]]|[ъЪ](?![еёюяЕЁЮЯ])/v,
    own: /[ыэёь]/iu,
  },
  bg: {
    script: 'Cyrillic',
    foreign:
      /[\p{Script=Cyrillic}--[абвгдежзийклмнопрстуфхцчшщъьюяѝАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯЍ]]|[ьЬ](?![оО])/v,
  },
};

/** Fewer letters prove nothing about a language. */
const LETTERS_OF_A_SENTENCE = 20;

const OTHER_SCRIPT = {
  Latin: /[\p{L}--[\p{Script=Latin}ʼʹ]]/v,
  Cyrillic: /[\p{L}--[\p{Script=Cyrillic}ʼʹ]]/v,
};
/** A word of two scripts is made to look like one that it is not. */
const MIXED_WORD =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u;

export const checkLanguage: Check = ({ own: text, language }, _task, draft) => {
  const alphabet = ALPHABETS[language];
  const name = LANGUAGE_NAMES[language];
  const problems: string[] = [];
  if (draft.language !== language) {
    problems.push(`The answer says language "${draft.language}", "${language}" was asked for.`);
  }
  if (MIXED_WORD.test(text)) {
    problems.push(`A word mixes letters of two scripts: write ${name} in ${alphabet.script} letters only.`);
  } else if (OTHER_SCRIPT[alphabet.script].test(text)) {
    problems.push(
      `Write ${name} in ${alphabet.script} letters only; other letters may stand only in a fact quoted as it is.`,
    );
  } else if (alphabet.foreign.test(text)) {
    problems.push(`The text has letters that ${name} does not have.`);
  } else if ((text.match(/\p{L}/gu)?.length ?? 0) >= LETTERS_OF_A_SENTENCE) {
    const hasOwn = alphabet.own?.test(text) ?? true;
    // Czech without accents is not Czech; a Russian or Ukrainian line may do without its own letters, but not without its words.
    const isWritten = hasOwn || alphabet.script === 'Cyrillic';
    if (!isWritten || !looksLike(text, language, { isBeyondDoubt: !hasOwn })) {
      problems.push(`The text does not look like ${name}.`);
    }
  }
  return problems;
};
