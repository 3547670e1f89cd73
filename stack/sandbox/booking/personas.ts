// How people come to a club, told as histories that end where each segment begins. Days are counted back from today;
// nobody has trained today yet, so the club is the same whatever the hour it is generated at.
import type { ServiceKind } from './club.ts';
import type { Random } from './random.ts';

export type PersonaName =
  | 'devoted'
  | 'regular'
  | 'casual'
  | 'newcomer'
  | 'trial'
  | 'early-churn'
  | 'fading'
  | 'decline'
  | 'silent'
  | 'urgent'
  | 'nearly-lost'
  | 'lost'
  | 'pt-dropout'
  | 'never';

type Persona = {
  name: PersonaName;
  /** How many of 600 clients. */
  of600: number;
  lastVisitAgo: readonly [number, number];
  visitsPerWeek: readonly [number, number];
  /** Share of the club's visits to hand out; `fixed` histories do not grow with the club. */
  weight?: readonly [number, number];
  fixed?: readonly [number, number];
  personalShare?: number;
};

const PERSONAS: readonly Persona[] = [
  {
    name: 'devoted',
    of600: 28,
    lastVisitAgo: [1, 3],
    visitsPerWeek: [2.8, 3.6],
    weight: [220, 400],
    personalShare: 0.15,
  },
  { name: 'regular', of600: 82, lastVisitAgo: [1, 4], visitsPerWeek: [1.6, 2.6], weight: [25, 150] },
  { name: 'casual', of600: 96, lastVisitAgo: [1, 13], visitsPerWeek: [0.38, 0.46], weight: [3, 22] },
  { name: 'newcomer', of600: 42, lastVisitAgo: [1, 6], visitsPerWeek: [1, 2], fixed: [1, 2] },
  { name: 'trial', of600: 50, lastVisitAgo: [8, 170], visitsPerWeek: [1, 1], fixed: [1, 1] },
  { name: 'early-churn', of600: 26, lastVisitAgo: [33, 70], visitsPerWeek: [2, 2.4], fixed: [2, 5] },
  { name: 'fading', of600: 34, lastVisitAgo: [22, 58], visitsPerWeek: [1, 2.2], weight: [12, 90] },
  { name: 'decline', of600: 18, lastVisitAgo: [9, 17], visitsPerWeek: [2.4, 3], weight: [20, 90] },
  { name: 'silent', of600: 46, lastVisitAgo: [60, 118], visitsPerWeek: [0.8, 2], weight: [5, 80] },
  { name: 'urgent', of600: 26, lastVisitAgo: [121, 178], visitsPerWeek: [0.8, 2], weight: [5, 80] },
  { name: 'nearly-lost', of600: 46, lastVisitAgo: [182, 360], visitsPerWeek: [0.8, 2], weight: [4, 70] },
  { name: 'lost', of600: 66, lastVisitAgo: [367, 900], visitsPerWeek: [0.8, 2], weight: [3, 70] },
  { name: 'pt-dropout', of600: 26, lastVisitAgo: [1, 18], visitsPerWeek: [1.3, 1.8], weight: [24, 60] },
  { name: 'never', of600: 14, lastVisitAgo: [0, 0], visitsPerWeek: [1, 1], fixed: [0, 0] },
];

const THREE_YEARS = 1095;
const MILESTONES = [10, 25, 50, 100, 200, 500] as const;

/** One client's attended visits, oldest first. */
export type History = { persona: PersonaName; visits: { daysAgo: number; kind: ServiceKind }[] };

/** Deals out histories so that together they hold about `visits` attended visits. */
export function generateHistories(random: Random, clients: number, visits: number): History[] {
  const cast = castPersonas(clients);
  const fixed = cast.map((persona) => (persona.fixed === undefined ? null : random.int(...persona.fixed)));
  const weights = cast.map((persona) =>
    persona.weight === undefined ? 0 : random.between(...persona.weight),
  );
  setMilestones(cast, fixed, visits / clients);
  const free = visits - fixed.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const totalWeight = weights.reduce((sum, weight, index) => (fixed[index] === null ? sum + weight : sum), 0);
  const scale = totalWeight === 0 ? 0 : free / totalWeight;
  const histories = cast.map((persona, index) => {
    const count = fixed[index] ?? Math.max(minimum(persona.name), Math.round((weights[index] ?? 0) * scale));
    return { persona: persona.name, visits: historyOf(random, persona, count) };
  });
  return random.shuffle(histories);
}

