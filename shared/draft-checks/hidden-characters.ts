// Nothing that is there but not seen, or seen as something else: zero-width and bidirectional marks, control and private characters,
// letters built of several, blanks that look like none.
import type { Check } from './checked-text.ts';

/** Line breaks and tabs are the form's. */
const HIDDEN =
  /(?![\n\r\t\v\f\u0085])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|[\u115f\u1160\u2800\u3164\uffa0]|\u034f/u;
/** Typography has these; any other blank hides something. */
const ODD_SPACE = /(?![ \u00a0\u202f\u2009\n\r\t\v\f\u0085\u2028\u2029])\p{White_Space}/u;

export const checkHiddenCharacters: Check = ({ filled }) => [
  ...(HIDDEN.test(filled) || ODD_SPACE.test(filled) ? ['Use no invisible characters.'] : []),
  ...(filled !== filled.normalize('NFC') || /\p{M}/u.test(filled.normalize('NFC'))
    ? ['Write each letter with its accent as one character, without combining marks.']
    : []),
];
