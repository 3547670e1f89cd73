// Whether the writer says truly what it used, and of the club's offers one at most.
import type { Check } from './checked-text.ts';
import { isOffer } from './checked-text.ts';

export const checkFactsUsed: Check = (_text, { facts }, { factsUsed }) => {
  const known = new Set(facts.map(({ id }) => id));
  const offers = facts.filter((fact) => isOffer(fact) && factsUsed.includes(fact.id));
  return [
    ...factsUsed
      .filter((id) => !known.has(id))
      .map((id) => `facts_used names "${id}", which is not among the facts.`),
    ...(offers.length > 1 ? ['Mention one offer at most.'] : []),
  ];
};
