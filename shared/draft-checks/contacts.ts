// No link, e-mail address, account name or phone number that the club did not give in its offers or opening hours.
import type { Check } from './checked-text.ts';
import { isOfClub } from './checked-text.ts';

const TOP_LEVELS =
  'com|cz|eu|net|org|io|me|app|bg|ua|ru|by|sk|pl|de|at|uk|co|info|biz|online|shop|site|page|link|ly|gl|gg|tv|cc|xyz|top|fit|club|gym|test|example|рф|укр|бг|ею|рус';

interface ContactKind {
  /** Bounded wherever it repeats: linear in any text. */
  pattern: RegExp;
  problem: string;
  toCompare: (contact: string) => string;
}

const withoutEdges = (contact: string): string =>
  contact.toLowerCase().replaceAll(/^[^\p{L}\p{N}@]{1,64}|[^\p{L}\p{N}]{1,64}$/gu, '');
const digits = (contact: string): string => contact.replaceAll(/\P{Nd}/gu, '');

const KINDS: readonly ContactKind[] = [
  {
    pattern: new RegExp(
      String.raw`\p{L}{2,12}:\/\/[^\s,]*|www\.[^\s,]*|[^\s,@]{0,64}[\p{L}\p{N}][.。．](?:${TOP_LEVELS})(?![\p{L}\p{N}])(?:\/[^\s,]*)?`,
      'giu',
    ),
    problem: 'Write no link.',
    toCompare: withoutEdges,
  },
  {
    pattern: /(?<![\p{L}\p{N}])(?:dot|tečka|крапка|точка) (?:com|cz|ua|ru|bg|net|eu)(?![\p{L}\p{N}])/giu,
    problem: 'Write no link.',
    toCompare: withoutEdges,
  },
  {
    pattern: /[^\s@]{0,64}[@＠][^\s@]{0,64}/gu,
    problem: 'Write no e-mail address or account name.',
    toCompare: withoutEdges,
  },
  {
    pattern: /[+＋]?\p{Nd}(?:[ ()./–-]{0,3}\p{Nd}){6,15}/gu,
    problem: 'Write no phone number.',
    toCompare: digits,
  },
];

export const checkContacts: Check = ({ nameless, usable }) => {
  const club = usable.filter(isOfClub).map(({ value }) => String(value));
  return KINDS.flatMap(({ pattern, problem, toCompare }) => {
    const contactsOf = (text: string) => (text.match(pattern) ?? []).map(toCompare);
    const given = new Set(club.flatMap(contactsOf));
    return contactsOf(nameless).every((contact) => given.has(contact)) ? [] : [problem];
  });
};
