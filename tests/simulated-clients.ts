// Clients who behave exactly as BG/NBD says, from a seed: a rate of visits and an inclination to stay away of their own, gaps
// that remember nothing, and after each visit perhaps no other.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Facts, Parameters } from '../shared/bg-nbd/facts.ts';

type Chance = () => number;

function seeded(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  return () => 1 - uniformFloat64(generator);
}

const normal = (chance: Chance) => Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());

/** Marsaglia & Tsang 2000; of scale 1. */
function gamma(chance: Chance, shape: number): number {
  if (shape < 1) return gamma(chance, shape + 1) * chance() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const z = normal(chance);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(chance()) < (z * z) / 2 + d * (1 - v + Math.log(v))) return d * v;
  }
}

function beta(chance: Chance, a: number, b: number): number {
  const ofA = gamma(chance, a);
  return ofA / (ofA + gamma(chance, b));
}

export interface SimulatedClient {
  /** Days from the first visit to the end of what is simulated. */
  age: number;
  /** Of every visit, in days since the first, which is at 0. */
  visits: number[];
}

/** Clients whose first visits are spread evenly over the days up to `days` before the end. */
export function simulateClients(
  parameters: Parameters,
  { clients, days, seed }: { clients: number; days: number; seed: number },
): SimulatedClient[] {
  const chance = seeded(seed);
  return Array.from({ length: clients }, () => {
    const age = days * chance();
    const rate = gamma(chance, parameters.r) / parameters.alpha;
    const staysAway = beta(chance, parameters.a, parameters.b);
    const visits = [0];
    for (;;) {
      const next = visits.at(-1)! - Math.log(chance()) / rate;
      if (next > age) break;
      visits.push(next);
      if (chance() < staysAway) break;
    }
    return { age, visits };
  });
}

export function factsOf({ age, visits }: SimulatedClient): Facts {
  return { frequency: visits.length - 1, recency: visits.at(-1)!, age, clients: 1 };
}
