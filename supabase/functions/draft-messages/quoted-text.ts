// What a member or the club wrote, as it may be shown to Claude: one line, cut short, without hidden characters, and without what
// tells who the member is or how to reach anybody.
import { nameForms } from './name-forms.ts';

const LONGEST_QUOTE = 500;

const E_MAIL = /[\p{L}\p{Nd}._%+-]+@[\p{L}\p{Nd}.-]+\.\p{L}{2,}/gu;
const LINK = /\b(?:https?:\/\/|www\.)\S+/giu;
/** Six digits and more, however they are parted: phones, birth numbers, cards, accounts. */
const LONG_NUMBER = /\+?\d(?:[\s()./-]{0,2}\d){5,}/gu;
/** A handle, as on Instagram or Telegram. */
const ACCOUNT = /(?<![\p{L}\p{Nd}])@[\p{L}\p{Nd}_.]{3,}/gu;

export function quotedText(text: string, names: readonly string[]): string {
  const line = text
    .normalize('NFC')
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  const anonymous = line
    .replaceAll(E_MAIL, '[address]')
    .replaceAll(LINK, '[link]')
    .replaceAll(ACCOUNT, '[account]')
    .replaceAll(LONG_NUMBER, '[number]');
  const quote = nameForms(names).reduce((rest, form) => rest.replaceAll(form, '[name]'), anonymous);
  return [...quote].slice(0, LONGEST_QUOTE).join('').trimEnd();
}
