// Which facts may be told to the writer. A service's name may have been typed by anybody: it is used where it is plainly a name, and
// left out where it could be a sentence, a link, a promise or a trick; a message without it is as good.
import { toCheckedText } from './checked-text.ts';
import { checkContacts } from './contacts.ts';
import type { DraftTask, Fact } from './draft.ts';
import { LANGUAGES } from './draft.ts';
import { checkPromises } from './promises.ts';

const LONGEST_NAME = 60;
const MOST_WORDS = 6;
/** What the club wrote for this purpose. */
const LONGEST_TEXT = 200;

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Letters, digits and the marks that names of classes have; no sentence, no markup, no template, no address. */
const NAME = /^[\p{L}\p{M}\p{Nd} &+'’"„“”«»(),/–—-]+$/u;
const MIXED_WORD =
  /\p{Script=Latin}[\p{L}\p{M}]*\p{Script=Cyrillic}|\p{Script=Cyrillic}[\p{L}\p{M}]*\p{Script=Latin}/u;

function isPlainName(name: string): boolean {
  const letters = name.match(/\p{L}/gu)?.length ?? 0;
  return (
    NAME.test(name) &&
    !MIXED_WORD.test(name) &&
    [...name].length <= LONGEST_NAME &&
    name.split(' ').length <= MOST_WORDS &&
    letters * 2 >= [...name].length
  );
}

/** A name that promises something, or says where to be reached, in whatever language. */
function promisesOrLeadsAway(name: string): boolean {
  return LANGUAGES.some((language) => {
    const task: DraftTask = {
      language,
      form: 'template',
      facts: [],
      maxLength: LONGEST_NAME,
      address: null,
      forbiddenWords: [],
      lastMessage: null,
    };
    const draft = { language, message: name, factsUsed: [] };
    const text = toCheckedText(draft, task);
    return [checkContacts, checkPromises].some((check) => check(text, task, draft).length > 0);
  });
}

/** The fact as it may be told; null where it may not. */
export function usableFact({ id, value }: Fact): Fact | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? { id, value } : null;
  const isHidden = /[\p{Cf}\p{Co}\p{Cs}]/u.test(value);
  const line = value
    .normalize('NFC')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  if (id === 'opening_hours' || id.startsWith('offer_'))
    return line === '' ? null : { id, value: [...line].slice(0, LONGEST_TEXT).join('').trimEnd() };
  if (id === 'usual_weekday') return WEEKDAYS.includes(line) ? { id, value: line } : null;
  return !isHidden && isPlainName(line) && !promisesOrLeadsAway(line) ? { id, value: line } : null;
}
