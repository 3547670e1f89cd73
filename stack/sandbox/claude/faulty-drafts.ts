// Wrong answers a test may ask for: what the product's checks must catch.
import { writeDraft } from './drafter.ts';
import type { Draft, DraftRequest } from './drafter.ts';
import type { Language } from './phrases/phrase.ts';

/** Promises nobody made: a discount and a date. */
const inventions: Record<Language, string> = {
  cs: 'Jen do 31. 12. máte slevu 50 % na permanentku!',
  uk: 'Лише до 31.12 знижка 50 % на абонемент!',
  ru: 'Только до 31.12 скидка 50 % на абонемент!',
  en: 'Only until 31 December: 50 % off your membership!',
  bg: 'Само до 31.12 отстъпка 50 % за абонамент!',
};

const otherLanguage: Record<Language, Language> = { cs: 'ru', uk: 'ru', ru: 'uk', en: 'cs', bg: 'ru' };

export const inventingDraft = (request: DraftRequest): Draft => {
  const draft = writeDraft(request);
  return { ...draft, message: inventions[request.language] };
};

/** The text is in another language, while the answer still claims the right one. */
export const wrongLanguageDraft = (request: DraftRequest): Draft => ({
  ...writeDraft(request, otherLanguage[request.language]),
  language: request.language,
});

export const emptyDraft = (request: DraftRequest): Draft => ({
  ...writeDraft(request),
  message: '',
  facts_used: [],
});

export const decliningDraft = (request: DraftRequest): Draft => ({
  ...emptyDraft(request),
  refuse_reason: 'The facts do not allow a message.',
});

export const tooLongDraft = (request: DraftRequest): Draft => {
  const draft = writeDraft(request);
  return {
    ...draft,
    message: `${draft.message} `
      .repeat(Math.ceil((request.max_length + 1) / draft.message.length) + 1)
      .trim(),
  };
};

export const multilineDraft = (request: DraftRequest): Draft => {
  const draft = writeDraft(request);
  return { ...draft, message: draft.message.replace(/([.!?]) /, '$1\n\n') + '\n' };
};

/** What a model would write that does whatever it reads: the longest text it is given, word for word; of a thread, what was said. */
export const obeyingDraft = (request: DraftRequest): Draft => {
  const texts = textsOf(request.thread?.map(({ text }) => text) ?? request).toSorted(
    (one, other) => other.length - one.length,
  );
  return { ...writeDraft(request), message: `${texts[0] ?? ''}.` };
};

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
