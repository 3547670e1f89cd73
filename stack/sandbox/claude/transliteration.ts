// The same words in the letters of another script.
import type { Language } from './phrases/phrase.ts';

/** A letter, and what stands for it. */
const readTable = (table: string): Record<string, string> =>
  Object.fromEntries(table.split(' ').map((pair) => [pair[0]!, pair.slice(1)]));

const toLatin = readTable(
  'аa бb вv гg ґg дd еe ёyo єye жzh зz иi іi їyi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ыy эe юyu яya ъ ь',
);
const toCyrillic = readTable(
  'aа bб cц dд eе fф gг hх iи jй kк lл mм nн oо pп qк rр sс tт uу vв wв xкс yи zз',
);

function replaceLetters(text: string, table: Record<string, string>): string {
  return [...text]
    .map((letter) => {
      const other = table[letter.toLowerCase()];
      if (other === undefined) return letter;
      return letter === letter.toLowerCase() ? other : other.charAt(0).toUpperCase() + other.slice(1);
    })
    .join('');
}

const isCyrillic: Record<Language, boolean> = { cs: false, en: false, uk: true, ru: true, bg: true };

/** The text in the script of a language; placeholders in curly brackets stay as they are. */
export const inLettersOf = (text: string, language: Language): string =>
  text
    .split(/(\{[a-z0-9_]+\})/)
    .map((piece) => {
      if (piece.startsWith('{')) return piece;
      if (!isCyrillic[language]) return replaceLetters(piece, toLatin);
      // An accent would be left over.
      return replaceLetters(
        piece.normalize('NFD').replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1'),
        toCyrillic,
      ).normalize('NFC');
    })
    .join('');
