// A weekday or month in the text is one that a fact names, in whatever language the fact does.
import type { Check } from './checked-text.ts';
import { isOfClub } from './checked-text.ts';
import type { Language } from './draft.ts';
import { findPhrase, phrases, withoutYo } from './phrases.ts';

/** Monday first. Words that mean something else too stand only in the forms in which they are a day. */
const WEEKDAYS: Record<Language, readonly string[]> = {
  cs: [
    'pondělí, pondělk*, pondělek, pondělní*',
    'úterý, úterk*, úterek, úterní*',
    'středa, středu, středy, středě, středou, středeční*',
    'čtvrtek, čtvrtk*, čtvrteční*',
    'pátek, pátk*, páteční*',
    'sobot*',
    'neděl*',
  ],
  uk: [
    'понеділ*',
    'вівтор*',
    'середа, середу, середи, середою, середах',
    'четвер, четверг*',
    "п'ятниц*, п'ятничн*",
    'субот*',
    'неділ*',
  ],
  ru: [
    'понедельн*',
    'вторник*, вторничн*',
    'среда, среду, средам',
    'четверг*',
    'пятниц*, пятничн*',
    'суббот*',
    'воскресен*',
  ],
  en: ['mondays?', 'tuesdays?', 'wednesdays?', 'thursdays?', 'fridays?', 'saturdays?', 'sundays?'],
  bg: [
    'понеделн*',
    'вторн*',
    'сряда, сряди, срядата',
    'четвъртък, четвъртъц*',
    'петък*, петъц*, петъчн*',
    'събот*',
    'недел*',
  ],
};

const MONTHS: Record<Language, readonly string[]> = {
  cs: [
    'leden, ledna, lednu, lednem',
    'únor*',
    'březen, březn*, března',
    'duben, dubna, dubnu, dubnem',
    'květen, května, květnu, květnem',
    'červen, června, červnu, červnem',
    'červenec, července, červenci, červencem',
    'srpen, srpna, srpnu, srpnem',
    '(?:v|do|od|na|konce|koncem|během|\\d\\.?) září',
    'říjen, října, říjnu, říjnem',
    'listopad, listopadu, listopadem',
    'prosinec, prosince, prosinci, prosincem',
  ],
  uk: [
    'січ(?:ень|ня|ні|ню|нем)',
    'лютого, лютому, (?:у|в|за|через) лютий',
    'берез(?:ень|ня|ні|ню|нем)',
    'квіт(?:ень|ня|ні|ню|нем)',
    'трав(?:ень|ня|ні|ню|нем)',
    'черв(?:ень|ня|ні|ню|нем)',
    'лип(?:ень|ня|ні|ню|нем)',
    'серп(?:ень|ня|ні|ню|нем)',
    'верес(?:ень|ня|ні|ню|нем)',
    'жовт(?:ень|ня|ні|ню|нем)',
    'листопад(?:|а|і|у|ом)',
    'груд(?:ень|ня|ню|нем), (?:у|в) грудні',
  ],
  ru: [
    'январ(?:ь|я|е|ю|ем)',
    'феврал(?:ь|я|е|ю|ем)',
    'март(?:|а|е|у|ом)',
    'апрел(?:ь|я|е|ю|ем)',
    'май, мая, мае',
    'июн(?:ь|я|е|ю|ем)',
    'июл(?:ь|я|е|ю|ем)',
    'август(?:|а|е|у|ом)',
    'сентябр(?:ь|я|е|ю|ем)',
    'октябр(?:ь|я|е|ю|ем)',
    'ноябр(?:ь|я|е|ю|ем)',
    'декабр(?:ь|я|е|ю|ем)',
  ],
  en: [
    'january',
    'february',
    '(?:in|by|until|till|since|of|from|this|next|last|end of) march, march \\d*, \\d*(?:st|nd|rd|th)? march',
    'april',
    '(?:in|by|until|till|since|of|from|this|next|last|end of) may, may \\d+, \\d+(?:st|nd|rd|th)? may',
    'june',
    'july',
    '(?:in|by|until|till|since|of|from|this|next|last|end of) august, august \\d+, \\d+(?:st|nd|rd|th)? august',
    'september',
    'october',
    'november',
    'december',
  ],
  bg: [
    'януари',
    'февруари',
    'март',
    'април',
    '(?:през|до|от|на|месец|\\d) май',
    'юни',
    'юли',
    'август',
    'септември',
    'октомври',
    'ноември',
    'декември',
  ],
};

const ENGLISH_WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS_OF_A_YEAR = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
type Names = Record<Language, readonly RegExp[]>;
const toPatterns = (names: Record<Language, readonly string[]>): Names => ({
  cs: names.cs.map(phrases),
  uk: names.uk.map(phrases),
  ru: names.ru.map(phrases),
  en: names.en.map(phrases),
  bg: names.bg.map(phrases),
});
const WEEKDAY_PATTERNS = toPatterns(WEEKDAYS);
const MONTH_PATTERNS = toPatterns(MONTHS);
/** "Po–Pá", "Mon–Fri", "Пн–Пт": what a club writes beside its hours may mean any day. */
const SHORT_WEEKDAYS =
  /(?<!\p{L})(?:po|út|st|čt|pá|so|ne|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|нд|вс|нед)(?!\p{L})/iu;

/** Whether a text names a day or month, by its place in the week or year, in any language. */
const isNamedIn = (text: string, names: Names, index: number): boolean =>
  Object.values(names).some((patterns) => patterns[index]!.test(text));

/** Whether a text names a month, in any language. */
export const namesMonth = (text: string): boolean =>
  MONTHS_OF_A_YEAR.some((index) => isNamedIn(text, MONTH_PATTERNS, index));

export const checkDates: Check = ({ own, usable, language }) => {
  const club = usable.filter(isOfClub).map(({ value }) => String(value).normalize('NFC'));
  const usual = usable.find(({ id }) => id === 'usual_weekday');
  const isWeekdayGiven = (index: number) =>
    usual?.value === ENGLISH_WEEKDAYS[index] ||
    club.some((fact) => SHORT_WEEKDAYS.test(fact) || isNamedIn(fact, WEEKDAY_PATTERNS, index));
  const isMonthGiven = (index: number) => club.some((fact) => isNamedIn(fact, MONTH_PATTERNS, index));
  const unfounded = (patterns: readonly RegExp[], isGiven: (index: number) => boolean) =>
    patterns.flatMap((pattern, index) => {
      const word = findPhrase(pattern, withoutYo(own));
      return word === undefined || isGiven(index) ? [] : [word];
    });
  return [
    ...unfounded(WEEKDAY_PATTERNS[language], isWeekdayGiven).map(
      (word) => `The weekday "${word}" is not among the facts.`,
    ),
    ...unfounded(MONTH_PATTERNS[language], isMonthGiven).map(
      (word) => `The month "${word}" is not among the facts.`,
    ),
  ];
};
