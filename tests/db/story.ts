import { REGULARS, TABLES } from './operations.ts';
import type { Batch, Fields, Operation, Table } from './operations.ts';
import { emptyClub } from './oracle.ts';
import type { KnownClub, KnownRows } from './oracle.ts';

type Row = KnownRows[Table];
type Merge = Extract<Operation, { is: 'clients merged' }>;
type Habit = Extract<Operation, { is: 'habit' }>;

function byTable<T>(make: () => T): Record<Table, T> {
  return { bookings: make(), payments: make(), sales: make(), cards: make() };
}

/** What one batch changed, each row once, however often it changed. */
export class Changes {
  readonly there = new Set<string>();
  readonly gone = new Set<string>();
  readonly kinds = new Map<string, string>();
  readonly rows = byTable(() => new Set<string>());
  readonly removed = byTable(() => new Set<string>());
  areSettingsNew = false;
}

function pick<T>(among: Iterable<T>, which: number): T | undefined {
  const all = [...among];
  return all[which % all.length];
}

/** What happens at the platform, as we come to know it, without a database: operations become rows of the known club. */
export class Story {
  readonly known: KnownClub = emptyClub();
  today = 0;
  #batches = 0;
  #changes = new Changes();
  #later: { inBatch: number; happen: () => void }[] = [];
  readonly #made = byTable(() => 0);

  /** Returns what there is to tell. */
  happen(batch: Batch): Changes {
    this.#batches += 1;
    this.#changes = new Changes();
    const due = this.#later.filter(({ inBatch }) => inBatch === this.#batches);
    for (const { happen } of due) happen();
    for (const operation of batch.operations) this.#do(operation);
    return this.#changes;
  }

  #do(operation: Operation): void {
    switch (operation.is) {
      case 'client told':
        return this.#tellClient(this.#nameOf(operation.who));
      case 'client deleted':
        return this.#deleteClient(this.#nameOf(operation.who));
      case 'clients merged':
        return this.#merge(operation);
      case 'row made':
        return this.#make(operation.table, this.#columnsOf(operation.fields));
      case 'row edited':
        return this.#edit(operation.table, operation.which, this.#columnsOf(operation.fields));
      case 'row removed':
        return this.#remove(operation.table, operation.which);
      case 'row undeleted':
        return this.#undelete(operation.table, operation.which);
      case 'refund':
        return this.#refund(operation.which, operation.share);
      case 'habit':
        return this.#keepHabit(operation);
      case 'kind chosen':
        this.known.kinds.set(operation.service, operation.kind);
        this.#changes.kinds.set(operation.service, operation.kind);
        return;
      case 'settings changed':
        Object.assign(this.known.settings, operation.settings);
        this.#changes.areSettingsNew = true;
        return;
    }
  }

  /** New clients keep coming, and those of long ago are heard of no more. */
  #nameOf(who: number): string {
    return `client-${who < REGULARS ? who : who + Math.floor(this.#batches / 3)}`;
  }

  #columnsOf({ who, daysAgo, sale, ...columns }: Fields): Partial<Row> {
    return {
      ...columns,
      ...(who === undefined ? {} : { client: who === null ? null : this.#nameOf(who) }),
      ...(daysAgo === undefined ? {} : { day: daysAgo === null ? null : this.today - daysAgo }),
      // Sometimes one that we hear of later.
      ...(sale === undefined
        ? {}
        : { sale: sale === null ? null : `sales-${sale % (this.#made.sales + 2)}` }),
    } as Partial<Row>;
  }

  #tellClient(name: string): void {
    this.known.clients.set(name, true);
    this.#changes.there.add(name);
    this.#changes.gone.delete(name);
  }

  #deleteClient(name: string): void {
    if (!this.known.clients.get(name)) return;
    this.known.clients.set(name, false);
    this.#changes.gone.add(name);
  }

  /** The one's rows come under the other's id, some at once and some later; sometimes the one is seen again. */
  #merge({ which, into, delays, comesBackAfter }: Merge): void {
    const there = [...this.known.clients].flatMap(([name, isThere]) => (isThere ? [name] : []));
    const lost = pick(there, which);
    const kept = pick(there, into);
    if (lost === undefined || kept === undefined || lost === kept) return;
    this.#deleteClient(lost);
    for (const table of TABLES) {
      const move = () => {
        for (const [id, { client }] of [...this.#rows(table)])
          if (client === lost) this.#put(table, id, { client: kept });
      };
      if (delays[table] === 0) move();
      else this.#later.push({ inBatch: this.#batches + delays[table], happen: move });
    }
    if (comesBackAfter !== null) {
      const happen = () => this.#tellClient(lost);
      this.#later.push({ inBatch: this.#batches + comesBackAfter, happen });
    }
  }

  #rows(table: Table): Map<string, Row> {
    return this.known[table];
  }

  #put(table: Table, id: string, columns: Partial<Row>): void {
    const before = this.#rows(table).get(id);
    const after = { ...before, ...columns } as Row;
    if (before && 'sale' in before && 'sale' in after) {
      // The platform may keep silent about the client and the sale of a card that it named before; that is no news.
      after.client ??= before.client;
      after.sale ??= before.sale;
    }
    this.#rows(table).set(id, after);
    this.#changes.rows[table].add(id);
  }

  #make(table: Table, row: Partial<Row>): void {
    this.#put(table, `${table}-${this.#made[table]}`, row);
    this.#made[table] += 1;
  }

  #edit(table: Table, which: number, columns: Partial<Row>): void {
    const id = pick(this.#rows(table).keys(), which);
    if (id !== undefined) this.#put(table, id, columns);
  }

  #remove(table: Table, which: number): void {
    const id = pick(this.#rows(table).keys(), which);
    if (id === undefined) return;
    this.#rows(table).delete(id);
    this.#changes.rows[table].delete(id);
    this.#changes.removed[table].add(id);
  }

  #undelete(table: Table, which: number): void {
    const deleted = [...this.#rows(table)].filter(([, row]) => 'isDeleted' in row && row.isDeleted);
    const id = pick(deleted, which)?.[0];
    if (id !== undefined) this.#put(table, id, { isDeleted: false });
  }

  #refund(which: number, share: number): void {
    const paid = pick(this.known.payments.values(), which);
    if (!paid) return;
    this.#make('payments', {
      ...paid,
      day: this.today,
      minor: -Math.round(paid.minor * share),
      isDeleted: false,
    });
  }

  #keepHabit({ who, lastDaysAgo, gap, times, services }: Habit): void {
    const visit = {
      client: this.#nameOf(who),
      status: 'attended',
      isDeleted: false,
      services,
      time: '18:00',
    };
    for (let index = 0; index < times; index += 1)
      this.#make('bookings', { ...visit, day: this.today - lastDaysAgo - index * gap });
  }
}
