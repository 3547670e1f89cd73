import { describe, expect, it } from 'vitest';
import { FIT, fitted } from '../bg-nbd-club.ts';
import { NOON } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, asRole, operator } from '../session.ts';

const clubs = useClubs();

describe('the doors of BG/NBD', () => {
  const SERVICE_ONLY = [
    'bg_nbd_due',
    'begin_bg_nbd_fit',
    'bg_nbd_pooled_facts',
    'keep_bg_nbd_fit',
    'note_bg_nbd_shortage',
    'note_bg_nbd_failure',
  ];

  it('of the fit are open to the service alone', async () => {
    const rows = await clubs.sql`
      select proname as name, role, has_function_privilege(role, oid, 'execute') as may_execute
      from pg_proc cross join unnest(array['anon', 'authenticated', 'analyst', 'service_role']) as role
      where pronamespace = 'api'::regnamespace and proname = any (${SERVICE_ONLY})`;
    expect(rows).toHaveLength(SERVICE_ONLY.length * 4);
    for (const { name, role, may_execute } of rows)
      expect(may_execute, `${role}, api.${name}`).toBe(role === 'service_role');
  });

  it('of the forecast show an operator their own club, by default as of its today', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    for (const each of [club, other]) {
      await each.came('eva', [100, 60, 40]);
      await fitted(each);
    }
    const person = await operator(clubs.sql, club.id, 'analyst');
    const seen = await asPerson(clubs.sql, person, async (sql) => ({
      own: await sql`select * from api.bg_nbd(${club.id})`,
      others: await sql`select * from api.bg_nbd(${other.id}, ${other.today})`,
      state: await sql`select basis, repeat_clients::int, explanation from api.bg_nbd_state(${club.id})`,
      othersState: await sql`select * from api.bg_nbd_state(${other.id})`,
      fits: await sql`select club_id::int, r from api.bg_nbd_fits`,
      calibrations: await sql`select club_id::int, decile, clients::int, basis from api.bg_nbd_calibrations`,
    }));
    expect(seen).toMatchObject({
      own: [{ frequency: 2, basis: 'pooled' }],
      others: [],
      state: [{ basis: 'pooled', repeat_clients: 1, explanation: expect.stringContaining('Pooled') }],
      othersState: [],
      fits: [{ club_id: club.id, r: FIT.r }],
      calibrations: [{ club_id: club.id, decile: 1, clients: 1, basis: 'pooled' }],
    });
    const [today] =
      await clubs.sql`select core.local_date(${club.id}, now()) - ${club.ago(100)}::date as age`;
    expect(seen.own[0]!.age_days).toBe(today!.age);
  });

  it('let the service write, which begins and keeps', async () => {
    const club = await clubs.open();
    await club.came('eva', [100, 60]);
    const kept = await asRole(clubs.sql, 'service_role', async (sql) => {
      await sql`select api.begin_bg_nbd_fit(${club.id}, ${NOON})`;
      await sql`select api.keep_bg_nbd_fit(${club.id}, 'pooled', ${sql.json(FIT)}, ${NOON})`;
      return sql`select basis from api.bg_nbd_fits where club_id = ${club.id}`;
    });
    expect(kept).toEqual([{ basis: 'pooled' }]);
  });
});
