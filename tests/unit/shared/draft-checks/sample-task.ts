// A task as the writer gets it, and what the checks say of a text for it.
import { checkDraft } from '../../../../shared/draft-checks/check-draft.ts';
import type { DraftTask, Fact, Language, WrittenDraft } from '../../../../shared/draft-checks/draft.ts';

export const FACTS: readonly Fact[] = [
  { id: 'days_since_last_visit', value: 74 },
  { id: 'visits_total', value: 31 },
  { id: 'milestone', value: 25 },
  { id: 'usual_service', value: 'TRX & Jóga' },
  { id: 'usual_weekday', value: 'tuesday' },
];

/** Forms of address as the list of known names gives them. */
export const ADDRESSES: Record<Language, string> = {
  cs: 'Zdeňko',
  uk: 'Олено',
  ru: 'Ирина',
  en: 'Grace',
  bg: 'Иване',
};

export const toTask = (language: Language, change: Partial<DraftTask> = {}): DraftTask => ({
  language,
  form: 'template',
  facts: FACTS,
  maxLength: 200,
  address: ADDRESSES[language],
  forbiddenWords: [],
  lastMessage: null,
  ...change,
});

export interface Writing {
  task?: Partial<DraftTask>;
  draft?: Partial<WrittenDraft>;
}

/** Offers of the club beside the usual facts; all are named as used unless told otherwise. */
export const withOffers = (offers: readonly string[], factsUsed?: readonly string[]): Writing => {
  const facts = offers.map((value, index) => ({ id: `offer_${index + 1}`, value }));
  return {
    task: { facts: [...FACTS, ...facts] },
    draft: { factsUsed: factsUsed ?? facts.map(({ id }) => id) },
  };
};
export const withHours = (value: string): Writing => ({
  task: { facts: [...FACTS, { id: 'opening_hours', value }] },
});
export const withService = (value: string): Writing => ({
  task: { facts: [{ id: 'usual_service', value }] },
});
export const withForbidden = (...forbiddenWords: string[]): Writing => ({ task: { forbiddenWords } });
export const withLast = (lastMessage: string): Writing => ({ task: { lastMessage } });

/** A text that every check must let pass, and how the task or the draft differs from the usual. */
export type PassingText = readonly [message: string, writing?: Writing];
/** A text and a word of the problem for which it must be refused. */
export type FailingText = readonly [because: string, message: string, writing?: Writing];
export interface Texts {
  passing: readonly PassingText[];
  failing: readonly FailingText[];
}

/** What is wrong with a text; an empty list when nothing is. */
export const problemsOf = (language: Language, message: string, { task, draft }: Writing = {}): string[] =>
  checkDraft({ language, message, factsUsed: [], ...draft }, toTask(language, task));
