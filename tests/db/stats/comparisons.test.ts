import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** A second session, to be in the middle of something while the first goes on. */
let other: postgres.Sql;
beforeAll(() => {
  other = postgres(clubs.database.url, { max: 1 });
});
afterAll(() => other.end());

async function compare(club: Club, now = NOON): Promise<number | null> {
  const [row] = await clubs.sql<{ different: number | null }[]>`
    select stats.compare(${club.id}, ${now})::int as different`;
  return row!.different;
}

const comparisons = (club: Club) => clubs.sql`
  select as_of::text, compared_at, clients_compared::int, clients_different::int, repaired_at, repaired_by
  from stats.comparisons where club_id = ${club.id} order by comparison_id`;

const differences = (club: Club) => clubs.sql`
  select client.external_id as client, difference.fields
  from stats.differences as difference
  join crm.clients as client using (club_id, client_id)
  where difference.club_id = ${club.id}
  order by comparison_id, 1`;

async function start(): Promise<Club> {
  const club = await clubs.open();
  await club.came('eva', [1, 5]);
  await club.came('jan', [2]);
  await club.payment('jan', club.ago(2), 700);
  await club.client('never');
  await club.refresh();
  return club;
}

const tamper = async (club: Club, client: string) => clubs.sql`
  update stats.client_stats set visits_30d = 99, cadence_days = 3.5
  where club_id = ${club.id} and client_id = ${await club.idOf(client)}`;

const TAMPERED = { visits_30d: { rollup: 99, replay: 2 }, cadence_days: { rollup: 3.5, replay: null } };

describe('a comparison of the rollup with the recomputation', () => {
  it('that finds them equal is kept', async () => {
    const club = await start();
    expect(await compare(club)).toBe(0);
    expect(await comparisons(club)).toEqual([
      {
        as_of: club.today,
        compared_at: new Date(NOON),
        clients_compared: 3,
        clients_different: 0,
        repaired_at: null,
        repaired_by: null,
      },
    ]);
    expect(await differences(club)).toEqual([]);
  });

  it('is of the day the rollup stands at, however late it comes', async () => {
    const club = await start();
    expect(await compare(club, '2026-09-01T10:00:00Z')).toBe(0);
    expect(await comparisons(club)).toMatchObject([{ as_of: club.today, clients_different: 0 }]);
  });

  it('of a club that was never refreshed is none', async () => {
    const club = await clubs.open();
    await club.came('eva', [1]);
    expect(await compare(club)).toBeNull();
    expect(await comparisons(club)).toEqual([]);
  });

  it('finds a row that is wrong, with each field and both its values', async () => {
    const club = await start();
    await tamper(club, 'eva');
    expect(await compare(club)).toBe(1);
    expect(await comparisons(club)).toMatchObject([{ clients_compared: 3, clients_different: 1 }]);
    expect(await differences(club)).toEqual([{ client: 'eva', fields: TAMPERED }]);
  });

  it('finds a row that is missing', async () => {
    const club = await start();
    await clubs.sql`
      delete from stats.client_stats where club_id = ${club.id} and client_id = ${await club.idOf('jan')}`;
    expect(await compare(club)).toBe(1);
    const [row] = await differences(club);
    expect(row).toMatchObject({
      client: 'jan',
      fields: {
        client_id: { rollup: null, replay: await club.idOf('jan') },
        visits_total: { rollup: null, replay: 1 },
        last_visit_date: { rollup: null, replay: club.ago(2) },
        ltv_minor: { rollup: null, replay: 700 },
      },
    });
  });

  it('finds a row too many', async () => {
    const club = await start();
    const id = await club.idOf('jan');
    await clubs.sql`create temporary table kept as select * from stats.client_stats where client_id = ${id}`;
    await club.deleteClient('jan');
    await club.refresh();
    await clubs.sql`insert into stats.client_stats select * from kept`;
    expect(await compare(club)).toBe(1);
    const [row] = await differences(club);
    expect(row).toMatchObject({ client: 'jan', fields: { visits_total: { rollup: 1, replay: null } } });
  });

  it('leaves out whoever waits for a refresh', async () => {
    const club = await start();
    await tamper(club, 'eva');
    await club.visits('eva', [club.today]);
    await club.client('new');
    expect(await compare(club)).toBe(0);
    expect(await comparisons(club)).toMatchObject([{ clients_compared: 2, clients_different: 0 }]);
  });

  it('sees nothing of another club', async () => {
    const club = await start();
    const neighbour = await start();
    await tamper(neighbour, 'eva');
    expect(await compare(club)).toBe(0);
    expect(await compare(neighbour)).toBe(1);
  });

  it('repairs nothing', async () => {
    const club = await start();
    await tamper(club, 'eva');
    await compare(club);
    await club.refresh();
    expect(await compare(club)).toBe(1);
    expect(await differences(club)).toHaveLength(2);
  });
});

