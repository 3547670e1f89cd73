// Whether a text fits where it is put: WhatsApp refuses line breaks, tabs and runs of spaces in a template's variable, and a reader
// refuses a sentence that stops in the middle. A message of its own is one paragraph too: signature and opt-out follow below it.
import { FIRST_NAME } from './address.ts';
import type { Check } from './checked-text.ts';

const SHORTEST = 15;

export const checkForm: Check = ({ written, filled }, { maxLength }) => {
  const length = [...filled].length;
  const problems: string[] = [];
  if (length > maxLength)
    problems.push(`The message has ${length} characters, at most ${maxLength} are allowed.`);
  if (length < SHORTEST) problems.push('The message is too short to be a sentence.');
  if (/[\n\r\t\v\f\u0085\u2028\u2029]/u.test(filled))
    problems.push('Write one line, without line breaks or tabs.');
  if (filled !== filled.trim() || /\s\s/u.test(filled))
    problems.push('Do not begin or end with a space, nor put two together.');
  // On the text as written: of the braces, only those of the placeholder may be there.
  if (/[{}[\]<>|_~*^=\\#]|%s|\bXX+\b|\bTODO\b/u.test(written.replaceAll(FIRST_NAME, '')))
    problems.push(`Use no placeholders but ${FIRST_NAME}, and no brackets or markup.`);
  if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(filled)) problems.push('Use no emoji.');
  if (/[!?]{2}|[.…]{4}/u.test(filled)) problems.push('Do not pile up exclamation or question marks.');
  if (!/[.!?…]["“”»’]?$/u.test(filled)) problems.push('End with a whole sentence and its full stop.');
  return problems;
};
