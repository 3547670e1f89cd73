// Every number in the text comes from a fact, and counts what it counts there: 20 visits are not 20 percent.
import type { Check } from './checked-text.ts';
import { isOffer } from './checked-text.ts';
import type { Fact, Language } from './draft.ts';
import { LANGUAGES } from './draft.ts';
import type { Unit } from './units.ts';
import { unitsAfter } from './units.ts';

interface Quantity {
  /** As it stands in the text. */
  words: string;
  /** The same however thousands are set off. */
  value: string;
  units: readonly Unit[];
}

/** Thousands set off by spaces; numbers with points, commas, colons or slashes within, as dates and times have; and whatever else
 * is a number: other scripts' digits, fractions, circled and Roman ones. */
const NUMBER = /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:\/]\d+)*|[\p{N}--[0-9]]+/gv;
const PREFIXED_MONEY = /(?:\p{Sc}|(?<!\p{L})(?:czk|kč|eur|usd|uah|rub|bgn|gbp)) ?$/iu;
const PREFIXED_PERCENT = /(?<!\d ?)[%‰] ?$/u;
const RANGE = /^ ?(?:-|–|—|až|to|до|and|a|і|и|або|или) ?$/u;

function toValue(words: string): string {
  const joined = words.replaceAll(/\s/gu, '');
  return /^\d{1,3}(?:[.,]\d{3})+$/u.test(joined)
    ? joined.replaceAll(/[.,]/gu, '')
    : joined.replaceAll(',', '.');
}

export function quantitiesOf(text: string, languages: readonly Language[]): Quantity[] {
  const matches = [...text.matchAll(NUMBER)];
  const quantities: Quantity[] = [];
  // From the end: in "10–20 %" the first number counts what the second does.
  for (const [index, match] of [...matches.entries()].reverse()) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - 6), match.index);
    const next = matches[index + 1];
    let units: readonly Unit[] = unitsAfter(text, end, languages);
    if (PREFIXED_MONEY.test(before)) units = ['money'];
    else if (PREFIXED_PERCENT.test(before)) units = ['percent'];
    else if (next && units[0] === 'none' && next.index - end < 8 && RANGE.test(text.slice(end, next.index)))
      units = quantities.at(-1)!.units;
    quantities.push({ words: match[0], value: toValue(match[0]), units });
  }
  return quantities.reverse();
}

const COUNTED: Record<string, Unit> = {
  days_since_last_visit: 'day',
  days_since_last_pt_visit: 'day',
  visits_total: 'visit',
  milestone: 'visit',
};

/** A number whose meaning only its id tells. */
const ANY_COUNT: readonly Unit[] = ['none', 'day', 'week', 'month', 'year', 'visit'];

/** A service's name is quoted whole or not at all: a number in it says nothing of the member. */
export function quantitiesOfFact({ id, value }: Fact): Quantity[] {
  if (id === 'usual_service' || id === 'usual_weekday') return [];
  if (typeof value === 'number' || id in COUNTED) {
    const units = id in COUNTED ? [COUNTED[id]!] : ANY_COUNT;
    return quantitiesOf(String(value), []).map((quantity) => ({ ...quantity, units }));
  }
  return quantitiesOf(value.normalize('NFC').replaceAll(/\s+/gu, ' '), LANGUAGES);
}

const OF_VALUE: ReadonlySet<Unit> = new Set(['percent', 'money', 'weight']);
const OF_THE_CLOCK: ReadonlySet<Unit> = new Set(['none', 'hour', 'minute']);

/** A bare number may stand for a count, never for a share or a price; what a club gave bare is at most an hour. */
function isSame(said: Quantity, given: Quantity): boolean {
  if (said.value !== given.value) return false;
  if (said.units.some((unit) => given.units.includes(unit))) return true;
  if (said.units.includes('none')) return !given.units.some((unit) => OF_VALUE.has(unit));
  return given.units.includes('none') && said.units.every((unit) => OF_THE_CLOCK.has(unit));
}

export const checkNumbers: Check = ({ own, usable, language }, { facts }) => {
  const given = usable.flatMap(quantitiesOfFact);
  const ofUnnamedOffers = facts
    .filter((fact) => isOffer(fact) && !usable.includes(fact))
    .flatMap((fact) => quantitiesOfFact(fact).map((quantity) => ({ quantity, id: fact.id })));
  return quantitiesOf(own, [language])
    .filter((said) => !given.some((known) => isSame(said, known)))
    .map((said) => {
      const offer = ofUnnamedOffers.find(({ quantity }) => isSame(said, quantity));
      if (offer) return `The number ${said.words} is of ${offer.id}: name it in facts_used, or leave it out.`;
      return given.some(({ value }) => value === said.value)
        ? `The number ${said.words} is not among the facts with this unit: it counts something else there.`
        : `The number ${said.words} is not among the facts.`;
    });
};
