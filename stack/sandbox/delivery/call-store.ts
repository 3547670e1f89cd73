// The table behind the webhook queue. One row per call that a service owes to its receiver.
import type { DatabaseSync } from 'node:sqlite';

export interface NewCall {
  service: string;
  body: string;
  dueAt: Date;
  /** Calls with the same key that are due together travel as one. */
  batch?: string | null;
}

export interface WebhookCall {
  id: number;
  body: string;
  batch: string | null;
  attempts: number;
  createdAt: number;
}

const schema = `create table if not exists webhook_calls (
  id integer primary key autoincrement,
  service text not null,
  body text not null,
  batch text,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dropped')),
  attempts integer not null default 0,
  created_at integer not null,
  due_at integer not null,
  finished_at integer,
  error text,
  error_at integer
) strict;
create index if not exists webhook_calls_due on webhook_calls (service, state, due_at)`;

export interface QueueSummary {
  waiting: number;
  delivered: number;
  dropped: number;
  /** Of calls that are still not delivered. */
  last_error: string | null;
}

export class CallStore {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    db.exec(schema);
    this.#db = db;
  }

  insert(call: NewCall, at: Date): void {
    this.#db
      .prepare('insert into webhook_calls (service, body, batch, created_at, due_at) values (?, ?, ?, ?, ?)')
      .run(call.service, call.body, call.batch ?? null, at.getTime(), call.dueAt.getTime());
  }

  due(service: string, at: Date): WebhookCall[] {
    return this.#db
      .prepare(
        `select id, body, batch, attempts, created_at as "createdAt" from webhook_calls
         where service = ? and state = 'waiting' and due_at <= ? order by due_at, id limit 1000`,
      )
      .all(service, at.getTime()) as unknown as WebhookCall[];
  }

  #waiting(service: string): { count: number; next: number | null } {
    return this.#db
      .prepare(
        `select count(*) as count, min(due_at) as next from webhook_calls where service = ? and state = 'waiting'`,
      )
      .get(service) as { count: number; next: number | null };
  }

  pending(service: string): number {
    return this.#waiting(service).count;
  }

  /** When the next call is due, in milliseconds; null when none waits. */
  nextDue(service: string): number | null {
    return this.#waiting(service).next;
  }

  markDelivered(id: number, at: Date): void {
    this.#finish(id, 'delivered', at, null);
  }

  markDropped(id: number, at: Date, error: string): void {
    this.#finish(id, 'dropped', at, error);
  }

  #finish(id: number, state: 'delivered' | 'dropped', at: Date, error: string | null): void {
    this.#db
      .prepare(
        'update webhook_calls set state = ?, attempts = attempts + 1, finished_at = ?, error = coalesce(?, error) where id = ?',
      )
      .run(state, at.getTime(), error, id);
  }

  markFailed(id: number, at: Date, error: string, dueAt: number): void {
    this.#db
      .prepare(
        'update webhook_calls set attempts = attempts + 1, error = ?, error_at = ?, due_at = ? where id = ?',
      )
      .run(error, at.getTime(), dueAt, id);
  }

  dropPending(service: string, at: Date): void {
    this.#db
      .prepare(
        `update webhook_calls set state = 'dropped', finished_at = ? where service = ? and state = 'waiting'`,
      )
      .run(at.getTime(), service);
  }

  /** The newest failure of any call, delivered since or not. */
  lastError(service: string): { at: Date; message: string } | null {
    const row = this.#db
      .prepare(
        `select error as message, error_at as at from webhook_calls
         where service = ? and error_at is not null order by error_at desc limit 1`,
      )
      .get(service) as { message: string; at: number } | undefined;
    return row ? { at: new Date(row.at), message: row.message } : null;
  }

  summary(service: string): QueueSummary {
    const counts = this.#db
      .prepare('select state, count(*) as count from webhook_calls where service = ? group by state')
      .all(service) as unknown as { state: 'waiting' | 'delivered' | 'dropped'; count: number }[];
    const open = this.#db
      .prepare(
        `select error from webhook_calls
         where service = ? and state <> 'delivered' and error is not null order by id desc limit 1`,
      )
      .get(service) as { error: string } | undefined;
    const totals = { waiting: 0, delivered: 0, dropped: 0 };
    for (const { state, count } of counts) totals[state] = count;
    return { ...totals, last_error: open?.error ?? null };
  }
}
