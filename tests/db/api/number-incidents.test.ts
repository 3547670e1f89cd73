import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** A club whose nightly comparison found one of its three clients wrong. */
async function start(): Promise<Club> {
  const club = await openToday(clubs);
  for (const name of ['eva', 'jan', 'petr']) await club.came(name, [1]);
  await club.refresh();
  await clubs.sql`
    update stats.client_stats set visits_total = 99
    where club_id = ${club.id} and client_id = ${await club.idOf('eva')}`;
  await clubs.sql`select stats.compare(${club.id}, ${NOON})`;
  return club;
}

const repair = async (sql: TransactionSql, club: Club) => {
  const [row] = await sql<{ clients: number }[]>`select api.repair_numbers(${club.id})::int as clients`;
  return row!.clients;
};

const visitsOf = async (sql: TransactionSql, club: Club) => {
  const [row] = await sql<{ visits: number }[]>`
    select visits_total as visits from stats.client_stats
    where club_id = ${club.id} and client_id = ${await club.idOf('eva')}`;
  return row!.visits;
};

describe('the incidents of a club’s numbers', () => {
  it.each(['owner', 'operator', 'moderator', 'analyst'])(
    'are shown to its %s, with the differing clients',
    async (role) => {
      const club = await start();
      const theirs = await start();
      const person = await operator(clubs.sql, club.id, role);
      expect(await asPerson(clubs.sql, person, (sql) => sql`select * from api.number_incidents`)).toEqual([
        {
          club_id: String(club.id),
          incident: 'rollup_differs',
          noticed_at: new Date(NOON),
          clients: '1',
          detail: `The nightly check recomputed 3 clients as of ${club.today}: of 1 the stored facts were others.`,
        },
      ]);
      const differences = await asPerson(
        clubs.sql,
        person,
        (sql) => sql`select * from api.number_differences`,
      );
      expect(differences).toMatchObject([
        {
          client_id: String(await club.idOf('eva')),
          fields: { visits_total: { rollup: 99, replay: 1 } },
          repaired_at: null,
        },
      ]);
      expect(theirs.id).not.toBe(club.id);
    },
  );

  it('tell of a scheduled step that fails, with the words of the database', async () => {
    const club = await clubs.open();
    for (const now of [NOON, '2026-06-15T10:10:00Z'])
      await clubs.sql`select stats.note_failure(${club.id}, 'campaigns.tick_club', 'disk full', ${now})`;
    const person = await operator(clubs.sql, club.id, 'owner');
    const incidents = await asPerson(clubs.sql, person, (sql) => sql`select * from api.number_incidents`);
    expect(incidents).toMatchObject([{ incident: 'step_failed', noticed_at: new Date(NOON), clients: null }]);
    expect(incidents[0]!.detail).toBe('campaigns.tick_club has failed 2 times, last: disk full');
  });

  it('are none where all is well, and closed to anonymous', async () => {
    const club = await clubs.open();
    await club.refresh();
    await clubs.sql`select stats.compare(${club.id}, ${NOON})`;
    const person = await operator(clubs.sql, club.id, 'owner');
    expect(await asPerson(clubs.sql, person, (sql) => sql`select * from api.number_incidents`)).toEqual([]);
    for (const view of ['number_incidents', 'number_differences'])
      await expect(
        asPerson(clubs.sql, null, (sql) => sql.unsafe(`select * from api.${view}`)),
      ).rejects.toThrow('permission denied');
  });
});

describe('having the numbers repaired', () => {
  it.each(['owner', 'operator'])(
    'is open to an %s: recomputed at once, audited, the incident settled',
    async (role) => {
      const club = await start();
      await Campaign.start(club);
      const person = await operator(clubs.sql, club.id, role);
      await asPerson(clubs.sql, person, async (sql) => {
        expect(await visitsOf(sql, club)).toBe(99);
        expect(await repair(sql, club)).toBe(1);
        expect(await visitsOf(sql, club)).toBe(1);
        expect(await sql`select * from api.number_incidents`).toEqual([]);
        expect(await sql`select repaired_at is not null as done, repaired_by from stats.comparisons`).toEqual(
          [{ done: true, repaired_by: person }],
        );
        await sql`reset role`;
        expect(
          await sql`select actor, action, object, detail from core.audit_log where club_id = ${club.id} and action like 'numbers%'`,
        ).toEqual([
          {
            actor: `operator:${person}`,
            action: 'numbers.repaired',
            object: `club:${club.id}`,
            detail: { clients: 1 },
          },
        ]);
      });
    },
  );

  it('is closed to moderators, analysts, former owners, owners of other clubs, strangers and anonymous', async () => {
    const club = await start();
    const knock = (person: string | null) => asPerson(clubs.sql, person, (sql) => repair(sql, club));
    const refusal = 'Only an owner or operator of the club may have its numbers recomputed.';
    const elsewhere = await clubs.open();
    for (const person of [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      await operator(clubs.sql, elsewhere.id, 'owner'),
      crypto.randomUUID(),
    ])
      await expect(knock(person)).rejects.toThrow(refusal);
    await expect(knock(null)).rejects.toThrow('permission denied');
    const [open] = await clubs.sql`
      select count(*)::int as open from api.number_incidents where club_id = ${club.id}`;
    expect(open).toEqual({ open: 1 });
  });
});
