// A number with its noun, in the form that the language gives to that number.
import type { Language } from '../../../../shared/draft-checks/draft.ts';

/** The forms by Intl.PluralRules, # standing for the number; `zero`, where it is given, is said of none in every language. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export function counting(language: Language, forms: Forms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count) => {
    const form = count === 0 && forms.zero !== undefined ? forms.zero : forms[rules.select(count)];
    return (form ?? forms.other).replaceAll('#', numbers.format(count));
  };
}
