import { formatStep } from '#lib/format/number.ts';
import type { Unit } from '#lib/format/number.ts';

export interface Change {
  /** Which way the number went, as it is shown: what is rounded away is no way. */
  way: 'up' | 'down' | 'flat';
  /** Whether that is the way the club wants; null where it is neither, or where too few were counted to say. */
  isGood: boolean | null;
  /** How far, without a sign. */
  size: string;
  isLargeEnough: boolean;
}

interface Moved {
  change: number | null;
  unit: Unit;
  direction: 'up' | 'down' | 'neutral';
  is_change_large_enough: boolean | null;
}

/** What became of a number since the period before; null while there is nothing to compare. */
export function changeOf(metric: Moved, currency: string): Change | null {
  if (metric.change === null) return null;
  const size = formatStep(metric.change, metric.unit, currency);
  const isLargeEnough = metric.is_change_large_enough === true;
  if (size === formatStep(0, metric.unit, currency))
    return { way: 'flat', isGood: null, size, isLargeEnough };
  const way = metric.change > 0 ? 'up' : 'down';
  const isGood = metric.direction === 'neutral' || !isLargeEnough ? null : metric.direction === way;
  return { way, isGood, size, isLargeEnough };
}
