import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

const ROLES = ['owner', 'operator', 'moderator', 'analyst'];
const NAME = 'Eva Malá';

/** Eva stayed away for 70 days and came back 20 days ago; Jan has been away for 94. */
async function start(): Promise<Club> {
  const club = await openToday(clubs);
  const [row] = await clubs.sql<{ now: Date }[]>`select now()`;
  const campaign = await Campaign.start(club, row!.now.toISOString());
  await campaign.member('eva', [600, 90, 20], { name: NAME });
  await campaign.member('jan', [600, 94]);
  await club.refresh();
  return club;
}

async function strangersTo(club: Club): Promise<string[]> {
  return [
    await operator(clubs.sql, (await clubs.open()).id, 'owner'),
    await operator(clubs.sql, club.id, 'owner', { isActive: false }),
    crypto.randomUUID(),
  ];
}

const preview = (sql: TransactionSql, club: Club) => sql`
  select skip_reason, clients::int, external_id, segment, data_until is not null as is_dated
  from api.preview_scenario(${club.id}, 'reactivation')`;

const request = async (sql: TransactionSql, club: Club, scenario: string | null = 'reactivation') => {
  const [row] = await sql<{ id: number }[]>`
    select api.request_backtest(${club.id}, ${scenario})::int as id`;
  return row!.id;
};

/** A finished backtest of the club. */
async function replayed(club: Club): Promise<number> {
  const [row] = await clubs.sql<{ id: number }[]>`
    select campaigns.request_backtest(
      ${club.id}, 'reactivation', 'system:test', now(), ${club.ago(35)}, ${club.ago(1)}
    )::int as id`;
  await clubs.sql`select campaigns.run_backtest(${club.id}, now(), 1000000000)`;
  return row!.id;
}

describe('a preview in the dashboard', () => {
  it.each(ROLES)('is shown to the club’s %s', async (role) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, role);
    expect(await asPerson(clubs.sql, person, (sql) => preview(sql, club))).toEqual([
      { skip_reason: null, clients: 1, external_id: 'jan', segment: 'Going Silent', is_dated: true },
    ]);
  });

  it('is empty for strangers, and closed to those not signed in', async () => {
    const club = await start();
    for (const stranger of await strangersTo(club))
      expect(await asPerson(clubs.sql, stranger, (sql) => preview(sql, club))).toEqual([]);
    await expect(asPerson(clubs.sql, null, (sql) => preview(sql, club))).rejects.toThrow('permission denied');
  });
});

describe('a backtest in the dashboard', () => {
  it.each(['owner', 'operator'])('is asked for by the club’s %s, in their name', async (role) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      const id = await request(sql, club);
      expect(await request(sql, club)).toBe(id);
      expect(await sql`select backtest_id::int as id, state from api.backtests`).toEqual([
        { id, state: 'running' },
      ]);
      await sql`reset role`;
      expect(
        await sql`select actor, object from core.audit_log where club_id = ${club.id} and action = 'backtest.requested'`,
      ).toEqual([{ actor: `operator:${person}`, object: `backtest:${id}` }]);
    });
  });

  it('is refused to moderators, analysts and strangers', async () => {
    const club = await start();
    const refused = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      ...(await strangersTo(club)),
    ];
    for (const person of refused)
      await expect(asPerson(clubs.sql, person, (sql) => request(sql, club))).rejects.toThrow(
        'Only an owner or operator of the club may have its last year replayed.',
      );
  });

  it.each(ROLES)('is read by the club’s %s: its sums, and the people behind them', async (role) => {
    const club = await start();
    const id = await replayed(club);
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      expect(
        await sql`
          select sum(messaged)::int as messaged, sum(followed)::int as followed, sum(returned)::int as returned
          from api.backtest_summary(${club.id}, ${id})`,
      ).toEqual([{ messaged: 2, followed: 2, returned: 1 }]);
      expect(
        await sql`
          select name, outcome, day::text, returned_date::text as returned
          from api.backtest_contacts where backtest_id = ${id} and external_id = 'eva'`,
      ).toEqual([{ name: NAME, outcome: 'messaged', day: club.ago(30), returned: club.ago(20) }]);
    });
  });

  it('is nothing to strangers', async () => {
    const club = await start();
    const id = await replayed(club);
    for (const stranger of await strangersTo(club))
      await asPerson(clubs.sql, stranger, async (sql) => {
        expect(await sql`select * from api.backtests`).toEqual([]);
        expect(await sql`select * from api.backtest_contacts`).toEqual([]);
        expect(await sql`select * from api.backtest_summary(${club.id}, ${id})`).toEqual([]);
      });
  });
});
