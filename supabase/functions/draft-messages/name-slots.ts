// Names stay in the house: where a message names the member, Claude is shown a slot, and the name is put back into its translation.
import { FIRST_NAME } from '../../../shared/draft-checks/address.ts';
import { nameForms } from './name-forms.ts';
import type { TranslationTask } from './translation-task.ts';

interface Slot {
  placeholder: string;
  /** What is hidden behind it. */
  words: string[];
  /** What is put back. */
  name: string;
}

function slotsOf({ is_by_person, first_names, other_names, address }: TranslationTask): Slot[] {
  const firstName = { placeholder: FIRST_NAME, words: first_names, name: address ?? first_names[0] ?? '' };
  // Our own code writes first names only, and only in the form that addresses.
  if (!is_by_person) return [firstName];
  const others = other_names.map((word, index) => ({
    placeholder: `{name_${index + 2}}`,
    words: [word],
    name: word,
  }));
  return [firstName, ...others];
}

/** Whole words as they are. */
function exactly(words: readonly string[]): RegExp | null {
  const escaped = words
    .filter((word) => word !== '')
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (escaped.length === 0) return null;
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${escaped.join('|')})(?![\p{L}\p{M}])`, 'gu');
}

/** Stands for a slot while names are looked for: a placeholder has letters, which a name may have too. */
const mark = (index: number): string => String.fromCodePoint(0xf0000 + index);

/** The message as Claude may be shown it. */
export function hideNames(task: TranslationTask): string {
  const slots = slotsOf(task);
  let text = task.text.normalize('NFC').replaceAll(/\p{Co}/gu, '');
  for (const [index, slot] of slots.entries()) {
    const words = slot.words.map((word) => word.normalize('NFC'));
    const forms = [exactly(words), ...(task.is_by_person ? nameForms(words) : [])];
    for (const form of forms) if (form) text = text.replaceAll(form, mark(index));
  }
  return slots.reduce((rest, { placeholder }, index) => rest.replaceAll(mark(index), placeholder), text);
}

const countOf = (text: string, placeholder: string): number => text.split(placeholder).length - 1;

/** The translation with the names in it; null when a slot was lost, doubled or made up. */
export function putNamesBack(task: TranslationTask, hidden: string, translation: string): string | null {
  const slots = slotsOf(task);
  const isKept = slots.every(
    ({ placeholder }) => countOf(translation, placeholder) === countOf(hidden, placeholder),
  );
  if (!isKept) return null;
  return slots.reduce((rest, { placeholder, name }) => rest.replaceAll(placeholder, () => name), translation);
}
