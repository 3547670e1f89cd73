// The parameters of BG/NBD under which facts are most likely.
import { countClients } from './facts.ts';
import type { Counted, Facts, Parameters } from './facts.ts';
import { createLogLikelihood } from './log-likelihood.ts';
import { findLowest } from './nelder-mead.ts';
import type { Lowest } from './nelder-mead.ts';

export interface Fit extends Parameters, Counted {
  logLikelihood: number;
  iterations: number;
  /** Somebody came back, the search settled, a second look found nothing better, and no parameter stands at its bound. */
  hasConverged: boolean;
}

/** There is nothing to fit, or nothing finite came out. */
export class FitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FitError';
  }
}

/**
 * Facts that do not determine a parameter (nobody ever came back, all clients alike) would drive it to nought or to infinity.
 * alpha in days, and no less than 0.1 of one: the series of expected visits stays short.
 */
const BOUNDS: Record<keyof Parameters, readonly [least: number, most: number]> = {
  r: [1e-3, 1e3],
  alpha: [0.1, 1e6],
  a: [1e-3, 1e3],
  b: [1e-3, 1e5],
};
const LOG_BOUNDS = Object.values(BOUNDS).map(([least, most]) => [Math.log(least), Math.log(most)] as const);

const ROUGHLY = { step: 0.7, valueTolerance: 0.1, pointTolerance: 0.1, maxIterations: 120 };
const EXACTLY = { step: 0.2, valueTolerance: 1e-5, pointTolerance: 1e-4, maxIterations: 600 };
/** Log-likelihood that looking again may still gain: a hundredth of what would matter to a test of significance. */
const NOTHING_BETTER = 0.01;
const MOST_LOOKS = 5;

const toParameters = (logs: readonly number[]): Parameters => {
  const [r, alpha, a, b] = logs.map(Math.exp) as [number, number, number, number];
  return { r, alpha, a, b };
};

const within = (logs: readonly number[]) =>
  logs.map((log, axis) => Math.min(Math.max(log, LOG_BOUNDS[axis]![0]), LOG_BOUNDS[axis]![1]));

/** Few and many visits, early and late drop-out, about the rate at which these clients came while they were seen to come. */
function startingPoints(facts: readonly Facts[]): number[][] {
  let visits = 0;
  let days = 0;
  for (const { frequency, recency, clients } of facts) {
    visits += frequency * clients;
    days += recency * clients;
  }
  const rate = (visits + 1) / (days + 30);
  const starts: Parameters[] = [
    { r: 0.5, alpha: 0.5 / rate, a: 0.5, b: 3 },
    { r: 2, alpha: 2 / rate, a: 0.7, b: 15 },
    { r: 1, alpha: 1 / rate, a: 3, b: 10 },
  ];
  return starts.map(({ r, alpha, a, b }) => within([r, alpha, a, b].map(Math.log)));
}

export function fitBgNbd(facts: readonly Facts[]): Fit {
  const counted = countClients(facts);
  if (counted.clients === 0) throw new FitError('There are no clients to fit: ask for facts first.');
  const logLikelihood = createLogLikelihood(facts);
  // Beyond a bound it is as at the bound, and worse the further away.
  const cost = (logs: readonly number[]) => {
    const bounded = within(logs);
    const beyond = logs.reduce((sum, log, axis) => sum + (log - bounded[axis]!) ** 2, 0);
    return -logLikelihood(toParameters(bounded)) + counted.clients * beyond;
  };

  const rough = startingPoints(facts).map((start) => findLowest(cost, start, ROUGHLY));
  let best = rough.reduce((one, other) => (other.value < one.value ? other : one));
  let iterations = rough.reduce((sum, search) => sum + search.iterations, 0);
  let gained = Infinity;
  for (let looks = 0; looks < MOST_LOOKS && gained > NOTHING_BETTER; looks += 1) {
    const found: Lowest = findLowest(cost, best.point, EXACTLY);
    iterations += found.iterations;
    gained = best.value - found.value;
    best = found;
  }
  const point = within(best.point);
  const isInside = point.every(
    (log, axis) => log > LOG_BOUNDS[axis]![0] + 0.01 && log < LOG_BOUNDS[axis]![1] - 0.01,
  );
  const fit: Fit = {
    ...toParameters(point),
    ...counted,
    logLikelihood: logLikelihood(toParameters(point)),
    iterations,
    hasConverged: counted.repeatClients > 0 && best.isSettled && gained <= NOTHING_BETTER && isInside,
  };
  if (!Number.isFinite(fit.logLikelihood))
    throw new FitError(
      'The likelihood of the facts is not finite: look for a negative frequency, recency or age.',
    );
  return fit;
}
