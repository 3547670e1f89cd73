// One file row by row: every row that cannot be kept is a problem, and the others are read all the same, so that whoever mends
// the file sees everything at once.
import { z } from 'zod';
import type { Cells, CsvFile, CsvRow } from './csv-table.ts';
import type { ImportProblem } from './problem.ts';

interface Finding {
  column: string | null;
  cause: string;
}

/** Throws a ZodError for a row that cannot be kept. */
export type ReadRow<Row> = (cells: Cells) => { row: Row; warnings: Finding[] };

export interface NumberedRow<Row> {
  row: number;
  value: Row;
}

export interface ReadFile<Row> {
  rows: NumberedRow<Row>[];
  problems: ImportProblem[];
  /** What was read otherwise than it was meant, and is no reason to stop. */
  warnings: ImportProblem[];
}

export function readRows<Row>(
  file: CsvFile,
  rows: readonly CsvRow[],
  /** Null where rows have no id of their own. */
  idColumn: string | null,
  read: ReadRow<Row>,
): ReadFile<Row> {
  const result: ReadFile<Row> = { rows: [], problems: [], warnings: [] };
  const firstRows = new Map<string, number>();
  for (const { row, cells } of rows) {
    const place = (finding: Finding): ImportProblem => ({ file: file.name, row, ...finding });
    const id = idColumn === null ? '' : cells[idColumn]!.trim();
    const first = firstRows.get(id);
    if (first !== undefined && id !== '') {
      const cause = `"${id}" is already in row ${first}: keep one of the two rows.`;
      result.problems.push(place({ column: idColumn, cause }));
    }
    firstRows.set(id, first ?? row);
    try {
      const { row: value, warnings } = read(cells);
      result.rows.push({ row, value });
      result.warnings.push(...warnings.map(place));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      result.problems.push(
        ...error.issues.map(({ path, message }) => place({ column: path.join('.') || null, cause: message })),
      );
    }
  }
  return result;
}
