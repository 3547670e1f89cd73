// What a member or the club wrote, as it may be shown to Claude: one line, cut short, without hidden characters, and without what
// tells who the member is or how to reach anybody.
const LONGEST_QUOTE = 500;

const E_MAIL = /[\p{L}\p{Nd}._%+-]+@[\p{L}\p{Nd}.-]+\.\p{L}{2,}/gu;
const LINK = /\b(?:https?:\/\/|www\.)\S+/giu;
/** Six digits and more, however they are parted: phones, birth numbers, cards, accounts. */
const LONG_NUMBER = /\+?\d(?:[\s()./-]{0,2}\d){5,}/gu;
/** A handle, as on Instagram or Telegram. */
const ACCOUNT = /(?<![\p{L}\p{Nd}])@[\p{L}\p{Nd}_.]{3,}/gu;
/** Shorter ones are words more often than names. */
const SHORTEST_NAME = 3;

const escapeRegExp = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A name in any of its cases: what is added to its stem, in the languages of the club, is a few letters. */
function nameIn(names: readonly string[]): RegExp | null {
  const stems = names
    .filter((name) => [...name].length >= SHORTEST_NAME)
    .map((name) => escapeRegExp([...name].length > 4 ? [...name].slice(0, -1).join('') : name));
  if (stems.length === 0) return null;
  return new RegExp(String.raw`(?<!\p{L})(?:${stems.join('|')})\p{L}{0,4}(?!\p{L})`, 'giu');
}

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
  const name = nameIn(names);
  const quote = name ? anonymous.replaceAll(name, '[name]') : anonymous;
  return [...quote].slice(0, LONGEST_QUOTE).join('').trimEnd();
}
