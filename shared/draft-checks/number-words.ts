// A number in words is still a number. Ten and less are idiom until they count something: "one step" is fine, "two weeks" is a claim.
import type { Check } from './checked-text.ts';
import { isOfClub } from './checked-text.ts';
import type { Language } from './draft.ts';
import { LANGUAGES } from './draft.ts';
import { quantitiesOfFact } from './numbers.ts';
import { findPhrase, phrases, withoutYo } from './phrases.ts';
import { unitsAfter } from './units.ts';

interface NumberWords {
  /** From two to ten, in this order. */
  small: readonly string[];
  large: string;
  /** Spans of time and shares that need no number. */
  parts: string;
}

const WORDS: Record<Language, NumberWords> = {
  cs: {
    small: [
      'dva, dvě, dvou, dvěma',
      'tři, tří, třem, třemi, třech',
      'čtyři, čtyř, čtyřem, čtyřech, čtyřmi',
      'pět, pěti',
      'šest, šesti',
      'sedm, sedmi',
      'osm, osmi',
      'devět, devíti',
      'deset, deseti',
    ],
    large:
      'jedenáct*, dvanáct*, třináct*, čtrnáct*, patnáct*, šestnáct*, sedmnáct*, osmnáct*, devatenáct*, *dvacet*, *dvacát*, *dvacít*, *třicet*, *třicát*, *třicít*, *čtyřicet*, *čtyřicát*, *padesát*, *šedesát*, *sedmdesát*, *osmdesát*, *devadesát*, sto, sta, set, stá, stou, sté, stý, stého, stovk*, stokrát, tisíc*',
    parts: 'půl rok*, půlrok*, půl hodin*, půlhodin*, čtvrt rok*, čtvrtrok*, čtvrthodin*, rok a půl',
  },
  uk: {
    small: [
      'два, дві, двох, двом, двома',
      'три, трьох, трьом, трьома',
      'чотири, чотирьох, чотирьом, чотирма',
      "п'ять, п'яти, п'ятьох",
      'шість, шести, шістьох',
      'сім, семи, сімох',
      'вісім, восьми',
      "дев'ять, дев'яти",
      'десять, десяти',
    ],
    large:
      "одинадцят*, дванадцят*, тринадцят*, чотирнадцят*, п'ятнадцят*, шістнадцят*, сімнадцят*, вісімнадцят*, дев'ятнадцят*, двадцят*, тридцят*, сорок, сорока, сороков*, п'ятдесят*, шістдесят*, сімдесят*, вісімдесят*, дев'яност*, сто, ста, сотн*, соте, сота, соту, сотий, сотим, двіст*, тисяч*",
    parts: 'пів року, піврок*, пів години, півгодин*, чверть, півтор*',
  },
  ru: {
    small: [
      'два, две, двух, двум, двумя',
      'три, трех, трем, тремя',
      'четыре, четырех, четырем, четырьмя',
      'пять, пяти, пятью',
      'шесть, шести, шестью',
      'семь, семи, семью',
      'восемь, восьми',
      'девять, девяти',
      'десять, десяти',
    ],
    large:
      'одиннадцат*, двенадцат*, тринадцат*, четырнадцат*, пятнадцат*, шестнадцат*, семнадцат*, восемнадцат*, девятнадцат*, двадцат*, тридцат*, сорок, сорока, сороков*, пятьдесят*, пятидесят*, шестьдесят*, шестидесят*, семьдесят*, семидесят*, восемьдесят*, восьмидесят*, девяност*, сто, ста, сотн*, сотый, сотая, сотую, сотое, сотой, двести, тысяч*',
    parts: 'полгода, полугод*, полчаса, получас*, четверть, полтора, полторы',
  },
  en: {
    small: ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
    large:
      'eleven*, twelve, twelfth, thirteen*, fourteen*, fifteen*, sixteen*, seventeen*, eighteen*, nineteen*, twent*, thirt(y|ieth), fort(y|ieth), fift(y|ieth), sixt(y|ieth), sevent(y|ieth), eight(y|ieth), ninet(y|ieth), hundred*, thousand*, dozen*',
    parts: 'half a (?:day|week|month|year), half an hour, half hour, quarter of, a fortnight',
  },
  bg: {
    small: [
      'два, две, двата, двете, двама',
      'три, трите, трима',
      'четири, четирите',
      'пет, петте',
      'шест, шестте',
      'седем, седемте',
      'осем, осемте',
      'девет, деветте',
      'десет, десетте',
    ],
    large:
      'едина(й|де)с*, двана(й|де)с*, трина(й|де)с*, четирина(й|де)с*, петна(й|де)с*, шестна(й|де)с*, седемна(й|де)с*, осемна(й|де)с*, деветна(й|де)с*, двайсет*, двадесет*, трийсет*, тридесет*, четирийсет*, четиридесет*, петдесет*, шейсет*, шестдесет*, седемдесет*, осемдесет*, деветдесет*, сто, стоте, стотн*, стотен, стотици, двеста, триста, хиляд*',
    parts: 'половин (?:година|час|месец|ден|седмица), четвърт (?:час|година), година и половина',
  },
};

interface NumberPatterns {
  small: readonly RegExp[];
  large: RegExp;
  parts: RegExp;
}

const PATTERNS = new Map<Language, NumberPatterns>(
  LANGUAGES.map((language) => {
    const { small, large, parts } = WORDS[language];
    const smallPatterns = small.map((words) => new RegExp(phrases(words).source, 'giu'));
    return [language, { small: smallPatterns, large: phrases(large), parts: phrases(parts) }] as const;
  }),
);

/** What the writer reads about a number word. */
const problemOf = (words: string) =>
  `The number "${words}" is not among the facts: write no number in words, and in digits only one of the facts.`;

export const checkNumberWords: Check = ({ own, usable, language }) => {
  const patterns = PATTERNS.get(language)!;
  const text = withoutYo(own);
  const given = usable.flatMap(quantitiesOfFact);
  const club = usable.filter(isOfClub).map(({ value }) => String(value));
  const isSaidByClub = (find: (of: NumberPatterns) => RegExp) =>
    club.some((fact) => [...PATTERNS.values()].some((of) => fact.search(find(of)) >= 0));

  const small = patterns.small.flatMap((pattern, index) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const units = unitsAfter(text, match.index + match[0].length, [language]);
      if (units.includes('none')) return [];
      const value = String(index + 2);
      const isGiven = given.some(
        (known) => known.value === value && units.some((unit) => known.units.includes(unit)),
      );
      return isGiven || isSaidByClub((of) => of.small[index]!) ? [] : [match[0]];
    }),
  );
  const others = ([(of) => of.large, (of) => of.parts] satisfies ((of: NumberPatterns) => RegExp)[]).flatMap(
    (find) => {
      const words = findPhrase(find(patterns), text);
      return words === undefined || isSaidByClub(find) ? [] : [words];
    },
  );
  return [...small, ...others].map(problemOf);
};
