// Nothing is promised that the club did not allow: an offer of its allows the words of its own kinds, in any language, and no others.
import type { Check } from './checked-text.ts';
import { isOffer } from './checked-text.ts';
import { namesMonth } from './dates.ts';
import type { Fact, Language } from './draft.ts';
import { LANGUAGES } from './draft.ts';
import { findPhrase, phrases, withoutYo } from './phrases.ts';
import { PROMISE_NAMES, PROMISE_WORDS, PROMISES } from './promise-words.ts';
import type { Promised } from './promise-words.ts';

interface PromisePatterns {
  idioms: RegExp;
  kinds: readonly (readonly [Promised, RegExp])[];
}

const PATTERNS = new Map<Language, PromisePatterns>(
  LANGUAGES.map((language) => {
    const words = PROMISE_WORDS[language];
    return [
      language,
      {
        idioms: new RegExp(phrases(words.idioms).source, 'giu'),
        kinds: PROMISES.map((kind) => [kind, phrases(words[kind])] as const),
      },
    ];
  }),
);

const SYMBOLS: readonly (readonly [Promised, RegExp])[] = [
  ['discount', /[%‰٪％]/u],
  ['price', /\p{Sc}/u],
];

/** The kinds of promise a text makes, each with the words that make it. */
function promisesOf(text: string, language: Language): Map<Promised, string> {
  const { idioms, kinds } = PATTERNS.get(language)!;
  const literal = withoutYo(text).replaceAll(idioms, ' ');
  const found = [...kinds, ...SYMBOLS].flatMap(([kind, pattern]) => {
    const words = findPhrase(pattern, literal);
    return words === undefined ? [] : [[kind, words] as const];
  });
  return new Map(found);
}

/** "Until 31 January" sets a deadline in whatever words. */
const UNTIL_A_DAY = /(?<!\p{L})(?:do|до|until|till|by|through) \d/iu;

function kindsOfOffer({ value }: Fact): Promised[] {
  const words = String(value).normalize('NFC');
  const kinds = LANGUAGES.flatMap((known) => [...promisesOf(words, known).keys()]);
  return UNTIL_A_DAY.test(words) || namesMonth(words) ? [...kinds, 'deadline'] : kinds;
}

export const checkPromises: Check = ({ own, usable, language }, { facts }) => {
  const allowed = new Set(usable.filter(isOffer).flatMap(kindsOfOffer));
  const unnamed = facts.filter((fact) => isOffer(fact) && !usable.includes(fact));
  return [...promisesOf(own, language)]
    .filter(([kind]) => !allowed.has(kind))
    .map(([kind, words]) => {
      const offer = unnamed.find((fact) => kindsOfOffer(fact).includes(kind));
      const cure = offer
        ? `if it is of ${offer.id}, name it in facts_used`
        : 'no offer among the facts allows it';
      return `Promise no ${PROMISE_NAMES[kind]} ("${words}"): ${cure}.`;
    });
};
