const DAY_MS = 24 * 60 * 60 * 1000;

interface Days {
  from_date: string;
  until_date: string;
  next_date: string;
}

const daysBetween = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);

/** How many days of a backtest are replayed, and how many there are. */
export function progressOf({ from_date, until_date, next_date }: Days): { done: number; all: number } {
  return { done: daysBetween(from_date, next_date), all: daysBetween(from_date, until_date) + 1 };
}

/** What a backtest found, in a month or in all; the reasons are those of who would have got nothing. */
export interface Tally {
  fitting: number;
  messaged: number;
  followed: number;
  returned: number;
  returned_contacted: number;
  met_cooldown: number;
  met_cap: number;
  skipped: Record<string, number>;
}

export function tallyOf(months: Tally[]): Tally {
  const total = {
    ...{
      fitting: 0,
      messaged: 0,
      followed: 0,
      returned: 0,
      returned_contacted: 0,
      met_cooldown: 0,
      met_cap: 0,
    },
    skipped: {} as Record<string, number>,
  };
  for (const { skipped, ...counts } of months) {
    for (const name of Object.keys(counts) as (keyof typeof counts)[]) total[name] += counts[name];
    for (const [reason, count] of Object.entries(skipped))
      total.skipped[reason] = (total.skipped[reason] ?? 0) + count;
  }
  return total;
}

/** Who came back although no message reached them then. */
export function cameBackAlone({
  returned,
  returned_contacted,
}: Pick<Tally, 'returned' | 'returned_contacted'>): number {
  return returned - returned_contacted;
}
