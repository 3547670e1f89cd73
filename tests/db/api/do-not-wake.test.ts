import postgres from 'postgres';
import type { Sql, TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { RENEWING, renewingCard } from '../renewing-card.ts';
import { asPerson, asRole, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();
/** Superuser: only it may take the role `analyst`. */
let admin: Sql;
beforeAll(() => {
  admin = postgres(clubs.database.adminUrl, { max: 1 });
});
afterAll(() => admin.end());

const ROLES = ['owner', 'operator', 'moderator', 'analyst'];

/** Eva has been away for 75 days and pays for a membership that renews itself; Jan came yesterday. */
async function start(): Promise<Club> {
  const club = await openToday(clubs);
  await club.client('eva', { name: 'Eva Malá' });
  await club.visits('eva', [club.ago(75)]);
  await club.came('jan', [1, 20]);
  for (const name of ['eva', 'jan']) await renewingCard(club, name);
  await club.refresh();
  return club;
}

const typeId = async (club: Club): Promise<number> => {
  const [row] = await clubs.sql<{ id: number }[]>`
    select membership_type_id::int as id from crm.membership_types where club_id = ${club.id}`;
  return row!.id;
};

const flagged = (sql: TransactionSql, club: Club, day: string | null = null) => sql`
  select name, external_id, days_since_last_visit as days, membership_title as title, reason
  from api.do_not_wake(${club.id}, ${day})`;

const renewing = (sql: TransactionSql, club: Club, id: number, renews: boolean) =>
  sql`select api.set_auto_renewing(${club.id}, ${id}, ${renews})`;

const includes = (sql: TransactionSql, club: Club, includesThem: boolean, scenario = 'reactivation') =>
  sql`select api.set_scenario_includes_do_not_wake(${club.id}, ${scenario}, ${includesThem})`;

async function strangersTo(club: Club): Promise<string[]> {
  return [
    await operator(clubs.sql, (await clubs.open()).id, 'owner'),
    await operator(clubs.sql, club.id, 'owner', { isActive: false }),
    crypto.randomUUID(),
  ];
}

describe('those who are not to be woken', () => {
  it.each(ROLES)('are shown to the club’s %s, today and on another day', async (role) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      expect(await flagged(sql, club)).toEqual([
        {
          name: 'Eva Malá',
          external_id: 'eva',
          days: 75,
          title: RENEWING,
          reason: `last visit 75 days ago, and the membership “${RENEWING}” renews itself after ${club.ago(-10)}`,
        },
      ]);
      expect(await flagged(sql, club, club.ago(15))).toMatchObject([{ days: 60 }]);
      expect(await flagged(sql, club, club.ago(16))).toEqual([]);
    });
  });

  it('are nobody else’s to see', async () => {
    const club = await start();
    for (const person of await strangersTo(club)) {
      expect(await asPerson(clubs.sql, person, (sql) => flagged(sql, club))).toEqual([]);
    }
    await expect(asPerson(clubs.sql, null, (sql) => flagged(sql, club))).rejects.toThrow('permission denied');
  });

  it('are counted by the analyst role, without a name', async () => {
    const club = await start();
    const rows = await asRole(
      admin,
      'analyst',
      (sql) => sql`select external_id from segments.do_not_wake(${club.id}, ${club.today})`,
    );
    expect(rows).toEqual([{ external_id: 'eva' }]);
    const named = asRole(admin, 'analyst', (sql) => flagged(sql, club));
    await expect(named).rejects.toThrow('permission denied');
  });
});

