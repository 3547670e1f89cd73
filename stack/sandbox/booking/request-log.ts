// Every call that reached the stand-in, refused ones too: what a test reads to see what the product really asked for.
import type { DatabaseSync } from 'node:sqlite';

export type LoggedRequest = {
  id: number;
  at: string;
  peer: string;
  method: string;
  path: string;
  query: string;
  /** 0 when the connection was cut instead of answered. */
  status: number;
  /** The fault or refusal that decided the answer; empty when it went well. */
  note: string;
};

/** The log, kept in the database until it is cleared. */
export class RequestLog {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  add(request: Omit<LoggedRequest, 'id'>): void {
    const { at, peer, method, path, query, status, note } = request;
    this.#db
      .prepare(
        'insert into booking_requests (at, peer, method, path, query, status, note) values (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(at, peer, method, path, query, status, note);
  }

  /** Calls after an id, oldest first. */
  list(afterId: number, limit: number): LoggedRequest[] {
    const rows = this.#db
      .prepare('select * from booking_requests where id > ? order by id limit ?')
      .all(afterId, limit);
    return rows.map((row) => ({ ...row }) as LoggedRequest);
  }

  /** How many calls each path had, and how they ended. */
  counts(): { total: number; byPath: Record<string, number>; byStatus: Record<string, number> } {
    const count = (column: 'path' | 'status') =>
      Object.fromEntries(
        this.#db
          .prepare(
            `select ${column} as name, count(*) as total from booking_requests group by ${column} order by ${column}`,
          )
          .all()
          .map((row) => [String(row['name']), Number(row['total'])]),
      );
    const byStatus = count('status');
    return {
      total: Object.values(byStatus).reduce((sum, total) => sum + total, 0),
      byPath: count('path'),
      byStatus,
    };
  }

  clear(): void {
    this.#db.exec('delete from booking_requests');
  }
}
