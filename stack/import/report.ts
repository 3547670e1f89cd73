import { IMPORTED_ENTITIES } from '../../shared/csv-import/check-import.ts';
import type { ImportProblem } from '../../shared/csv-import/problem.ts';
import type { ImportCounts } from './import-files.ts';

/** Whoever mends a file mends the first ones first; a wrong column is wrong in every row. */
const MOST_SHOWN = 50;

/** `visits.csv row 17, starts_at: …`, one line each, and how many more there are. */
export function problemLines(problems: readonly ImportProblem[]): string[] {
  const shown = problems
    .slice(0, MOST_SHOWN)
    .map(
      ({ file, row, column, cause }) => `${file} row ${row}${column === null ? '' : `, ${column}`}: ${cause}`,
    );
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `… and ${more} more.`] : shown;
}

/** `bookings: 40 rows, 3 new, 1 changed`, one line each. */
export function countLines(counts: ImportCounts): string[] {
  return [...IMPORTED_ENTITIES, 'consents' as const].flatMap((entity) => {
    const count = counts[entity];
    return count ? [`${entity}: ${count.rows} rows, ${count.new} new, ${count.changed} changed`] : [];
  });
}
