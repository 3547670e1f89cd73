import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Repeatable chance: the same seed gives the same sequence on every machine. */
export type Random = {
  int(from: number, to: number): number;
  chance(share: number): boolean;
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
};

const FINE = 1_000_000;

/** Opens a sequence for a seed. */
export function seeded(seed: number): Random {
  const generator = xoroshiro128plus(seed | 0);
  const int = (from: number, to: number) => (to <= from ? from : uniformInt(generator, from, to));
  return {
    int,
    chance: (share) => uniformInt(generator, 0, FINE - 1) < share * FINE,
    between: (from, to) => from + ((to - from) * uniformInt(generator, 0, FINE)) / FINE,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new Error('Nothing to pick from: the list is empty.');
      return list[int(0, list.length - 1)] as T;
    },
    shuffle<T>(list: readonly T[]): T[] {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = int(0, last);
        [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
      }
      return copy;
    },
  };
}
