// How likely facts are under BG/NBD (Fader, Hardie & Lee 2005, equation 6), in logarithms, so that nothing overflows.
import jStat from 'jstat';
import type { Facts, Parameters } from './facts.ts';

const { gammaln } = jStat;

/** Each number once, and for each fact the place of its own. */
function index(values: readonly number[]): { distinct: Float64Array; places: Uint32Array } {
  const known = new Map<number, number>();
  const places = Uint32Array.from(values, (value) => {
    const place = known.get(value) ?? known.size;
    known.set(value, place);
    return place;
  });
  return { distinct: Float64Array.from(known.keys()), places };
}

/** ln(1 + exp(u)) */
const softplus = (u: number) => (u > 35 ? u : Math.log1p(Math.exp(u)));

/**
 * The log-likelihood of these facts as a function of the parameters. It is asked hundreds of times: what depends on the
 * frequency alone, or on one date alone, is computed once for all clients who share it.
 */
export function createLogLikelihood(facts: readonly Facts[]): (parameters: Parameters) => number {
  const clients = Float64Array.from(facts, (fact) => fact.clients);
  const frequencies = index(facts.map((fact) => fact.frequency));
  const ages = index(facts.map((fact) => fact.age));
  const recencies = index(facts.map((fact) => fact.recency));
  const clientsByFrequency = new Float64Array(frequencies.distinct.length);
  frequencies.places.forEach((place, fact) => (clientsByFrequency[place]! += clients[fact]!));

  return ({ r, alpha, a, b }) => {
    const logAges = ages.distinct.map((age) => Math.log(alpha + age));
    const logRecencies = recencies.distinct.map((recency) => Math.log(alpha + recency));
    const logOdds = frequencies.distinct.map((x) => (x > 0 ? Math.log(a / (b + x - 1)) : -Infinity));
    const atStart = r * Math.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b);

    let sum = 0;
    frequencies.distinct.forEach((x, place) => {
      const ofFrequency = atStart + gammaln(r + x) + gammaln(b + x) - gammaln(a + b + x);
      sum += clientsByFrequency[place]! * ofFrequency;
    });
    for (let fact = 0; fact < clients.length; fact += 1) {
      const ofFrequency = frequencies.places[fact]!;
      const x = frequencies.distinct[ofFrequency]!;
      const logAge = logAges[ages.places[fact]!]!;
      let ofDates = -(r + x) * logAge;
      // Either still there, or gone with the last visit.
      if (x > 0)
        ofDates += softplus(
          logOdds[ofFrequency]! + (r + x) * (logAge - logRecencies[recencies.places[fact]!]!),
        );
      sum += clients[fact]! * ofDates;
    }
    return sum;
  };
}