function castPersonas(clients: number): Persona[] {
  const cast = PERSONAS.flatMap((persona) =>
    Array.from({ length: Math.max(1, Math.round((persona.of600 * clients) / 600)) }, () => persona),
  );
  const filler = PERSONAS[2];
  while (filler !== undefined && cast.length < clients) cast.push(filler);
  return cast.slice(0, clients);
}

function minimum(name: PersonaName): number {
  if (name === 'devoted' || name === 'regular') return 8;
  if (name === 'decline' || name === 'pt-dropout') return 12;
  return 2;
}

/** A few regulars reach a milestone with a visit of the last days: their count today is exactly the milestone. */
function setMilestones(cast: Persona[], fixed: (number | null)[], meanVisits: number): void {
  const regulars = cast.flatMap(({ name }, index) => (name === 'regular' ? [index] : []));
  const devoted = cast.flatMap(({ name }, index) => (name === 'devoted' ? [index] : []));
  const reachable = MILESTONES.filter((milestone) => milestone <= meanVisits * 12);
  reachable.forEach((milestone, index) => {
    const pool = milestone >= 200 ? devoted : regulars;
    for (const at of pool.slice(index * 3, index * 3 + (milestone >= 200 ? 1 : 3))) fixed[at] = milestone;
  });
}

function historyOf(random: Random, persona: Persona, count: number): History['visits'] {
  if (count === 0) return [];
  const last = random.int(...persona.lastVisitAgo);
  const rate = random.between(...persona.visitsPerWeek);
  const ago =
    persona.name === 'decline'
      ? [last, ...spread(random, 32, rate, count - 1)]
      : spread(random, last, rate, count);
  const visits = ago.map((daysAgo) => ({ daysAgo, kind: kindOf(random, persona, daysAgo) })).reverse();
  if (persona.name === 'pt-dropout') stopPersonalTraining(random, visits);
  const first = visits[0];
  const beganWithTrial = persona.name === 'trial' ? 0.9 : 0.6;
  if (first !== undefined && first.kind !== 'personal' && random.chance(beganWithTrial)) first.kind = 'trial';
  return visits;
}

/** Days ago, most recent first: an even pace with a wobble, squeezed when it would begin before the club did. */
function spread(random: Random, last: number, perWeek: number, count: number): number[] {
  const gap = Math.min(7 / perWeek, (THREE_YEARS - last) / Math.max(1, count));
  return Array.from({ length: count }, (_, index) => {
    const wobble = index === 0 ? 0 : random.between(-0.3, 0.3);
    return Math.max(last, Math.round(last + (index + wobble) * gap));
  }).sort((one, other) => one - other);
}

function kindOf(random: Random, persona: Persona, daysAgo: number): ServiceKind {
  // Those who slip away from training altogether have no personal training to drop, so the two stories stay apart.
  const personal = persona.personalShare ?? (daysAgo > 200 && persona.name !== 'fading' ? 0.05 : 0);
  if (random.chance(personal)) return 'personal';
  const roll = random.between(0, 1);
  return roll < 0.66 ? 'group' : roll < 0.96 ? 'open' : 'other';
}

/** Personal training in the months before, none in the last 30 days, while the classes go on. */
function stopPersonalTraining(random: Random, visits: History['visits']): void {
  const before = visits.filter(({ daysAgo }) => daysAgo >= 33 && daysAgo <= 110);
  const wanted = Math.max(2, Math.min(6, Math.round(before.length * random.between(0.2, 0.45))));
  for (const visit of random.shuffle(before).slice(0, wanted)) visit.kind = 'personal';
}
