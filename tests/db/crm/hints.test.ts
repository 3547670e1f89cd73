import { describe, expect, it } from 'vitest';
import type { JSONValue } from 'postgres';
import type { Club } from '../club.ts';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const START = Date.parse('2026-06-15T10:00:00Z');
const after = (minutes: number) => new Date(START + minutes * 60_000);

interface Hint {
  key?: string;
  entity?: string;
  id?: string | null;
  operation?: string;
  at?: Date;
}

async function store(club: Club, { key = 'k', entity = 'bookings', id = '7', operation, at }: Hint = {}) {
  const [row] = await club.sql<{ is_new: boolean }[]>`
    select crm.store_hint(${club.id}, ${entity}, ${id}, ${operation ?? 'update'}, ${key}, ${at ?? after(0)}) as is_new`;
  return row!.is_new;
}

async function claim(club: Club, at: Date, limit = 10) {
  const rows = await club.sql<{ hint_id: number; dedupe_key: string }[]>`
    select hint_id::int, dedupe_key from crm.claim_hints(${club.id}, ${limit}, 120, ${at}) order by hint_id`;
  return rows.map(({ hint_id: id, dedupe_key: key }) => ({ id, key }));
}
const keys = async (claimed: Promise<{ key: string }[]>) => (await claimed).map(({ key }) => key);

async function settle(club: Club, ids: number[], at: Date, error: string | null = null) {
  const [row] = await club.sql<{ settled: number }[]>`
    select crm.settle_hints(${club.id}, ${ids}, ${error}, ${at})::int as settled`;
  return row!.settled;
}

async function settleAll(club: Club, at: Date, error: string | null = null) {
  const claimed = await claim(club, at);
  return settle(
    club,
    claimed.map(({ id }) => id),
    at,
    error,
  );
}

describe('A hint', () => {
  it('is not stored again while it waits, however long', async () => {
    const club = await clubs.open();
    expect(await store(club)).toBe(true);
    expect(await store(club)).toBe(false);
    expect(await store(club, { at: after(60) })).toBe(false);
    expect(await keys(claim(club, after(60)))).toEqual(['k']);
  });

  it('that was settled is a repetition for ten minutes, and then worth another look', async () => {
    const club = await clubs.open();
    await store(club);
    await settleAll(club, after(1), 'a right is missing');
    expect(await store(club, { at: after(9) })).toBe(false);
    expect(await claim(club, after(9))).toEqual([]);
    expect(await store(club, { at: after(10) })).toBe(true);
    expect(await keys(claim(club, after(10)))).toEqual(['k']);
    const rows = await club.sql`select error, settled_at from crm.hints where club_id = ${club.id}`;
    expect(rows).toMatchObject([{ error: null, settled_at: null }]);
  });

  it('belongs to its club alone', async () => {
    const [one, other] = [await clubs.open(), await clubs.open()];
    await store(one);
    expect(await store(other)).toBe(true);
    await settleAll(one, after(1));
    expect(await keys(claim(other, after(1)))).toEqual(['k']);
  });

  it('must be about something the mirror holds', async () => {
    const club = await clubs.open();
    await expect(store(club, { entity: 'cats' })).rejects.toThrow('There is no entity "cats" in the mirror.');
    await expect(store(club, { operation: 'merge' })).rejects.toThrow(/operation/);
  });

  it('is forgotten a week after it was settled, and never before', async () => {
    const club = await clubs.open();
    await store(club, { key: 'settled' });
    await settleAll(club, after(0));
    await store(club, { key: 'waiting' });
    const day = 24 * 60;
    const held = async () =>
      (
        await club.sql<{ key: string }[]>`
        select dedupe_key as key from crm.hints where club_id = ${club.id} order by hint_id`
      ).map(({ key }) => key);
    await store(club, { key: 'later', at: after(7 * day) });
    expect(await held()).toEqual(['settled', 'waiting', 'later']);
    await store(club, { key: 'last', at: after(7 * day + 1) });
    expect(await held()).toEqual(['waiting', 'later', 'last']);
  });
});

describe('Claiming hints', () => {
  it('gives each to one claimer, the oldest first', async () => {
    const club = await clubs.open();
    for (const key of ['first', 'second', 'third']) await store(club, { key });
    expect(await keys(claim(club, after(0), 2))).toEqual(['first', 'second']);
    expect(await keys(claim(club, after(0), 2))).toEqual(['third']);
    expect(await claim(club, after(0))).toEqual([]);
  });

  it('gives them to another when the first has not settled them in time', async () => {
    const club = await clubs.open();
    await store(club);
    await claim(club, after(0));
    expect(await claim(club, after(1.9))).toEqual([]);
    expect(await keys(claim(club, after(2)))).toEqual(['k']);
  });

  it('never shows what is settled, and settles nothing twice', async () => {
    const club = await clubs.open();
    await store(club);
    const [claimed] = await claim(club, after(0));
    expect(await settle(club, [claimed!.id], after(0))).toBe(1);
    expect(await settle(club, [claimed!.id], after(1), 'too late')).toBe(0);
    expect(await claim(club, after(60))).toEqual([]);
  });
});

