// A name in the forms in which people write it: what follows its stem, in the languages of the club, is a few letters, and the stem
// itself may change. Rather a word too many than a name too few.

/** Shorter ones are words more often than names. */
const SHORTEST_NAME = 3;

/** The last letter of a stem before some endings: Zdeňka, Zdeňce; Ольга, Ользі; Petra, Petře. */
const SOFTENED: Record<string, string> = { k: 'cč', g: 'zž', h: 'zž', r: 'ř', к: 'цч', г: 'зж', х: 'сш' };
/** A vowel that goes when an ending comes: Marek, Marka; Павел, Павла. */
const FLEETING = /^(.{2,})[eеё](\p{L})$/u;
/** After a stem too short to be followed by anything: Evě, Evou; Ані, Анею. */
const ENDINGS =
  'a|y|ě|e|i|í|u|o|ou|ám|in\\p{L}{0,2}|а|я|ы|и|і|ї|е|є|у|ю|о|ой|ою|ей|ею|єю|ин\\p{L}{0,2}|ін\\p{L}{0,2}';

const escapeRegExp = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The same, as it is before some endings. */
function softened(stem: string): string[] {
  const [last, others] = [stem.slice(-1), stem.slice(0, -1)];
  return [...(SOFTENED[last.toLowerCase()] ?? '')].map((letter) => others + letter);
}

/** What the long forms of a name begin with. */
function stemsOf(name: string): string[] {
  const letters = [...name];
  if (letters.length <= 4) return [name, ...softened(name)];
  const stem = letters.slice(0, -1).join('');
  const fleeting = FLEETING.exec(name);
  return [stem, ...softened(stem), ...(fleeting ? [fleeting[1]! + fleeting[2]!] : [])];
}

/** A short name without the vowel it ends in; only with a capital, as the rest may be a word. */
function shortStemOf(name: string): string[] {
  const letters = [...name];
  if (letters.length > 4 || !/[aáeiyoаеєиіояя]$/iu.test(name)) return [];
  return [letters[0]!.toUpperCase() + letters.slice(1, -1).join('').toLowerCase()];
}

const alternatives = (words: string[]): string => words.map(escapeRegExp).join('|');

/** What finds these names in a text; none for names too short to tell. */
export function nameForms(names: readonly string[]): RegExp[] {
  const known = names
    .map((name) => name.normalize('NFC'))
    .filter((name) => [...name].length >= SHORTEST_NAME);
  const [stems, shortStems] = [known.flatMap(stemsOf), known.flatMap(shortStemOf)];
  const patterns: RegExp[] = [];
  if (stems.length > 0) {
    patterns.push(new RegExp(String.raw`(?<!\p{L})(?:${alternatives(stems)})\p{L}{0,4}(?!\p{L})`, 'giu'));
  }
  if (shortStems.length > 0) {
    patterns.push(
      new RegExp(String.raw`(?<!\p{L})(?:${alternatives(shortStems)})(?:${ENDINGS})(?!\p{L})`, 'gu'),
    );
  }
  return patterns;
}
