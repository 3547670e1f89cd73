// Rounds of all contenders in turn, forwards and backwards, so that what disturbs the machine disturbs all of them.
import { median } from '../club/timing.ts';
import { jobsPerSecond } from './contender.ts';
import type { Contender } from './contender.ts';

/** The median of jobs a second, by contender. */
export async function measureRounds(
  contenders: Contender[],
  waiting: number,
  rounds: number,
): Promise<Map<Contender, number>> {
  const rates = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      await contender.fill(waiting);
      // The first round also warms up, and counts for nothing.
      const drained = await contender.drain(Math.min(contender.jobsInRound, waiting * 0.8));
      if (round > 0) rates.get(contender)!.push(jobsPerSecond(drained));
    }
  }
  return new Map([...rates].map(([contender, measured]) => [contender, median(measured)]));
}
