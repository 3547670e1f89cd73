// What the writer is given and what it gives back.
export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Record<Language, string> = {
  cs: 'Czech',
  uk: 'Ukrainian',
  ru: 'Russian',
  en: 'English',
  bg: 'Bulgarian',
};

export interface Fact {
  id: string;
  value: string | number;
}

export interface DraftTask {
  language: Language;
  /** The line of a template, or a whole message of its own. */
  form: 'template' | 'free_text';
  facts: readonly Fact[];
  maxLength: number;
  /** What {first_name} becomes; null: it may not be used. */
  address: string | null;
  /** Words the club does not want to read. */
  forbiddenWords: readonly string[];
  /** What this member was last sent; null when nothing yet. */
  lastMessage: string | null;
}

export interface WrittenDraft {
  language: string;
  /** May hold {first_name}, once. */
  message: string;
  factsUsed: readonly string[];
}
