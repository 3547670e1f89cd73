/** Something a person can put right: one sentence that says what happened and the cure. Printed without a stack. */
export class StackProblem extends Error {
  override name = 'StackProblem';
}

/** Node's system errors carry a code; anything else has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Turns the failures that any write to the home can meet into sentences; everything else passes unchanged. */
export function explainDisk(error: unknown, place: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StackProblem(`The disk of ${place} is full: free some space there, then start again.`, {
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StackProblem(
        `${place} cannot be written by this user: choose another folder with --home, or give it to this user (chown).`,
        { cause: error },
      );
    case 'EEXIST':
    case 'ENOTDIR':
      return new StackProblem(
        `${place} cannot be a folder, a file is in the way: choose another with --home.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
