import type { Sql } from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { cloneDatabase } from '../setup/database.ts';
import type { ClonedDatabase } from '../stack.ts';
import { Club } from './club.ts';

/** For one test file: a database of its own, in which each test opens the clubs it needs. */
export function useClubs() {
  let db: ClonedDatabase | undefined;
  const database = () => {
    if (!db) throw new Error('The database of this file is only there inside its tests.');
    return db;
  };
  beforeAll(async () => {
    db = await cloneDatabase();
  });
  afterAll(() => db?.drop());
  return {
    get sql(): Sql {
      return database().sql;
    },
    get database(): ClonedDatabase {
      return database();
    },
    open: (options?: Parameters<typeof Club.open>[1]) => Club.open(database().sql, options),
  };
}
