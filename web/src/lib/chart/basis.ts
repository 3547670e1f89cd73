import type { Point } from './line.ts';

/** Which days of a history were read on the day itself; the others were replayed later. */
export interface Basis {
  /** The first day that was read on the day itself; those before were replayed. Null: all were. */
  knownFrom: string | null;
  /** Days after that one that were replayed all the same, since nothing ran on them. */
  replayedSince: string[];
}

export function isKnown(day: string, { knownFrom, replayedSince }: Basis): boolean {
  return knownFrom !== null && day >= knownFrom && !replayedSince.includes(day);
}

/** The two lines of a history. The replayed one reaches to the known days beside it, so that they meet. */
export function partByBasis(points: readonly Point[], basis: Basis): { known: Point[]; replayed: Point[] } {
  const known = points.map(([day]) => isKnown(day, basis));
  const isBorder = (index: number) => known[index - 1] === false || known[index + 1] === false;
  return {
    known: points.filter((_, index) => known[index]),
    replayed: points.filter((_, index) => !known[index] || isBorder(index)),
  };
}
