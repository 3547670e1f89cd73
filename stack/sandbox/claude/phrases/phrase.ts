// The deterministic drafter's vocabulary. A phrase names the facts it uses and says nothing beyond them.
export type Language = 'cs' | 'uk' | 'ru' | 'en' | 'bg';
export type Scenario = 'reactivation' | 'last_chance' | 'pt_dropout' | 'milestone' | 'birthday';
export type FactId = 'days_since_last_visit' | 'visits_total' | 'usual_service' | 'usual_weekday';

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

export interface Facts {
  days_since_last_visit: number;
  visits_total: number;
  usual_service: string;
  usual_weekday: Weekday;
}

export interface Phrase {
  uses: FactId[];
  /** Called only when every fact it uses is given. */
  say: (facts: Facts) => string;
}

export type Phrasebook = Record<Scenario, Phrase[]>;

export const phrase = (uses: FactId[], say: (facts: Facts) => string): Phrase => ({ uses, say });

/** Picks the plural form of a counted noun by the language's own rules: "1 den", "2 dny", "5 dní". */
export function counter(
  language: Language,
  forms: { one: string; few?: string; many?: string; other: string },
) {
  const rules = new Intl.PluralRules(language);
  return (count: number): string => {
    const form = rules.select(count);
    const word =
      form === 'one' ? forms.one : form === 'few' ? forms.few : form === 'many' ? forms.many : forms.other;
    return `${count} ${word ?? forms.other}`;
  };
}
