import type { Sql } from 'postgres';
import type { Size } from './size.ts';

/** What every part of the bench works with. */
export interface Bench {
  size: Size;
  clubId: number;
  /** One session of `postgres`, the owner of our schemas. */
  owner: Sql;
  /** One session of the superuser. */
  admin: Sql;
}

/** What other parts compare themselves with. */
export interface Yardsticks {
  /** Reading the rollup once. */
  scanMs: number;
  /** `group by client_id` of the visits and nothing else. */
  groupByMs: number;
  /** Everything of every client, written without care. */
  straightforwardMs: number;
  /** Everything of every client, our way. */
  rebuildMs: number;
}
