// One JSON line per event. Nothing secret: callers log ids, and the known secrets are cut out of error texts, where
// a library may have put the address it called.
import type { Now } from './clock.ts';

export type Fields = Record<string, unknown>;

export interface Log {
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, error: unknown, fields?: Fields): void;
  /** A log that adds these fields to every line. */
  with(fields: Fields): Log;
}

export interface LogOptions {
  /** Of the function. */
  name: string;
  now: Now;
  /** Values that may not appear in a line. */
  secrets: readonly (string | undefined)[];
  write?: (line: string) => void;
}

const MASK = '[secret]';
const MOST_CAUSES = 5;

/** An error with its causes, without stack: name, message and code say where it was born. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(cause === undefined || depth >= MOST_CAUSES ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

export function createLog({ name, now, secrets, write = console.log }: LogOptions): Log {
  const known = secrets.filter((value): value is string => value !== undefined && value.length >= 8);

  function line(level: string, event: string, fields: Fields): void {
    const whole = JSON.stringify({ at: now().toISOString(), level, function: name, event, ...fields });
    write(known.reduce((text, value) => text.replaceAll(value, MASK), whole));
  }

  const bind = (bound: Fields): Log => ({
    info: (event, fields) => line('info', event, { ...bound, ...fields }),
    warn: (event, fields) => line('warn', event, { ...bound, ...fields }),
    error: (event, error, fields) =>
      line('error', event, { ...bound, ...fields, error: describeError(error) }),
    with: (fields) => bind({ ...bound, ...fields }),
  });
  return bind({});
}
