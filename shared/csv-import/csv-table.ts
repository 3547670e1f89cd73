// A file of comma-separated values as the cells of its rows, however a spreadsheet wrote it: with or without a byte order mark,
// with `;`, `,` or tabs, with either line end.
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { columnsOf } from './columns.ts';
import type { FileKind } from './columns.ts';
import type { ImportProblem } from './problem.ts';

export interface CsvFile {
  name: string;
  content: Uint8Array;
}

export type Cells = Readonly<Record<string, string>>;

export interface CsvRow {
  /** As a spreadsheet shows it. */
  row: number;
  /** The cells as they stand in the file, by the name of their column. */
  cells: Cells;
}

export interface CsvTable {
  rows: CsvRow[];
  problems: ImportProblem[];
}

/** The file cannot be read at all, or not from this row on. */
class UnreadableFileError extends Error {
  readonly row: number;

  constructor(message: string, row: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableFileError';
    this.row = row;
  }
}

const DELIMITERS = [';', ',', '\t'] as const;

const QUOTES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'opens a quotation mark that nothing closes: close it, or double it inside a text',
  INVALID_OPENING_QUOTE:
    'has a quotation mark inside a text: put the whole text in quotes and double those inside',
  CSV_INVALID_CLOSING_QUOTE:
    'goes on after a closing quotation mark: double the quotation marks inside a text',
};

export function readTable(file: CsvFile, kind: FileKind): CsvTable {
  const problem = (row: number, column: string | null, cause: string): ImportProblem => ({
    file: file.name,
    row,
    column,
    cause,
  });
  try {
    const [first = [], ...records] = parseRecords(decode(file.content), kind);
    const header = withoutEmptyEnd(first.map((name) => name.trim().toLowerCase()));
    const wrong = headerProblems(header, kind).map(({ column, cause }) => problem(1, column, cause));
    if (wrong.length > 0) return { rows: [], problems: wrong };

    const table: CsvTable = { rows: [], problems: [] };
    for (const [index, record] of records.entries()) {
      const row = index + 2;
      // An empty line is no row, but a spreadsheet numbers it.
      if (record.every((cell) => cell.trim() === '')) continue;
      const misfit = misfitOf(record, header);
      if (misfit) table.problems.push(problem(row, null, misfit));
      else table.rows.push({ row, cells: Object.fromEntries(header.map((name, at) => [name, record[at]!])) });
    }
    if (table.rows.length + table.problems.length > 0) return table;
    return { rows: [], problems: [problem(1, null, 'The file has a header and no rows: leave it out.')] };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    return { rows: [], problems: [problem(error.row, null, error.message)] };
  }
}

function decode(content: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    throw new UnreadableFileError('The file is not in UTF-8: save it as "CSV UTF-8".', 1, { cause });
  }
  // What a text in UTF-16 without its mark looks like; and no database keeps that character.
  if (text.includes('\0'))
    throw new UnreadableFileError('The file is not in UTF-8: save it as "CSV UTF-8".', 1);
  return text;
}

function parseRecords(text: string, kind: FileKind): string[][] {
  if (text.trim() === '') {
    const names = columnsOf(kind).map(({ name }) => name);
    throw new UnreadableFileError(`The file is empty: its first row must be ${names.join(';')}.`, 1);
  }
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      // Rows of another width than the header, and empty lines, are counted and judged here.
      relax_column_count: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError) || !(error.code in QUOTES)) throw error;
    const row = Number(error['records']) + 1;
    throw new UnreadableFileError(`The row ${QUOTES[error.code]}.`, row, { cause: error });
  }
}

/** The one that parts most names in the header line. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0].replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.toSorted((one, other) => count(other) - count(one))[0]!;
}

function headerProblems(
  header: readonly string[],
  kind: FileKind,
): { column: string | null; cause: string }[] {
  const columns = columnsOf(kind);
  const known = columns.map(({ name }) => name);
  const strange = header
    .filter((name) => !known.includes(name))
    .map((name) => ({
      column: name || null,
      cause: `${name ? 'This column is not known' : 'A column has no name'}: delete it, or give it one of the names ${known.join(', ')}.`,
    }));
  const twice = header
    .filter((name, at) => known.includes(name) && header.indexOf(name) !== at)
    .map((name) => ({ column: name, cause: 'This column is there twice: delete one of the two.' }));
  const missing = columns
    .filter(({ name, isOptional }) => !isOptional && !header.includes(name))
    .map(({ name }) => ({
      column: name,
      cause: 'This column is missing: add it, its cells may be empty where docs/import.md says so.',
    }));
  return [...strange, ...twice, ...missing];
}

function misfitOf(record: readonly string[], header: readonly string[]): string | null {
  const cells = Math.max(withoutEmptyEnd(record).length, Math.min(record.length, header.length));
  if (cells === header.length) return null;
  return `The row has ${cells} cells and the header ${header.length}: put texts that contain the delimiter in quotes.`;
}

/** Spreadsheets write the delimiters of columns that were once used. */
function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
}
