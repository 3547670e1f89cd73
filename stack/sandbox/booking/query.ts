// Reads the platform's query parameters as strictly as it documents them, and builds the conditions they stand for.
import type { Context } from 'hono';
import { PlatformError } from './envelope.ts';
import { addDays } from './local-time.ts';
import type { Paging, Where } from './store.ts';

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const WALL = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

function invalid(name: string, message: string): PlatformError {
  return new PlatformError(422, 'Validation failed.', { [name]: [message] });
}

/** A page and its size; a size over the cap is lowered without a word. */
export function paging(
  page: unknown,
  size: unknown,
  names: [page: string, size: string],
  fallback: number,
  cap: number,
): Paging {
  return {
    page: positive(page, names[0]) ?? 1,
    count: Math.min(positive(size, names[1]) ?? fallback, cap),
  };
}

function positive(value: unknown, name: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = Number(value);
  if (value === '' || !Number.isInteger(number) || number < 1)
    throw invalid(name, `The ${name} must be a whole number above 0.`);
  return number;
}

/** `page` and `count` of a query string. */
export function queryPaging(
  c: Context,
  fallback: number,
  cap: number,
  size: 'count' | 'page_size' = 'count',
): Paging {
  return {
    ...paging(c.req.query('page'), c.req.query(size), ['page', size], fallback, cap),
    // Set by a fault.
    repeated: c.get('repeated') as number | undefined,
  };
}

/** A number from the path or the query. */
export function wholeNumber(value: string | undefined, name: string): number {
  const number = positive(value, name);
  if (number === undefined) throw invalid(name, `The ${name} is required.`);
  return number;
}

/** `0` or `1`. */
export function queryFlag(c: Context, name: string): boolean {
  const value = c.req.query(name);
  if (value === undefined || value === '0') return false;
  if (value === '1') return true;
  throw invalid(name, `The ${name} must be 0 or 1.`);
}

/** Gathers conditions from query parameters. */
export class Conditions {
  readonly where: Where = { sql: [], values: [] };
  readonly #context: Context;

  constructor(c: Context) {
    this.#context = c;
  }

  add(sql: string, ...values: Where['values']): this {
    this.where.sql.push(sql);
    this.where.values.push(...values);
    return this;
  }

  /** The first of the aliases that was sent, which must be a whole number. */
  equals(column: string, ...names: string[]): this {
    for (const name of names) {
      const value = this.#context.req.query(name);
      if (value !== undefined) return this.add(`${column} = ?`, wholeNumber(value, name));
    }
    return this;
  }

  /** Whole local days, both included. */
  days(column: string, from: string, till: string): this {
    const first = this.#date(from);
    const last = this.#date(till);
    if (first !== undefined) this.add(`${column} >= ?`, `${first}T00:00:00`);
    if (last !== undefined) this.add(`${column} < ?`, `${addDays(last, 1)}T00:00:00`);
    return this;
  }

  /** The club's wall clock without a zone, both ends included. */
  moments(column: string, after: string, before: string): this {
    const from = this.#wall(after);
    const till = this.#wall(before);
    if (from !== undefined) this.add(`${column} >= ?`, from);
    if (till !== undefined) this.add(`${column} <= ?`, till);
    return this;
  }

  #date(name: string): string | undefined {
    const value = this.#context.req.query(name);
    if (value === undefined) return undefined;
    if (!DATE.test(value)) throw invalid(name, `The ${name} does not match the format Y-m-d.`);
    return value;
  }

  #wall(name: string): string | undefined {
    const value = this.#context.req.query(name);
    if (value === undefined) return undefined;
    if (DATE.test(value)) return `${value}T00:00:00`;
    if (!WALL.test(value))
      throw invalid(
        name,
        `The ${name} does not match the format Y-m-d\\TH:i:s; a time zone is not accepted.`,
      );
    return value.replace(' ', 'T');
  }
}
