// A WhatsApp template the product brings along. `{{club}}` is the sender's name and `{{message}}` the line written for the
// member; a variable may neither open nor close a body, and no two may touch. The footer marks a commercial communication and
// says how to opt out, as the law and Meta ask.
import type { Language } from '../draft-checks/draft.ts';

export interface StarterTemplate {
  name: string;
  language: Language;
  body: string;
  footer: string;
  /** Label of the quick reply that opts out. */
  optOutButton: string;
  /** What a reviewer at Meta reads in place of `{{message}}`. */
  exampleMessage: string;
}

export const EXAMPLE_CLUB = 'Vltava Fit';

/** The same in every template of a language: what the message is, and how to get no more of them. */
const OPT_OUTS: Record<Language, Pick<StarterTemplate, 'footer' | 'optOutButton'>> = {
  cs: { footer: 'Obchodní sdělení · Odhlášení: odpovězte STOP', optOutButton: 'Odhlásit odběr' },
  uk: { footer: 'Рекламне повідомлення · Відмова: надішліть СТОП', optOutButton: 'Відписатися' },
  ru: { footer: 'Рекламное сообщение · Отказ: отправьте СТОП', optOutButton: 'Отписаться' },
  en: { footer: 'Commercial message · To opt out, reply STOP', optOutButton: 'Unsubscribe' },
  bg: { footer: 'Търговско съобщение · Отказ: изпратете СТОП', optOutButton: 'Отписване' },
};

export type Wordings = Record<Language, Pick<StarterTemplate, 'body' | 'exampleMessage'>>;

/** One template per language, under the name by which a scenario finds them. */
export const templatesOf = (name: string, wordings: Wordings): StarterTemplate[] =>
  (Object.keys(wordings) as Language[]).map((language) => ({
    name,
    language,
    ...wordings[language],
    ...OPT_OUTS[language],
  }));
