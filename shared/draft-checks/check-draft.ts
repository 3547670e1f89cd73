// Every check a written message must pass before a person, or a member, sees it. Pure: the same draft has the same problems.
import { checkAddress } from './address.ts';
import type { Check } from './checked-text.ts';
import { toCheckedText } from './checked-text.ts';
import { checkContacts } from './contacts.ts';
import { checkDates } from './dates.ts';
import type { DraftTask, WrittenDraft } from './draft.ts';
import { checkFactsUsed } from './facts-used.ts';
import { checkFamiliarity } from './familiarity.ts';
import { checkForbiddenWords } from './forbidden-words.ts';
import { checkForm } from './form.ts';
import { checkGender } from './gender.ts';
import { checkHealth } from './health.ts';
import { checkHiddenCharacters } from './hidden-characters.ts';
import { checkLanguage } from './language.ts';
import { checkNumberWords } from './number-words.ts';
import { checkNumbers } from './numbers.ts';
import { checkPressure } from './pressure.ts';
import { checkPromises } from './promises.ts';
import { checkRepetition } from './repetition.ts';

const CHECKS = {
  form: checkForm,
  'hidden characters': checkHiddenCharacters,
  address: checkAddress,
  language: checkLanguage,
  'facts used': checkFactsUsed,
  numbers: checkNumbers,
  'number words': checkNumberWords,
  dates: checkDates,
  contacts: checkContacts,
  promises: checkPromises,
  health: checkHealth,
  pressure: checkPressure,
  familiarity: checkFamiliarity,
  gender: checkGender,
  'forbidden words': checkForbiddenWords,
  repetition: checkRepetition,
} as const satisfies Record<string, Check>;

export type CheckName = keyof typeof CHECKS;
export const CHECK_NAMES = Object.keys(CHECKS) as CheckName[];

/** What each check finds wrong with a draft, by its name; only those that find something. */
export function failedChecks(draft: WrittenDraft, task: DraftTask): Partial<Record<CheckName, string[]>> {
  if (draft.message.trim() === '') return { form: ['The message is empty.'] };
  const text = toCheckedText(draft, task);
  return Object.fromEntries(
    CHECK_NAMES.map((name) => [name, CHECKS[name](text, task, draft)] as const).filter(
      ([, problems]) => problems.length > 0,
    ),
  );
}

/** What is wrong with a draft, as sentences that its writer can act on; an empty list when nothing is. */
export function checkDraft(draft: WrittenDraft, task: DraftTask): string[] {
  return [...new Set(Object.values(failedChecks(draft, task)).flat())];
}