describe('which memberships renew themselves', () => {
  it.each(['owner', 'operator'])('is an %s’s to say: audited, and at once', async (role) => {
    const club = await start();
    const id = await typeId(club);
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      const type = () => sql`
        select title, is_auto_renewing, auto_renewing_source from api.membership_types where club_id = ${club.id}`;
      expect(await type()).toEqual([
        { title: RENEWING, is_auto_renewing: true, auto_renewing_source: 'guess' },
      ]);
      await renewing(sql, club, id, false);
      expect(await type()).toEqual([
        { title: RENEWING, is_auto_renewing: false, auto_renewing_source: 'operator' },
      ]);
      expect(await flagged(sql, club)).toEqual([]);
      await sql`reset role`;
      expect(
        await sql`select actor, action, object, detail from core.audit_log where club_id = ${club.id}`,
      ).toEqual([
        {
          actor: `operator:${person}`,
          action: 'membership_type.auto_renewing_set',
          object: `membership_type:${id}`,
          detail: { is_auto_renewing: false },
        },
      ]);
    });
  });

  it('is nobody else’s to say, nor of another club’s memberships', async () => {
    const club = await start();
    const id = await typeId(club);
    const others = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      ...(await strangersTo(club)),
    ];
    for (const person of others) {
      const attempt = asPerson(clubs.sql, person, (sql) => renewing(sql, club, id, false));
      await expect(attempt).rejects.toThrow(
        'Only an owner or operator of the club may say which memberships renew themselves.',
      );
    }
    const elsewhere = await start();
    const owner = await operator(clubs.sql, elsewhere.id, 'owner');
    const attempt = asPerson(clubs.sql, owner, (sql) => renewing(sql, elsewhere, id, false));
    await expect(attempt).rejects.toThrow('look it up in the list of membership types');
  });
});

describe('whom a scenario writes to', () => {
  it.each(['owner', 'operator'])('is an %s’s to say: audited, and shown', async (role) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      const shown = () => sql`
        select name, is_enabled, delivery_mode, includes_do_not_wake
        from api.scenarios where club_id = ${club.id} and code = 'reactivation'`;
      const before = { name: 'Reactivation', is_enabled: true, delivery_mode: 'moderation' };
      expect(await shown()).toEqual([{ ...before, includes_do_not_wake: false }]);
      await includes(sql, club, true);
      expect(await shown()).toEqual([{ ...before, includes_do_not_wake: true }]);
      await sql`reset role`;
      expect(
        await sql`select actor, action, object, detail from core.audit_log where club_id = ${club.id}`,
      ).toEqual([
        {
          actor: `operator:${person}`,
          action: 'scenario.includes_do_not_wake_set',
          object: 'scenario:reactivation',
          detail: { includes_do_not_wake: true },
        },
      ]);
    });
  });

  it('is nobody else’s to say', async () => {
    const club = await start();
    const others = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      ...(await strangersTo(club)),
    ];
    for (const person of others) {
      const attempt = asPerson(clubs.sql, person, (sql) => includes(sql, club, true));
      await expect(attempt).rejects.toThrow(
        'Only an owner or operator of the club may say to whom its scenarios write.',
      );
    }
    const owner = await operator(clubs.sql, club.id, 'owner');
    const unknown = asPerson(clubs.sql, owner, (sql) => includes(sql, club, true, 'spring'));
    await expect(unknown).rejects.toThrow('Scenario "spring" is unknown');
  });

  it('is what the club chose where it chose, and the club’s own way of delivery where it did not', async () => {
    const club = await start();
    await club.set({ delivery_mode: 'notification' });
    const person = await operator(clubs.sql, club.id, 'analyst');
    const shown = () =>
      asPerson(
        clubs.sql,
        person,
        (sql) => sql`
          select code, is_enabled, delivery_mode from api.scenarios
          where club_id = ${club.id} and code = 'reactivation'`,
      );
    expect(await shown()).toEqual([
      { code: 'reactivation', is_enabled: true, delivery_mode: 'notification' },
    ]);
    await clubs.sql`
      insert into campaigns.club_scenarios values (${club.id}, 'reactivation', false, 'moderation')`;
    expect(await shown()).toEqual([{ code: 'reactivation', is_enabled: false, delivery_mode: 'moderation' }]);
  });
});