describe('a comparison and a refresh at once', () => {
  it('do not wait for each other', async () => {
    const club = await start();
    await club.visits('eva', [club.today]);
    await other.begin(async (sql) => {
      await sql`select stats.compare(${club.id}, ${NOON})`;
      await clubs.sql`set lock_timeout = '2s'`;
      await club.refresh();
      await clubs.sql`reset lock_timeout`;
    });
    expect(await compare(club)).toBe(0);
  });

  it('differ in nothing, whichever is in the middle', async () => {
    const club = await start();
    await club.visits('eva', [club.today]);
    await club.came('new', [3]);
    await other.begin(async (sql) => {
      await sql`select stats.refresh(${club.id}, ${club.ago(-10)}, ${NOON})`;
      expect(await compare(club)).toBe(0);
    });
    expect(await compare(club)).toBe(0);
    expect((await comparisons(club)).map(({ as_of, clients_compared }) => [as_of, clients_compared])).toEqual(
      [
        [club.today, 2],
        [club.ago(-10), 4],
      ],
    );
  });
});

describe('an incident', () => {
  const open = async (club: Club) => {
    const [row] = await clubs.sql<{ incidents: number }[]>`
      select count(*)::int as incidents from api.number_incidents where club_id = ${club.id}`;
    return row!.incidents;
  };

  it('stays open though a later comparison finds nothing, until somebody has it repaired', async () => {
    const club = await start();
    await tamper(club, 'eva');
    await compare(club);
    // Whatever touches her next mends the row, not the reason.
    await club.visits('eva', [club.today]);
    await club.refresh();
    expect(await compare(club)).toBe(0);
    expect(await open(club)).toBe(1);
    const by = crypto.randomUUID();
    const [repaired] = await clubs.sql`select stats.repair(${club.id}, ${by}, ${NOON})::int as clients`;
    expect(repaired).toEqual({ clients: 1 });
    expect(await open(club)).toBe(0);
    expect(await comparisons(club)).toMatchObject([
      { clients_different: 1, repaired_at: new Date(NOON), repaired_by: by },
      { clients_different: 0, repaired_at: null },
    ]);
  });

  it('that is repaired has its clients recomputed: wrong, missing and surplus rows', async () => {
    const club = await start();
    await club.came('gone', [4]);
    await club.refresh();
    const gone = await club.idOf('gone');
    await clubs.sql`create temporary table surplus as select * from stats.client_stats where client_id = ${gone}`;
    await club.deleteClient('gone');
    await club.refresh();
    await clubs.sql`insert into stats.client_stats select * from surplus`;
    await tamper(club, 'eva');
    await clubs.sql`
      delete from stats.client_stats where club_id = ${club.id} and client_id = ${await club.idOf('jan')}`;
    expect(await compare(club)).toBe(3);
    expect(await compare(club)).toBe(3);
    const [repaired] = await clubs.sql`select stats.repair(${club.id}, null, ${NOON})::int as clients`;
    expect(repaired).toEqual({ clients: 3 });
    await club.refresh();
    expect(await compare(club)).toBe(0);
    expect(await open(club)).toBe(0);
  });

  it('is repaired once, and keeps who did it', async () => {
    const club = await start();
    await tamper(club, 'eva');
    await compare(club);
    const by = crypto.randomUUID();
    await clubs.sql`select stats.repair(${club.id}, ${by}, ${NOON})`;
    const [again] = await clubs.sql`
      select stats.repair(${club.id}, ${crypto.randomUUID()}, '2026-06-16T10:00:00Z')::int as clients`;
    expect(again).toEqual({ clients: 0 });
    expect(await comparisons(club)).toMatchObject([{ repaired_at: new Date(NOON), repaired_by: by }]);
  });

  it('of another club is not repaired along', async () => {
    const club = await start();
    const neighbour = await start();
    await tamper(neighbour, 'eva');
    await compare(neighbour);
    await clubs.sql`select stats.repair(${club.id}, null, ${NOON})`;
    expect(await open(neighbour)).toBe(1);
  });
});

