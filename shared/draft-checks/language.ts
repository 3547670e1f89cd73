// Whether a text can be in the language it should be: by script and by the letters only that language has or lacks. A text in a
// neighbouring language passes no such test for long: Russian has ы or ь in almost every sentence, Ukrainian і.
import { factTexts } from './draft.ts';
import type { Check, Language } from './draft.ts';

interface Alphabet {
  script: 'Latin' | 'Cyrillic';
  /** Letters, or letters in a place, that the language does not have. */
  foreign: RegExp;
  /** Letters that a whole sentence of the language has. */
  own?: RegExp;
}

const ALPHABETS: Record<Language, Alphabet> = {
  cs: { script: 'Latin', foreign: /[ąćęłńśźżäôößőüűľĺŕ]/iu, own: /[áčďéěíňóřšťúůýž]/iu },
  en: { script: 'Latin', foreign: /[\p{L}--\p{ASCII}]/v },
  uk: { script: 'Cyrillic', foreign: /[ыэъё]/iu, own: /[іїєґ]/iu },
  ru: { script: 'Cyrillic', foreign: /[іїєґ]|ъ(?![еёюя])/iu, own: /[ыэёь]/iu },
  bg: { script: 'Cyrillic', foreign: /[ыэёіїєґ]|ь(?!о)/iu },
};

const NAMES: Record<Language, string> = {
  cs: 'Czech',
  uk: 'Ukrainian',
  ru: 'Russian',
  en: 'English',
  bg: 'Bulgarian',
};

/** Fewer letters prove nothing about a language. */
const LETTERS_OF_A_SENTENCE = 20;

const OTHER_SCRIPT = { Latin: /\p{Script=Cyrillic}/u, Cyrillic: /\p{Script=Latin}/u };

/** The text without what it may quote: the facts' own words, in whatever letters the club wrote them. */
function withoutFacts(message: string, facts: string[]): string {
  return facts
    .filter((fact) => /\p{L}/u.test(fact))
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, fact) => text.replaceAll(fact, ' '), message);
}

export const checkLanguage: Check = (draft, task) => {
  const alphabet = ALPHABETS[task.language];
  const name = NAMES[task.language];
  const problems: string[] = [];
  if (draft.language !== task.language) {
    problems.push(`The answer says language "${draft.language}", "${task.language}" was asked for.`);
  }
  const text = withoutFacts(draft.message, factTexts(task));
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (OTHER_SCRIPT[alphabet.script].test(text)) {
    problems.push(
      `Write ${name} in ${alphabet.script} letters only; other letters may stand only in a fact quoted as it is.`,
    );
  } else if (alphabet.foreign.test(text)) {
    problems.push(`The text has letters that ${name} does not have.`);
  } else if (alphabet.own && letters >= LETTERS_OF_A_SENTENCE && !alphabet.own.test(text)) {
    problems.push(`The text does not look like ${name}.`);
  }
  return problems;
};
