import postgres from 'postgres';
import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, asRole, operator } from '../session.ts';

const clubs = useClubs();

const FIELDS = { visits: 'visits', sold: 'spent' };

interface Asked {
  counts?: Record<string, number>;
  notRead?: Record<string, string>;
  fields?: Record<string, JSONValue>;
  digits?: number;
  /** Days ago. */
  night?: number;
}

/** What crm-sync does once the platform has answered, at 03:00 by the club's clock. */
async function store(club: Club, asked: Asked = {}) {
  const { counts = {}, notRead = {}, fields = FIELDS, digits = 2, night = 0 } = asked;
  const [row] = await clubs.sql<{ stored: { read: string[]; not_read: Record<string, string> } }[]>`
    select api.store_figures(
      ${club.id}, ${clubs.sql.json(counts)}, ${clubs.sql.json(notRead)}, ${club.ago(night + 1)}, ${clubs.sql.json(fields)},
      ${digits}, ${`${club.ago(night)}T01:00:00Z`}
    ) as stored`;
  return row!.stored;
}

async function figure(club: Club, name: string) {
  const [row] = await clubs.sql`
    select
      figure_date::text, platform_value::int, our_value::int, difference::int, unit, quarantined::int, differing_clients::int,
      not_read_reason
    from api.reconciliation
    where club_id = ${club.id} and figure = ${name}`;
  return row;
}

describe('the reconciliation', () => {
  it('counts clients who are not deleted, and says apart who waits in quarantine', async () => {
    const club = await clubs.open();
    for (const name of ['eva', 'jan', 'petr']) await club.client(name);
    await club.deleteClient('petr');
    await clubs.sql`
      insert into crm.quarantine
      select ${club.id}, 'clients', id, 'unreadable', '{}', now() from unnest(array['eva', 'odd']) as id`;
    await store(club, { counts: { clients: 3 } });
    // Eva's last edit cannot be read, yet she is known.
    expect(await figure(club, 'clients')).toMatchObject({
      figure_date: club.today,
      platform_value: 3,
      our_value: 2,
      difference: -1,
      unit: 'clients',
      quarantined: 1,
    });
  });

  it('counts the bookings of one local day, whoever’s they are and whatever became of them', async () => {
    const club = await clubs.open();
    await club.client('eva');
    const day = club.ago(1);
    for (const status of ['booked', 'confirmed', 'attended', 'no_show', 'cancelled'] as const)
      await club.booking(status === 'no_show' ? null : 'eva', day, { status });
    await club.booking('eva', day, { status: 'cancelled', isDeleted: true });
    await club.booking('eva', club.today, { time: '00:00' });
    await store(club, { counts: { bookings: 5 } });
    expect(await figure(club, 'bookings')).toMatchObject({
      figure_date: day,
      platform_value: 5,
      our_value: 5,
    });
  });

  it('compares visits client by client, the most different first', async () => {
    const club = await clubs.open();
    const shown = { eva: 2, jan: '7', petr: 1, unknown: null, odd: 'many', gone: 9 };
    for (const [name, visits] of Object.entries(shown)) await club.client(name, { visits });
    for (const name of Object.keys(shown)) await club.visits(name, [club.ago(3), club.ago(2)]);
    await club.booking('eva', club.ago(-1));
    await club.deleteClient('gone');
    await store(club);
    expect(await figure(club, 'visits')).toMatchObject({
      platform_value: 10,
      our_value: 6,
      difference: -4,
      differing_clients: 2,
    });
    const differences = async () => clubs.sql`
      select name, platform_visits::int as platform, our_visits::int as ours from api.visit_differences(${club.id})`;
    expect(await differences()).toEqual([
      { name: 'jan', platform: 7, ours: 2 },
      { name: 'petr', platform: 1, ours: 2 },
    ]);

    await club.client('jan', { visits: 2 });
    await store(club);
    expect(await differences()).toEqual([{ name: 'petr', platform: 1, ours: 2 }]);
  });

  it.each([
    { digits: 2, spent: '200.50', minor: 20_050 },
    { digits: 0, spent: 200, minor: 200 },
    { digits: 2, spent: -10, minor: -1_000 },
  ])('compares money in minor units: $spent with $digits decimals', async ({ digits, spent, minor }) => {
    const club = await clubs.open();
    await club.client('eva', { spent });
    await club.client('jan');
    await club.payment('eva', club.ago(2), minor + 700);
    await club.payment('eva', club.today, -700);
    await club.payment('eva', club.ago(1), 99, { is_deleted: true });
    await club.payment('jan', club.ago(1), 5_000);
    await store(club, { digits });
    expect(await figure(club, 'sold')).toMatchObject({
      platform_value: minor,
      our_value: minor,
      unit: 'money',
      differing_clients: 0,
    });
  });

  it('shows nothing for a number that the platform did not show, never 0, and why', async () => {
    const club = await clubs.open();
    await club.client('eva');
    const reason = 'GET /records/1 is not allowed.';
    expect(
      await store(club, {
        counts: { clients: 1 },
        notRead: { bookings: reason },
        fields: { visits: 'visits' },
      }),
    ).toEqual({
      read: ['clients'],
      not_read: { bookings: reason, visits: expect.stringContaining('on no client') },
    });
    const absent = { platform_value: null, our_value: null, difference: null };
    expect(await figure(club, 'bookings')).toMatchObject({ ...absent, not_read_reason: reason });
    expect(await figure(club, 'visits')).toMatchObject(absent);
    // This platform has no such number at all.
    expect(await figure(club, 'sold')).toBeUndefined();

    await store(club, { counts: { clients: 1, bookings: 0 }, fields: {} });
    expect(await figure(club, 'bookings')).toMatchObject({ platform_value: 0, not_read_reason: null });
  });

  it('keeps a reading of each night and shows the latest', async () => {
    const club = await clubs.open();
    await club.client('eva');
    for (const night of [2, 1]) await store(club, { counts: { clients: night }, night });
    await store(club, { counts: { clients: 5 }, night: 1 });
    expect(await figure(club, 'clients')).toMatchObject({ figure_date: club.ago(1), difference: -4 });
    const history = await clubs.sql`
      select figure_date::text as date, platform_value::int as clients from crm.platform_figures
      where club_id = ${club.id} order by figure_date`;
    expect(history).toEqual([
      { date: club.ago(2), clients: 2 },
      { date: club.ago(1), clients: 5 },
    ]);
  });
});

