// What somebody must know to mend a file: where to look, and one sentence with the cure.

export interface ImportProblem {
  /** The file's name. */
  file: string;
  /** As a spreadsheet shows it: the header is row 1. */
  row: number;
  /** Null when it is the whole row, or the whole file. */
  column: string | null;
  cause: string;
}
