// Not what this member was last sent: a message that says the same again in the same words looks like a machine's.
import type { Check } from './checked-text.ts';

/**
 * Of the pairs of neighbouring words, the share that both texts have (Dice). Two messages of one occasion share a phrase or two, up to
 * about a third; one with a number or a word exchanged shares more than three fifths.
 */
const SAME_FROM = 0.6;

/** Without case, punctuation and numbers: another count of days makes no other message. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\p{N}+/gu, '0')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function pairsOf(words: readonly string[]): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let index = 0; index + 1 < words.length; index += 1) {
    const pair = `${words[index]} ${words[index + 1]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** From 0, no pair in common, to 1, the same words in the same order. */
export function likenessOf(one: string, other: string): number {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  const size = words.length + otherWords.length - 2;
  // A word alone has no neighbour.
  if (size <= 0 || words.length === 1 || otherWords.length === 1) {
    return words.length > 0 && words.join(' ') === otherWords.join(' ') ? 1 : 0;
  }
  const pairs = pairsOf(words);
  let common = 0;
  for (const [pair, count] of pairsOf(otherWords)) common += Math.min(count, pairs.get(pair) ?? 0);
  return (2 * common) / size;
}

export const checkRepetition: Check = ({ filled }, { lastMessage }) =>
  lastMessage !== null && likenessOf(filled, lastMessage) >= SAME_FROM
    ? ['The message has the wording of the last one this member was sent: write it anew.']
    : [];
