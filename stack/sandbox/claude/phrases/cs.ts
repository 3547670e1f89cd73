// Czech, formal address. No past tense about the reader: it would betray a gender.
import { counter, phrase } from './phrase.ts';
import type { Phrasebook, Weekday } from './phrase.ts';

const days = counter('cs', { one: 'den', few: 'dny', other: 'dní' });
/** After "před": 1 dnem, 2 dny, 5 dny. */
const daysAgo = counter('cs', { one: 'dnem', other: 'dny' });
const visits = counter('cs', { one: 'návštěvu', few: 'návštěvy', other: 'návštěv' });

const onWeekday: Record<Weekday, string> = {
  monday: 'v pondělí',
  tuesday: 'v úterý',
  wednesday: 've středu',
  thursday: 've čtvrtek',
  friday: 'v pátek',
  saturday: 'v sobotu',
  sunday: 'v neděli',
};

export const cs: Phrasebook = {
  reactivation: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Neviděli jsme se už ${days(facts.days_since_last_visit)}. Budeme rádi, když si na trénink zase najdete čas.`,
    ),
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Dlouho jsme se neviděli. Co takhle přijít si zase zacvičit ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `Máte za sebou už ${visits(facts.visits_total)} a na tom se dá stavět. Vraťte se vlastním tempem, rádi vás zase uvidíme.`,
    ),
    phrase(
      ['usual_service'],
      (facts) => `Chybíte nám. „${facts.usual_service}“ může být milý důvod, proč se k nám zase vrátit.`,
    ),
    phrase(
      ['days_since_last_visit', 'usual_weekday'],
      (facts) =>
        `Naposledy jsme se viděli před ${daysAgo(facts.days_since_last_visit)}. Uvidíme se zase ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase([], () => 'Už jsme se nějakou dobu neviděli. Najdete si tento týden chvíli na trénink?'),
    phrase([], () => 'Chybíte nám. Zastavte se zase na trénink.'),
  ],
  last_chance: [
    phrase(
      ['days_since_last_visit'],
      (facts) =>
        `Je to už ${days(facts.days_since_last_visit)}, co jsme se neviděli. Začít znovu jde snáz, než se zdá: stačí jeden trénink.`,
    ),
    phrase(
      ['visits_total'],
      (facts) =>
        `Máte za sebou už ${visits(facts.visits_total)}. Nenechte tu práci přijít nazmar a přijďte se zase protáhnout.`,
    ),
    phrase(
      [],
      () => 'Dlouho jsme se neviděli a nechceme vás ztratit. Přijďte na jeden trénink a uvidíte sami.',
    ),
  ],
  pt_dropout: [
    phrase(
      ['usual_weekday'],
      (facts) =>
        `Chybíte nám na osobních trénincích. Hodil by se vám další zase ${onWeekday[facts.usual_weekday]}?`,
    ),
    phrase(
      [],
      () => 'Na osobních trénincích nám chybíte. Napište, kdy se vám to hodí, a termín spolu najdeme.',
    ),
  ],
  milestone: [
    phrase(
      ['visits_total'],
      (facts) => `Máte za sebou už ${visits(facts.visits_total)}. Gratulujeme, to je krásný výsledek!`,
    ),
    phrase([], () => 'Gratulujeme k dalšímu milníku! Máme radost, že cvičíte právě u nás.'),
  ],
  birthday: [
    phrase([], () => 'Všechno nejlepší k narozeninám! Přejeme pevné zdraví a hodně radosti z pohybu.'),
    phrase([], () => 'Krásné narozeniny! Ať vám elán a chuť do pohybu vydrží celý rok.'),
  ],
};
