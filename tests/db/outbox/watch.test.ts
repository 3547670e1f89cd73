import type { Sql } from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../stack/embedded/database.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const START = Date.parse('2026-06-15T10:00:00Z');

/** Looks at that many minutes; how long the oldest snapshot has been held, in minutes. */
async function watch(minutes: number): Promise<number | null> {
  const [row] = await clubs.sql<{ minutes: number | null }[]>`
    select (extract(epoch from outbox.watch_snapshots(${new Date(START + minutes * 60_000)})) / 60)::float8 as minutes`;
  return row!.minutes;
}

async function alerts(): Promise<string[]> {
  const rows = await clubs.sql<{ what: string }[]>`
    select what from outbox.alerts where kind = 'old_snapshot' and ended_at is null`;
  return rows.map(({ what }) => what);
}

/** A session with a transaction left open. */
class Reader {
  readonly #sql: Sql;
  #letGo = () => undefined as void;
  #held: Promise<unknown> = Promise.resolve();

  constructor(url: string) {
    this.#sql = connect(url);
  }

  async open(statement = 'select from core.clubs', isolation = 'repeatable read'): Promise<void> {
    await new Promise<void>((opened, failed) => {
      this.#held = this.#sql
        .begin(`isolation level ${isolation}`, async (transaction) => {
          await transaction.unsafe(statement);
          opened();
          await new Promise<void>((resolve) => (this.#letGo = resolve));
        })
        .catch(failed);
    });
  }

  async letGo(): Promise<void> {
    this.#letGo();
    await this.#held;
  }

  async close(): Promise<void> {
    await this.letGo();
    await this.#sql.end({ timeout: 5 });
  }
}

describe('a transaction left open', () => {
  let reader: Reader;
  beforeEach(async () => {
    await clubs.sql`delete from outbox.oldest_snapshot`;
    await clubs.sql`delete from outbox.alerts`;
    reader = new Reader(clubs.database.url);
  });
  afterEach(() => reader.close());

  it('is told of once it held its snapshot for ten minutes, and not before', async () => {
    await reader.open();
    expect(await watch(0)).toBe(0);
    expect(await watch(9)).toBe(9);
    expect(await alerts()).toEqual([]);
    expect(await watch(10)).toBe(10);
    expect(await alerts()).toEqual([expect.stringContaining('open for 10 minutes (process ')]);
  });

  it('is told of when it only wrote, and holds no snapshot', async () => {
    await reader.open(`comment on database ${clubs.database.name} is 'touched'`, 'read committed');
    await watch(0);
    await watch(10);
    expect(await alerts()).toHaveLength(1);
  });

  it('is over when it ends', async () => {
    await reader.open();
    await watch(0);
    await watch(10);
    await reader.letGo();
    expect(await watch(11)).toBeNull();
    expect(await alerts()).toEqual([]);
  });

  it('is not taken for the one before it', async () => {
    await reader.open();
    await watch(0);
    await reader.letGo();
    // What somebody else writes in between tells the two apart; where nobody writes, there is nothing to clear away.
    await clubs.sql`select pg_current_xact_id()`;
    await reader.open();
    expect(await watch(9)).toBe(0);
    await watch(11);
    expect(await alerts()).toEqual([]);
  });

  it('of another database holds nothing up here', async () => {
    const elsewhere = new Reader(clubs.database.adminUrl.replace(clubs.database.name, 'postgres'));
    try {
      await elsewhere.open('select 1');
      expect(await watch(0)).toBeNull();
    } finally {
      await elsewhere.close();
    }
  });
});

it('sessions of the Data API, and those of analysts, may not leave a transaction open for long', async () => {
  const roles = await clubs.sql<{ name: string; limit: string }[]>`
    select rolname as name, substring(array_to_string(rolconfig, ' ') from 'idle_in_transaction_session_timeout=(\\w+)') as limit
    from pg_roles
    where rolname in ('analyst', 'authenticator')
    order by rolname`;
  expect(roles).toEqual([
    { name: 'analyst', limit: '5min' },
    { name: 'authenticator', limit: '15s' },
  ]);
});
