// The sandbox's one database file. Everything a stand-in knows is in it, so a killed sandbox forgets nothing.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  // WAL survives a kill of the process without an fsync per write; only a power cut could lose the last writes.
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000; pragma foreign_keys = on',
  );
  return db;
}

/** Runs `work` in one transaction: either all of its writes are kept or none. Joins a transaction already open. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (cause) {
    db.exec('rollback');
    throw cause;
  }
}
