// Whether a text fits into a template: WhatsApp refuses line breaks, tabs and runs of spaces in a variable, and a reader refuses
// a sentence that stops in the middle.
import type { Check } from './draft.ts';

const SHORTEST = 15;

export const checkForm: Check = ({ message }, { maxLength }) => {
  const length = [...message].length;
  const problems: string[] = [];
  if (message.trim() === '') return ['The message is empty.'];
  if (length > maxLength)
    problems.push(`The message has ${length} characters, at most ${maxLength} are allowed.`);
  if (length < SHORTEST) problems.push('The message is too short to be a sentence.');
  if (/[\n\r\t]/.test(message)) problems.push('Write one line, without line breaks or tabs.');
  if (message !== message.trim() || / {2}/.test(message))
    problems.push('Do not begin or end with a space, nor put two together.');
  if (/[\p{Cf}\p{Co}\p{Cs}]|(?![\n\r\t])\p{Cc}/u.test(message)) problems.push('Use no invisible characters.');
  if (/[{}[\]<>]|%s|\bXX+\b|\bTODO\b/.test(message))
    problems.push('Use no placeholders, brackets or markup.');
  if (!/[.!?…]["“”»]?$/u.test(message.trim())) problems.push('End with a whole sentence and its full stop.');
  return problems;
};
