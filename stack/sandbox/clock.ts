// The sandbox's clock: the given time plus an offset that a test may set, kept in the database.
import type { DatabaseSync } from 'node:sqlite';

export interface Clock {
  now(): Date;
  offsetSeconds(): number;
  setOffsetSeconds(seconds: number): void;
}

export function createClock(db: DatabaseSync, base: () => Date): Clock {
  db.exec(
    'create table if not exists clock (id integer primary key check (id = 1), offset_seconds integer not null) strict',
  );
  const row = db.prepare('select offset_seconds from clock where id = 1').get() as
    { offset_seconds: number } | undefined;
  let offset = row?.offset_seconds ?? 0;
  return {
    now: () => new Date(base().getTime() + offset * 1000),
    offsetSeconds: () => offset,
    setOffsetSeconds(seconds) {
      db.prepare(
        'insert into clock values (1, ?) on conflict (id) do update set offset_seconds = excluded.offset_seconds',
      ).run(seconds);
      offset = seconds;
    },
  };
}
