// Who does something in Telegram, as every door of the database is told. What they may do, it says.
import type { Context } from 'grammy';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { Language } from '../../../shared/draft-checks/draft.ts';

export interface Person {
  id: number;
  /** As they call themselves in Telegram. */
  name: string;
  /** Of their Telegram; English when it is none of ours. */
  language: Language;
  /** On the installation's own list. */
  isAllowed: boolean;
}

export interface PersonDeps {
  /** Who may decide without being linked to an operator. */
  allowedUserIds: readonly number[];
}

/** "en-GB" is English. */
function languageOf(code: string | undefined): Language {
  const primary = code?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}

export const personOf = (from: NonNullable<Context['from']>, { allowedUserIds }: PersonDeps): Person => ({
  id: from.id,
  name: [from.first_name, from.last_name].filter(Boolean).join(' ').trim(),
  language: languageOf(from.language_code),
  isAllowed: allowedUserIds.includes(from.id),
});

export const personArgs = (person: Person) => ({
  p_telegram_user_id: person.id,
  p_is_allowed: person.isAllowed,
  p_name: person.name,
});
