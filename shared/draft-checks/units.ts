// What is counted, by the word after a number. A language has its own words; what a club typed may be in any of them.
import type { Language } from './draft.ts';
import { LANGUAGES } from './draft.ts';
import { phrases } from './phrases.ts';

export type Unit =
  'percent' | 'money' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year' | 'visit' | 'weight' | 'none';
type UnitWords = Record<Exclude<Unit, 'none'>, string>;

const CURRENCIES = 'czk, eur, usd, uah, rub, bgn, gbp, pln';

/** "Години" are hours in Ukrainian and years in Bulgarian. */
const WORDS: Record<Language, UnitWords> = {
  cs: {
    percent: 'procent*',
    money: `kč, korun*, euro, eura, eur, dolar*, ${CURRENCIES}`,
    minute: 'minut*, min',
    hour: 'hodin*, hod, h',
    day: 'den, dne, dny, dní, dnů, dnem, dnech, dnům, denní*, d',
    week: 'týd*',
    month: 'měsíc*, měsíč*',
    year: 'rok*, roc*, let, letech',
    visit: 'návštěv*, trénin*, lekc*, cvičen*, vstup*',
    weight: 'kg, kil*',
  },
  uk: {
    percent: 'відсот*, процент*',
    money: `грн, гривень, гривн*, євро, долар*, крон, крони, ${CURRENCIES}`,
    minute: 'хвилин*, хв',
    hour: 'годин*, год',
    day: 'день, дня, дні, днів, дням, днями, днем, денн*, доб*',
    week: 'тижд*, тижн*',
    month: 'місяц*, місяч*',
    year: 'рік, року, роки, років, рокам, роком, річн*',
    visit: 'відвід*, тренуван*, візит*, занят*',
    weight: 'кг, кіло*',
  },
  ru: {
    percent: 'процент*',
    money: `руб, рубл*, евро, доллар*, крон, кроны, ${CURRENCIES}`,
    minute: 'минут*, мин',
    hour: 'час, часа, часов, часам, часы, ч',
    day: 'день, дня, дней, дни, дням, днями, днем, сут*',
    week: 'недел*',
    month: 'месяц*, месяч*',
    year: 'год, года, годы, лет, годам',
    visit: 'посещ*, тренировк*, тренировок, визит*, занят*',
    weight: 'кг, кило*',
  },
  en: {
    percent: 'percent, per cent, pct',
    money: `dollars?, euros?, crowns?, pounds?, quid, ${CURRENCIES}`,
    minute: 'minutes?, mins?',
    hour: "hours?, h, o'clock, am, pm, a\\.m, p\\.m",
    day: 'days?',
    week: 'weeks?',
    month: 'months?',
    year: 'years?',
    visit: 'visits?, workouts?, sessions?, class, classes, trainings?, lessons?',
    weight: 'kg, kilos?, kilograms?, lbs?',
  },
  bg: {
    percent: 'процент*',
    money: `лв, лева, лев, евро, долар*, крони, ${CURRENCIES}`,
    minute: 'минут*, мин',
    hour: 'час, часа, часове, ч',
    day: 'ден, дни, дена, дните, дневн*',
    week: 'седмиц*, седмичн*',
    month: 'месец*, месеч*',
    year: 'година, години, годин*',
    visit: 'посещ*, трениров*, визит*, занят*, часове',
    weight: 'кг, кил*',
  },
};

const PATTERNS = new Map(
  LANGUAGES.map((language) => [
    language,
    Object.entries(WORDS[language]).map(
      ([unit, words]) => [unit as Unit, new RegExp(`^${phrases(words).source}`, 'iu')] as const,
    ),
  ]),
);

const SYMBOLS: readonly (readonly [Unit, RegExp])[] = [
  ['percent', /^[%‰٪％]/u],
  ['money', /^\p{Sc}/u],
];

function unitsAt(text: string, languages: readonly Language[]): Unit[] {
  const bySymbol = SYMBOLS.filter(([, pattern]) => pattern.test(text)).map(([unit]) => unit);
  if (bySymbol.length > 0) return bySymbol;
  const patterns = languages.flatMap((language) => PATTERNS.get(language) ?? []);
  return [...new Set(patterns.filter(([, pattern]) => pattern.test(text)).map(([unit]) => unit))];
}

/** No longer word decides. */
const REACH = 60;

/** Units that the words from `start` on can give to a number that ends there: its own next word's, or that of the one after. */
export function unitsAfter(text: string, start: number, languages: readonly Language[]): Unit[] {
  // "50 dní", "50%", "24h", "50. den", "50-й день"; an adjective may stand between.
  const rest = text.slice(start, start + REACH);
  const places = [/^[\s.-]{0,2}/u, /^(?:-?\p{L}{1,4}|\.)?[\s-]{1,2}/u, /^[\s.-]{0,2}\p{L}{4,20}[\s-]/u];
  for (const place of places) {
    const units = unitsAt(rest.replace(place, ''), languages);
    if (units.length > 0) return units;
  }
  return ['none'];
}
