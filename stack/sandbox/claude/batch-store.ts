// Message batches as the database keeps them.
import type { DatabaseSync } from 'node:sqlite';

export interface BatchRow {
  id: string;
  created_at: number;
  /** When it is answered; null: it hangs, and only expires or is cancelled. */
  due_at: number | null;
  cancel_initiated_at: number | null;
  ended_at: number | null;
}

export interface BatchItem {
  custom_id: string;
  params: string;
  result: string | null;
}

const schema = `
create table if not exists claude_batches (
  id text primary key, created_at integer not null, due_at integer, cancel_initiated_at integer, ended_at integer
) strict;
create table if not exists claude_batch_items (
  batch_id text not null references claude_batches (id), custom_id text not null, params text not null, result text,
  primary key (batch_id, custom_id)
) strict;
create table if not exists claude_batch_delay (id integer primary key check (id = 1), seconds integer not null) strict;
insert or ignore into claude_batch_delay values (1, 60)`;

export class BatchStore {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    db.exec(schema);
    this.#db = db;
  }

  find(id: string): BatchRow | undefined {
    return this.#db.prepare('select * from claude_batches where id = ?').get(id) as unknown as
      BatchRow | undefined;
  }

  /** The newest first. */
  ids(): string[] {
    const rows = this.#db.prepare('select id from claude_batches order by rowid desc').all();
    return (rows as { id: string }[]).map(({ id }) => id);
  }

  items(id: string): BatchItem[] {
    const select =
      'select custom_id, params, result from claude_batch_items where batch_id = ? order by rowid';
    return this.#db.prepare(select).all(id) as unknown as BatchItem[];
  }

  insert(
    { id, created_at: createdAt, due_at: dueAt }: Pick<BatchRow, 'id' | 'created_at' | 'due_at'>,
    requests: { custom_id: string; params: object }[],
  ): void {
    this.#db.prepare('insert into claude_batches values (?, ?, ?, null, null)').run(id, createdAt, dueAt);
    const add = this.#db.prepare('insert into claude_batch_items values (?, ?, ?, null)');
    for (const { custom_id: customId, params } of requests) add.run(id, customId, JSON.stringify(params));
  }

  keepResult(id: string, customId: string, result: object): void {
    this.#db
      .prepare('update claude_batch_items set result = ? where batch_id = ? and custom_id = ?')
      .run(JSON.stringify(result), id, customId);
  }

  end(id: string, at: number): void {
    this.#db.prepare('update claude_batches set ended_at = ? where id = ?').run(at, id);
  }

  cancel(id: string, at: number): void {
    this.#db
      .prepare(
        'update claude_batches set cancel_initiated_at = coalesce(cancel_initiated_at, ?) where id = ?',
      )
      .run(at, id);
  }

  delaySeconds(): number {
    return Number(this.#db.prepare('select seconds from claude_batch_delay').get()?.seconds);
  }

  setDelaySeconds(seconds: number): void {
    this.#db.prepare('update claude_batch_delay set seconds = ?').run(seconds);
  }
}