describe('Rows that were asked for by id', () => {
  const read = (rows: Record<string, JSONValue>[]) => rows.map((row) => ({ ...row, raw: row }));
  const booking = (fields: Record<string, JSONValue> = {}): Record<string, JSONValue> => ({
    external_id: '7',
    client_external_id: 'eva',
    services: [],
    status: 'attended',
    is_deleted: false,
    starts_local: '2026-06-15T10:00',
    ...fields,
  });

  interface LookedUp {
    rows?: Record<string, JSONValue>[];
    quarantined?: JSONValue[];
    missing?: string[];
  }
  async function apply(club: Club, entity: string, { rows = [], quarantined = [], missing = [] }: LookedUp) {
    const [row] = await club.sql<{ changed: number }[]>`
      select crm.apply_looked_up(
        ${club.id}, ${entity}, ${club.sql.json(read(rows))}, ${club.sql.json(quarantined)}, ${missing}, ${after(0)}
      )::int as changed`;
    return row!.changed;
  }
  const liveClients = async (club: Club) =>
    (
      await club.sql<{ id: string }[]>`
      select external_id as id from crm.clients where club_id = ${club.id} and deleted_at is null order by 1`
    ).map(({ id }) => id);

  it('are applied as those of a list, once', async () => {
    const club = await clubs.open();
    await club.client('eva');
    expect(await apply(club, 'bookings', { rows: [booking()] })).toBe(1);
    expect(await apply(club, 'bookings', { rows: [booking()] })).toBe(0);
  });

  it('archive the clients that are not there, until they are there again', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.client('jan');
    expect(await apply(club, 'clients', { missing: ['eva', 'nobody'] })).toBe(1);
    expect(await liveClients(club)).toEqual(['jan']);
    expect(await apply(club, 'clients', { missing: ['eva'] })).toBe(0);
    expect(await apply(club, 'clients', { rows: [clientRow('eva')] })).toBe(1);
    expect(await liveClients(club)).toEqual(['eva', 'jan']);
  });

  it('archive nothing but clients: a booking that is not found may be one we may not see', async () => {
    const club = await clubs.open();
    await club.booking(null, club.today, { id: '7' });
    expect(await apply(club, 'bookings', { missing: ['7'] })).toBe(0);
    const rows = await club.sql`select is_deleted from crm.bookings where club_id = ${club.id}`;
    expect(rows).toMatchObject([{ is_deleted: false }]);
  });

  it('go to quarantine when they cannot be read, and leave it when they can', async () => {
    const club = await clubs.open();
    const reasons = () => club.sql`select external_id, reason from crm.quarantine where club_id = ${club.id}`;
    await apply(club, 'bookings', { quarantined: [{ external_id: '7', reason: 'no date', raw: {} }] });
    expect(await reasons()).toMatchObject([{ external_id: '7', reason: 'no date' }]);
    await apply(club, 'bookings', { rows: [booking()] });
    expect(await reasons()).toEqual([]);
  });

  it('count as shown while a full listing is read, so that it does not take a new client for deleted', async () => {
    const club = await clubs.open();
    await club.sql`select crm.open_listing(${club.id}, 'clients', 'full', ${after(0)})`;
    const page = club.sql.json(read([clientRow('jan')]));
    await club.sql`select crm.apply_page(${club.id}, 'clients', 'full', 1, ${page}, '[]', 1, ${after(0)}, ${after(0)})`;
    await apply(club, 'clients', { rows: [clientRow('new')] });
    await club.sql`select crm.close_listing(${club.id}, 'clients', 'full', null, null, 0, ${after(1)})`;
    expect(await liveClients(club)).toEqual(['jan', 'new']);
  });
});

describe('The doors for hints', () => {
  it('are open to the service alone', async () => {
    const doors = ['store_hint', 'claim_hints', 'settle_hints', 'apply_looked_up'];
    const rows = await clubs.sql<{ name: string; role: string; may_execute: boolean }[]>`
      select proname as name, role, has_function_privilege(role, oid, 'execute') as may_execute
      from pg_proc cross join unnest(array['anon', 'authenticated', 'analyst', 'service_role']) as role
      where pronamespace = 'api'::regnamespace and proname = any (${doors})`;
    expect(rows).toHaveLength(doors.length * 4);
    for (const { name, role, may_execute: mayExecute } of rows)
      expect(mayExecute, `${role}, api.${name}`).toBe(role === 'service_role');
  });

  it('and no hint shows to anybody who signs in', async () => {
    const [row] = await clubs.sql<{ may: boolean }[]>`
      select has_table_privilege('authenticated', 'crm.hints', 'select') as may`;
    expect(row!.may).toBe(false);
  });
});
