const DAY_MS = 24 * 60 * 60 * 1000;

/** A day and its value; null: the day has a reading, but nothing to divide by. */
export type Point = readonly [day: string, value: number | null];

export interface Frame {
  from: string;
  until: string;
  low: number;
  high: number;
}

/** Lines are drawn in a box of 100 by 100, stretched to whatever room there is. */
export function xOf(day: string, { from, until }: Frame): number {
  const days = Date.parse(until) - Date.parse(from);
  return days === 0 ? 50 : (100 * (Date.parse(day) - Date.parse(from))) / days;
}

/** A flat line runs in the middle. */
export function yOf(value: number, { low, high }: Frame): number {
  return high === low ? 50 : (100 * (high - value)) / (high - low);
}

/** The least frame around points; null where no day has a value. */
export function frameOf(points: readonly Point[], from: string, until: string): Frame | null {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  if (values.length === 0) return null;
  return { from, until, low: Math.min(...values), high: Math.max(...values) };
}

/** The points parted where a day is missing or has no value: what was not read is a gap, not a zero. */
export function runs(points: readonly Point[]): (readonly [day: string, value: number])[][] {
  const parts: (readonly [string, number])[][] = [];
  let before = Number.NaN;
  for (const [day, value] of points) {
    if (value === null) continue;
    const at = Date.parse(day);
    if (at - before === DAY_MS) parts.at(-1)!.push([day, value]);
    else parts.push([[day, value]]);
    before = at;
  }
  return parts;
}

const short = (coordinate: number) => String(Math.round(coordinate * 100) / 100);

/** The path of a line with its gaps; a day between two gaps is a dot, given round line caps. */
export function linePath(points: readonly Point[], frame: Frame): string {
  return runs(points)
    .map((run) => {
      const steps = run.map(([day, value]) => `${short(xOf(day, frame))} ${short(yOf(value, frame))}`);
      return `M${steps.join('L')}${run.length === 1 ? 'h0' : ''}`;
    })
    .join('');
}
