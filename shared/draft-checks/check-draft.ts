// Every check a written message must pass before a person, or a member, sees it. Pure: the same draft has the same problems.
import { checkContacts, checkFacts, checkOffers } from './claims.ts';
import type { Check, DraftTask, WrittenDraft } from './draft.ts';
import { checkForm } from './form.ts';
import { checkLanguage } from './language.ts';

const CHECKS: readonly Check[] = [checkForm, checkLanguage, checkFacts, checkOffers, checkContacts];

/** What is wrong with a draft, as sentences that its writer can act on; an empty list when nothing is. */
export function checkDraft(draft: WrittenDraft, task: DraftTask): string[] {
  // Nothing else can be said of an empty message.
  if (draft.message.trim() === '') return checkForm(draft, task);
  return [...new Set(CHECKS.flatMap((check) => check(draft, task)))];
}
