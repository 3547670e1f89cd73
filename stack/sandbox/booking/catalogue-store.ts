// What the club offers: the demo club's lists, and over them what a test added, changed or took away.
import type { DatabaseSync } from 'node:sqlite';
import { CATEGORIES, SERVICES, STAFF } from './catalogue.ts';
import type { Category, Service, StaffMember } from './catalogue.ts';
import { MEMBERSHIP_TYPES, PROGRAMMES } from './shop.ts';
import type { MembershipType, Programme } from './shop.ts';

export type CatalogueRows = {
  services: Service;
  service_categories: Category;
  staff: StaffMember;
  membership_types: MembershipType;
  loyalty_programmes: Programme;
};
export type CatalogueList = keyof CatalogueRows;

type Held<Row> = { row: Row; isGone: boolean };
type Shelves = { [List in CatalogueList]: Map<number, Held<CatalogueRows[List]>> };

/** The lists of one club, kept in memory because every booking names a service and a coach. */
export class CatalogueStore {
  readonly #db: DatabaseSync;
  #shelves: Shelves;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#shelves = demoShelves();
    this.reload();
  }

  /** Reads again what the database holds. */
  reload(): void {
    this.#shelves = demoShelves();
    const changes = this.#db.prepare('select list, id, payload, is_gone from booking_catalogue').all();
    for (const { list, id, payload, is_gone: isGone } of changes) {
      const row = JSON.parse(String(payload)) as never;
      this.#shelves[list as CatalogueList].set(Number(id), { row, isGone: isGone === 1 });
    }
  }

  /** What a list shows, in the order of ids. */
  list<List extends CatalogueList>(list: List): CatalogueRows[List][] {
    const held = [...this.#shelves[list].values()].filter(({ isGone }) => !isGone);
    return held.map(({ row }) => row as CatalogueRows[List]).sort((one, other) => one.id - other.id);
  }

  /** A row by id; those no list shows any more are still known to their old bookings and cards. */
  find<List extends CatalogueList>(list: List, id: number): CatalogueRows[List] | undefined {
    return this.#shelves[list].get(id)?.row as CatalogueRows[List] | undefined;
  }

  /** Adds a row, or puts a changed one in place of the old. */
  put<List extends CatalogueList>(list: List, row: CatalogueRows[List]): void {
    this.#keep(list, row, false);
  }

  /** The row is in no list any more; nothing says so. */
  remove(list: CatalogueList, id: number): void {
    const row = this.find(list, id);
    if (row !== undefined) this.#keep(list, row, true);
  }

  #keep<List extends CatalogueList>(list: List, row: CatalogueRows[List], isGone: boolean): void {
    this.#db
      .prepare('insert or replace into booking_catalogue (list, id, payload, is_gone) values (?, ?, ?, ?)')
      .run(list, row.id, JSON.stringify(row), isGone ? 1 : 0);
    (this.#shelves[list] as Map<number, Held<CatalogueRows[List]>>).set(row.id, { row, isGone });
  }
}

function demoShelves(): Shelves {
  const shelf = <Row extends { id: number; isDeleted?: true }>(rows: readonly Row[]) =>
    new Map(rows.map((row) => [row.id, { row, isGone: row.isDeleted === true }]));
  return {
    services: shelf(SERVICES),
    service_categories: shelf(CATEGORIES),
    staff: shelf(STAFF),
    membership_types: shelf(MEMBERSHIP_TYPES),
    loyalty_programmes: shelf(PROGRAMMES),
  };
}
