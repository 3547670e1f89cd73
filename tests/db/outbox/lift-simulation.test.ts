import { beforeAll, describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { readTrials, simulate, trueLift, TRUTHS } from './lift-trials.ts';
import type { Trial } from './lift-trials.ts';

// Every club and scenario is one trial with a known true effect; what is said of it comes from the real SQL. The chances are
// hashes, so the numbers are the same in every run.
const clubs = useClubs();

const CLUBS = 80;
const CLIENTS = 150;
let trials: Trial[];
beforeAll(async () => {
  await simulate(clubs.sql, CLUBS, CLIENTS);
  trials = await readTrials(clubs.sql);
  // A quarter of a minute on an idle machine.
}, 180_000);

const truth = (trial: Trial) => trueLift(TRUTHS.find(({ scenario }) => scenario === trial.scenario)!);

/** The mean, and how far it may lie from the true one by chance. */
function meanOf(values: number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

describe('over 400 trials of a known effect', () => {
  it('a fifth of the clients are the control group, and nobody is lost', () => {
    expect(trials).toHaveLength(5 * CLUBS);
    for (const { messaged, control } of trials) expect(messaged + control).toBe(CLIENTS);
    const { mean } = meanOf(trials.map(({ control }) => control / CLIENTS));
    expect(Math.abs(mean - 0.2)).toBeLessThan(0.01);
  });

  it('the 95 % interval holds the true lift as often as it says', () => {
    const covered = trials.filter((trial) => trial.low <= truth(trial) && truth(trial) <= trial.high).length;
    // 95 % less 2.66 standard deviations of 400 such trials; and not so wide that it says nothing.
    expect(covered / trials.length).toBeGreaterThanOrEqual(0.921);
    expect(covered / trials.length).toBeLessThanOrEqual(0.99);
  });

  it('the lift is wrong by chance only', () => {
    const { mean, error } = meanOf(trials.map((trial) => trial.lift - truth(trial)));
    expect(Math.abs(mean)).toBeLessThan(3 * error);
  });

  it.each(TRUTHS)('the lift of $scenario is wrong by chance only', ({ scenario }) => {
    const ofScenario = trials.filter((trial) => trial.scenario === scenario);
    const { mean, error } = meanOf(ofScenario.map((trial) => trial.lift - truth(trial)));
    expect(Math.abs(mean)).toBeLessThan(3 * error);
  });

  it('says "works" of what does nothing in 1 of 40 trials at most, but for chance', () => {
    const idle = trials.filter((trial) => truth(trial) === 0);
    const wrong = idle.filter(({ low }) => low > 0).length;
    // 160 × 2.5 % and 3 standard deviations.
    expect(wrong).toBeLessThanOrEqual(4 + 6);
  });

  it('would be wrong if only those were compared who got a message: this simulation sees the mistake', () => {
    const idle = trials.filter((trial) => truth(trial) === 0);
    const { mean, error } = meanOf(idle.map(({ naive }) => naive));
    expect(Math.abs(mean)).toBeGreaterThan(3 * error);
  });
});
