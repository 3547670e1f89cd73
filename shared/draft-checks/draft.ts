// What the writer is given and what it gives back.
export const LANGUAGES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Fact {
  id: string;
  value: string | number;
}

export interface DraftTask {
  language: Language;
  facts: readonly Fact[];
  maxLength: number;
}

export interface WrittenDraft {
  language: string;
  message: string;
  factsUsed: readonly string[];
}

/** One rule: what is wrong with a draft, as sentences the writer can act on; none when it is right. */
export type Check = (draft: WrittenDraft, task: DraftTask) => string[];

export const factTexts = (task: DraftTask): string[] => task.facts.map((fact) => String(fact.value));
