/** How big a club, and how much memory its Postgres gets. Only L needs a big machine: 60 GB of disk, 24 GB of memory. */
export interface Size {
  name: string;
  clients: number;
  sharedBuffers: string;
  /** Runs per measure; the median is printed. */
  runs: number;
}

const SIZES: Size[] = [
  { name: 'S', clients: 1_000, sharedBuffers: '256MB', runs: 21 },
  { name: 'M', clients: 100_000, sharedBuffers: '1GB', runs: 7 },
  { name: 'L', clients: 1_000_000, sharedBuffers: '4GB', runs: 3 },
];

export function sizesNamed(names: string): Size[] {
  return names.split(',').map((name) => {
    const size = SIZES.find((known) => known.name === name.trim().toUpperCase());
    if (!size) throw new Error(`There is no size "${name}": use S, M or L, or several with commas between.`);
    return size;
  });
}

/** The last day with visits. Fixed, so that every run measures the same club. */
export const LAST_DAY = '2026-06-15';
/** An instant of that day in the club's time zone. */
export const NOW = '2026-06-15T12:00:00Z';
/** How many days of history there are: three years. */
export const HISTORY_DAYS = 1_095;
