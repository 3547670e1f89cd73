// A draft as the checks look at it: once for all of them, in the forms they need.
import { FIRST_NAME } from './address.ts';
import type { DraftTask, Fact, Language, WrittenDraft } from './draft.ts';

export interface CheckedText {
  language: Language;
  /** As it was written, with the placeholder. */
  written: string;
  /** As the member will read it; the placeholder stays where there is no name for it. */
  filled: string;
  /** Without the member's name, as one reads words: one kind of space and of apostrophe. */
  nameless: string;
  /** The same without what it quotes: the writer's own words. */
  own: string;
  /** Facts that the text may draw on: an offer only when the writer says that it used it. */
  usable: readonly Fact[];
}

/** One rule: what is wrong with a draft, as sentences the writer can act on; none when it is right. */
export type Check = (text: CheckedText, task: DraftTask, draft: WrittenDraft) => string[];

export const isOffer = ({ id }: Fact): boolean => id.startsWith('offer_');
/** Written by the club for this purpose; a service's name may have been typed by anybody. */
export const isOfClub = (fact: Fact): boolean => isOffer(fact) || fact.id === 'opening_hours';

/** A name and nothing else: an address that says more is read like the rest of the text. */
const NAME = /^\p{L}[\p{L}\p{M}'’-]*(?: \p{L}[\p{L}\p{M}'’-]*)?$/u;
/** Stands for what was taken out, so that the words around it do not become neighbours. */
const GAP = '\u{fffc}';

/** Spaces of all kinds are one; so are apostrophes, which Ukrainian and English write in several ways. */
const asWords = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[’ʼ‘`´ʹ′]/gu, "'")
    .replaceAll(/\s+/gu, ' ');

/** Text with each whole occurrence of a quotation taken out, the longest first. */
function withoutQuotations(text: string, quotations: readonly string[]): string {
  return quotations
    .map((quotation) => asWords(quotation).trim())
    .filter((quotation) => quotation.length > 1 && /\p{L}/u.test(quotation))
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, quotation) => {
      const escaped = quotation.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);
      return rest.replaceAll(new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, 'gu'), GAP);
    }, text);
}

export function toCheckedText({ message, factsUsed }: WrittenDraft, task: DraftTask): CheckedText {
  const { address, facts, language } = task;
  const fill = (name: string) => message.replaceAll(FIRST_NAME, () => name);
  const nameless = asWords(address === null || NAME.test(address) ? fill(GAP) : fill(address));
  const usable = facts.filter((fact) => !isOffer(fact) || factsUsed.includes(fact.id));
  // A weekday is given in English and has to be translated.
  const quotable = usable.filter(({ id, value }) => id !== 'usual_weekday' && typeof value === 'string');
  return {
    language,
    written: message,
    filled: address === null ? message : fill(address),
    nameless,
    own: withoutQuotations(
      nameless,
      quotable.map(({ value }) => String(value)),
    ),
    usable,
  };
}
