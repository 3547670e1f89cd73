// Reads one listing to its end, page by page. Rows and cursor move together in the database, so this may stop anywhere.
//
// Pages are offsets into a list that moves while it is read. Three things keep rows from being lost:
// - A row that leaves the list (a deleted client, a booking edited after the window's end) lets all later rows slide towards
//   pages already read. Where the platform tells its total, a falling total shows it, and as many pages are read again.
// - The window of changes is frozen at its upper end only where there is a total. Elsewhere a row that leaves it would go
//   unseen, while a row that enters it is merely read twice. A full list is never frozen: whoever is edited meanwhile would
//   be missing from it, and be taken for deleted.
// - A list ends with an empty page. A short page ends it only where it fits the total exactly, all before it being full.
import type { Entity } from '../../../shared/booking/entity.ts';
import type { BookingProvider, Capabilities, ListedPage } from '../../../shared/booking/provider.ts';
import type { Now } from '../_shared/clock.ts';
import type { Log } from '../_shared/log.ts';
import type { Budget } from './budget.ts';
import { findGone } from './gone.ts';
import type { Lane, Listing, Mirror, Place } from './mirror.ts';
import type { Pace } from './pace.ts';

export interface ListingDeps {
  mirror: Mirror;
  provider: BookingProvider;
  pace: Pick<Pace, 'requests'>;
  budget: Budget;
  now: Now;
  log: Log;
  /** Called before each page. */
  keepLease: () => Promise<void>;
}

export interface ListingReport {
  entity: Entity;
  lane: Lane;
  /** Of this invocation. */
  pages: number;
  rows: number;
  quarantined: number;
  changed: number;
  archived: number;
  requests: number;
}

export class ListingReader<Name extends Entity> {
  readonly #deps: ListingDeps;
  readonly #place: Place;
  readonly #entity: Name;
  readonly #abilities: Capabilities;
  #total: number | null = null;
  #isPageSizeLowered = false;
  readonly #startedAt: Date;
  #requestsKept: number;

  constructor(deps: ListingDeps, clubId: number, entity: Name, lane: Lane) {
    this.#deps = deps;
    this.#place = { clubId, entity, lane };
    this.#entity = entity;
    this.#abilities = deps.provider.capabilities[entity];
    this.#startedAt = deps.now();
    this.#requestsKept = deps.pace.requests;
  }

  /** Reads from where the listing stands to its end; the report counts up even when this throws. */
  async read(report: ListingReport): Promise<void> {
    const { mirror, provider } = this.#deps;
    const { clubId, entity, lane } = this.#place;
    for (let isRead = false; !isRead;) {
      const listing = await mirror.open(this.#place);
      await this.#readPages(listing, report);
      const gone = lane === 'full' ? await findGone({ ...this.#deps, provider }, clubId, entity) : [];
      const closed = await mirror.close(this.#place, this.#total, gone, this.#requestsSince());
      // Somebody else's window of changes ended when it was opened: what came since is read as well.
      isRead = closed.is_closed && !(lane === 'changes' && listing.opened_at < this.#startedAt);
      report.archived += closed.archived;
    }
  }

  async #readPages(listing: Listing, report: ListingReport): Promise<void> {
    const { mirror, budget, keepLease, now } = this.#deps;
    let { page, rows_read: rowsRead } = listing;
    for (let isLast = false; !isLast;) {
      budget.takePage();
      await keepLease();
      page += 1;
      const askedAt = now();
      const listed = await this.#page(listing, page, rowsRead);
      const applied = { page, read: listed, requests: this.#requestsSince(), askedAt };
      report.changed += await mirror.apply(this.#place, applied);
      budget.spend(listed.shown);
      isLast = this.#isLast(page, rowsRead, listed);
      rowsRead += listed.rows.length + listed.quarantined.length;
      report.pages += 1;
      report.rows += listed.rows.length;
      report.quarantined += listed.quarantined.length;
    }
    this.#noteMissing(rowsRead);
  }

  /** Requests that are not kept with the listing yet. */
  #requestsSince(): number {
    const requests = this.#deps.pace.requests;
    const since = requests - this.#requestsKept;
    this.#requestsKept = requests;
    return since;
  }

  /** A page, together with what has slid out of it onto pages already read. */
  async #page(listing: Listing, page: number, rowsRead: number): Promise<ListedPage<Name>> {
    const known = this.#total;
    const listed = await this.#wholePage(listing, page, rowsRead);
    if (!this.#abilities.hasTotal || this.#abilities.paging === 'all') {
      this.#total = listed.total;
      return listed;
    }
    if (listed.total === null) return listed;
    this.#total = listed.total;
    // A reader that goes on after another does not know the total its predecessor saw.
    const gone = known === null ? 1 : known - listed.total;
    const again = gone > 0 ? Math.min(Math.ceil(gone / this.#abilities.pageSize), page - 1) : 0;
    for (let earlier = page - again; earlier < page; earlier += 1) {
      const { rows, quarantined } = await this.#request(listing, earlier);
      listed.rows = [...rows, ...listed.rows];
      listed.quarantined = [...quarantined, ...listed.quarantined];
    }
    return listed;
  }

  /** A page that is short in the middle of a list is asked for once more: either it is whole then, or pages are that short. */
  async #wholePage(listing: Listing, page: number, rowsRead: number): Promise<ListedPage<Name>> {
    const { pageSize, paging } = this.#abilities;
    const first = await this.#request(listing, page);
    const expected = Math.min(pageSize, (first.total ?? 0) - (page - 1) * pageSize);
    const isShort = paging === 'page' && rowsRead === (page - 1) * pageSize && first.shown < expected;
    if (!isShort || this.#isPageSizeLowered) return first;
    const second = await this.#request(listing, page);
    if (second.shown > first.shown) return second;
    this.#isPageSizeLowered = true;
    this.#deps.log.warn('page_size_lowered', { entity: this.#entity, asked: pageSize, shown: first.shown });
    return first;
  }

  #request(listing: Listing, page: number): Promise<ListedPage<Name>> {
    const isFrozen = this.#place.lane === 'changes' && this.#abilities.hasTotal;
    return this.#deps.provider.listPage(this.#entity, {
      page,
      changedAfter: listing.changed_after,
      changedBefore: isFrozen ? listing.opened_at : null,
    });
  }

  #isLast(page: number, rowsRead: number, { shown, total }: ListedPage): boolean {
    const { pageSize, paging } = this.#abilities;
    if (paging === 'all' || shown === 0) return true;
    const full = (page - 1) * pageSize;
    return total !== null && shown < pageSize && rowsRead === full && full + shown === total;
  }

  /** Fewer rows than announced archive nothing (the database sees to that); a person should know. */
  #noteMissing(rowsRead: number): void {
    if (this.#total === null || rowsRead >= this.#total) return;
    this.#deps.log.warn('fewer_rows_than_announced', {
      entity: this.#entity,
      announced: this.#total,
      rows: rowsRead,
    });
  }
}
