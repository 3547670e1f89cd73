// Whether what Claude answered can be the translation that was asked for. Whether it is a good one, nobody but a reader of both can say.
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { readShape, spentOn } from './question.ts';
import { translationShape } from './translation-question.ts';
import type { TranslationTask } from './translation-task.ts';

const SCRIPTS: Record<Language, { name: string; letter: RegExp }> = {
  cs: { name: 'Latin', letter: /\p{Script=Latin}/gu },
  en: { name: 'Latin', letter: /\p{Script=Latin}/gu },
  uk: { name: 'Cyrillic', letter: /\p{Script=Cyrillic}/gu },
  ru: { name: 'Cyrillic', letter: /\p{Script=Cyrillic}/gu },
  bg: { name: 'Cyrillic', letter: /\p{Script=Cyrillic}/gu },
};

/** A translation is rarely half as long again: three times is a comment, or something else altogether. */
const LONGEST_TIMES = 3;

/** Controls but line breaks, and marks that turn the order of what is read; joiners of emoji stay. */
const UNSEEN = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

const PLACEHOLDER = /\{[a-z0-9_]+\}/gu;
const countOf = (text: string, letter: RegExp): number => text.match(letter)?.length ?? 0;

/** Names of clubs and services keep their letters: most of the letters are to be of the new script. */
function isInOldScript(text: string, { from, to }: Pick<TranslationTask, 'from' | 'to'>): boolean {
  if (SCRIPTS[from].name === SCRIPTS[to].name) return false;
  const words = text.replaceAll(PLACEHOLDER, '');
  return countOf(words, SCRIPTS[from].letter) > countOf(words, SCRIPTS[to].letter);
}

function problemOf(translation: string, text: string, task: TranslationTask): string | null {
  if (translation === '') return 'Claude’s answer was empty';
  if ([...translation].length > LONGEST_TIMES * [...text].length)
    return 'Claude’s answer was much longer than the message';
  if (translation === text.trim() || isInOldScript(translation, task))
    return 'Claude left the message untranslated';
  return null;
}

/** The translation of `text`, with its slots; throws NoAnswerError. */
export function readTranslation(message: unknown, text: string, task: TranslationTask): string {
  const answer = readShape(message, translationShape);
  const translation = answer.translation
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(UNSEEN, '')
    .trim();
  const problem = problemOf(translation, text, task);
  if (problem) throw new NoAnswerError(problem, spentOn(message));
  return translation;
}
