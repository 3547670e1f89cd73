import type { Sql } from 'postgres';
import type { Size } from './size.ts';

/** What every part of a bench works with. */
export interface Bench {
  size: Size;
  clubId: number;
  /** One session of `postgres`, the owner of our schemas. */
  owner: Sql;
  /** One session of the superuser. */
  admin: Sql;
}