describe('the nightly comparison', () => {
  const isDue = async (club: Club, now: string) => {
    const [row] = await clubs.sql<{ due: boolean }[]>`
      select stats.is_comparison_due(${club.id}, ${now}) as due`;
    return row!.due;
  };
  const compareWhenDue = async (club: Club, now: string) => {
    const before = (await comparisons(club)).length;
    await clubs.sql`select stats.compare_when_due(${club.id}, ${now})`;
    return (await comparisons(club)).length - before;
  };

  it('is due once a local night, from an hour after the rebuild of the mirror begins', async () => {
    const club = await start(); // 03:00 in Prague, two hours ahead of UTC
    expect(await compareWhenDue(club, '2026-06-15T01:59:59Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-15T02:00:00Z')).toBe(1);
    expect(await compareWhenDue(club, '2026-06-15T03:00:00Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-15T21:59:59Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-16T01:59:59Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-16T02:23:00Z')).toBe(1);
  });

  it('comes on the next local day where the rebuild begins half an hour before midnight', async () => {
    const club = await start();
    await club.set({ rebuild_at: '23:30' });
    expect(await compareWhenDue(club, '2026-06-14T22:29:59Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-14T22:30:00Z')).toBe(1);
    expect(await compareWhenDue(club, '2026-06-15T21:59:59Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-15T22:00:00Z')).toBe(0);
    expect(await compareWhenDue(club, '2026-06-15T22:30:00Z')).toBe(1);
  });

  it('that a machine slept through is caught up with by day', async () => {
    const club = await start();
    expect(await isDue(club, '2026-06-15T15:00:00Z')).toBe(true);
  });

  it('is due by each club’s own clock', async () => {
    const prague = await start();
    const lisbon = await clubs.open({ timezone: 'Europe/Lisbon' });
    await lisbon.refresh();
    expect(await isDue(prague, '2026-06-15T02:30:00Z')).toBe(true);
    expect(await isDue(lisbon, '2026-06-15T02:30:00Z')).toBe(false);
    expect(await isDue(lisbon, '2026-06-15T03:30:00Z')).toBe(true);
  });

  it('comes once in the night that has its hour twice, and in the one that lacks it', async () => {
    const club = await start();
    await club.set({ rebuild_at: '01:30' }); // so from 02:30
    expect(await compareWhenDue(club, '2026-10-25T00:30:00Z')).toBe(1); // the first 02:30
    expect(await compareWhenDue(club, '2026-10-25T01:30:00Z')).toBe(0); // the second
    expect(await compareWhenDue(club, '2027-03-28T00:59:59Z')).toBe(0); // 01:59:59
    expect(await compareWhenDue(club, '2027-03-28T01:00:00Z')).toBe(1); // 03:00
  });
});
