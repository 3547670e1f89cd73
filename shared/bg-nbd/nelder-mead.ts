// The lowest point of a function without derivatives (Nelder & Mead 1965): a simplex that reflects, expands, contracts, shrinks.

export interface SearchOptions {
  /** Length of the first simplex' edges. */
  step: number;
  /** Done when the values at the corners, and the corners themselves, are no further apart than this. */
  valueTolerance: number;
  pointTolerance: number;
  maxIterations: number;
}

export interface Lowest {
  point: number[];
  value: number;
  iterations: number;
  /** Ended because the simplex had shrunk to a point, not because it ran out of iterations. */
  isSettled: boolean;
}

interface Corner {
  point: number[];
  value: number;
}

/** From `from` through `to` and beyond: 1 is `to`, 2 twice as far. */
const along = (from: readonly number[], to: readonly number[], far: number) =>
  from.map((value, axis) => value + far * (to[axis]! - value));

function centroid(corners: readonly Corner[]): number[] {
  return corners[0]!.point.map(
    (_, axis) => corners.reduce((sum, { point }) => sum + point[axis]!, 0) / corners.length,
  );
}

function isSettled(corners: readonly Corner[], { valueTolerance, pointTolerance }: SearchOptions): boolean {
  const best = corners[0]!;
  return (
    corners.at(-1)!.value - best.value <= valueTolerance &&
    corners.every(({ point }) =>
      point.every((value, axis) => Math.abs(value - best.point[axis]!) <= pointTolerance),
    )
  );
}

export function findLowest(
  valueAt: (point: readonly number[]) => number,
  start: readonly number[],
  options: SearchOptions,
): Lowest {
  const corner = (point: number[]): Corner => ({ point, value: valueAt(point) });
  let corners = [
    corner([...start]),
    ...start.map((_, moved) =>
      corner(start.map((value, axis) => (axis === moved ? value + options.step : value))),
    ),
  ];
  let iterations = 0;
  for (; ; iterations += 1) {
    corners.sort((one, other) => one.value - other.value);
    const best = corners[0]!;
    const settled = isSettled(corners, options);
    if (settled || iterations >= options.maxIterations) return { ...best, iterations, isSettled: settled };

    const worst = corners.pop()!;
    const middle = centroid(corners);
    const reflected = corner(along(worst.point, middle, 2));
    if (reflected.value < best.value) {
      const expanded = corner(along(worst.point, middle, 3));
      corners.push(expanded.value < reflected.value ? expanded : reflected);
    } else if (reflected.value < corners.at(-1)!.value) {
      corners.push(reflected);
    } else {
      const contracted = corner(along(worst.point, middle, reflected.value < worst.value ? 1.5 : 0.5));
      corners.push(contracted.value < Math.min(reflected.value, worst.value) ? contracted : worst);
      if (corners.at(-1) === worst)
        corners = corners.map((each) => (each === best ? best : corner(along(best.point, each.point, 0.5))));
    }
  }
}