describe('whoever reads it', () => {
  it('sees their own club, analysts every club without names', async () => {
    const club = await clubs.open();
    await club.client('eva', { visits: 1 });
    await store(club, { counts: { clients: 2 }, notRead: { bookings: 'no right' } });
    const rows = (person: string) =>
      asPerson(clubs.sql, person, async (sql) => [
        ...(await sql`select figure from api.reconciliation where club_id = ${club.id}`),
        ...(await sql`select name from api.visit_differences(${club.id})`),
      ]);
    const figures = [{ figure: 'clients' }, { figure: 'bookings' }, { figure: 'visits' }];
    const mine = await rows(await operator(clubs.sql, club.id, 'moderator'));
    expect(mine).toEqual(expect.arrayContaining([...figures, { name: 'eva' }]));
    const other = await clubs.open();
    expect(await rows(await operator(clubs.sql, other.id, 'owner'))).toEqual([]);

    const admin = postgres(clubs.database.adminUrl, { max: 1 });
    const read = await asRole(admin, 'analyst', async (sql) => [
      ...(await sql`select figure from crm.reconciliation where club_id = ${club.id}`),
      ...(await sql`select our_visits::int as visits from crm.visit_differences where club_id = ${club.id}`),
    ]).finally(() => admin.end());
    expect(read).toEqual(expect.arrayContaining([...figures, { visits: 0 }]));
  });
});
