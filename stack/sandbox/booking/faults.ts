// Trouble on demand. A fault waits in the database for the calls it matches and is used up by them, so it survives a restart.
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

export const FAULT_KINDS = [
  '429',
  'success-false',
  'html-403',
  '500',
  'unauthorized',
  'no-rights',
  'reset',
  'truncated-json',
  'slow',
  'page-failure',
  'short-page',
  'duplicate-ids',
] as const;

export const faultSchema = z.strictObject({
  match: z
    .strictObject({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
      /** Below `/api/v1`, `*` for anything: `/records/*`. */
      path: z.string().startsWith('/').optional(),
      /** The query as a person reads it, `*` for anything: `*id[]=*`. */
      query: z.string().optional(),
    })
    .default({}),
  kind: z.enum(FAULT_KINDS),
  /** How many calls it spoils; 0 is until it is cleared. */
  times: z.int().min(0).default(1),
  /** Only calls for a page after this one. */
  afterPage: z.int().min(0).optional(),
  /** How long `slow` makes the caller wait. */
  delayMs: z.int().min(0).max(600_000).default(30_000),
  /** How many rows of the page before `duplicate-ids` shows again. */
  rows: z.int().min(1).max(200).default(10),
});

export type Fault = z.infer<typeof faultSchema>;
/** A call as a fault looks at it. */
export type TroubledCall = { method: string; path: string; query: string; page: number };
export type WaitingFault = Fault & { id: number; remaining: number | 'until cleared' };

/** The faults that wait. */
export class Faults {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Adds a fault; the oldest that matches a call is taken first. */
  add(fault: Fault): WaitingFault {
    const remaining = fault.times === 0 ? -1 : fault.times;
    const { lastInsertRowid } = this.#db
      .prepare('insert into booking_faults (fault, remaining) values (?, ?)')
      .run(JSON.stringify(fault), remaining);
    return {
      ...fault,
      id: Number(lastInsertRowid),
      remaining: remaining === -1 ? 'until cleared' : remaining,
    };
  }

  list(): WaitingFault[] {
    const rows = this.#db
      .prepare('select id, fault, remaining from booking_faults where remaining <> 0 order by id')
      .all();
    return rows.map((row) => ({
      ...(JSON.parse(String(row['fault'])) as Fault),
      id: Number(row['id']),
      remaining: Number(row['remaining']) === -1 ? 'until cleared' : Number(row['remaining']),
    }));
  }

  clear(): void {
    this.#db.exec('delete from booking_faults');
  }

  /** The fault meant for this call, counted down; null when the call may go well. */
  take(call: TroubledCall): Fault | null {
    const fault = this.list().find((waiting) => matches(waiting, call));
    if (fault === undefined) return null;
    this.#db
      .prepare('update booking_faults set remaining = remaining - 1 where id = ? and remaining > 0')
      .run(fault.id);
    return fault;
  }
}

function matches({ match, afterPage }: Fault, { method, path, query, page }: TroubledCall): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (afterPage !== undefined && page <= afterPage) return false;
  return fits(match.path, path) && fits(match.query, query);
}

function fits(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
