import { describe, expect, it } from 'vitest';
import { countLines, problemLines } from '../../../stack/import/report.ts';

const problem = (row: number, column: string | null) => ({
  file: 'visits.csv',
  row,
  column,
  cause: 'It is wrong.',
});

describe('problems', () => {
  it('say where they are', () => {
    expect(problemLines([problem(17, 'starts_at'), problem(18, null)])).toEqual([
      'visits.csv row 17, starts_at: It is wrong.',
      'visits.csv row 18: It is wrong.',
    ]);
  });

  it('are shown fifty at a time, and how many more there are', () => {
    const lines = problemLines(Array.from({ length: 63 }, (_, at) => problem(at + 2, 'amount')));
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('… and 13 more.');
    expect(problemLines(Array.from({ length: 50 }, (_, at) => problem(at + 2, 'amount')))).toHaveLength(50);
  });
});

describe('what came in', () => {
  it('is counted for each kind that was in the files', () => {
    expect(countLines({ clients: { rows: 3, new: 2, changed: 1 } })).toEqual([
      'clients: 3 rows, 2 new, 1 changed',
    ]);
  });
});
