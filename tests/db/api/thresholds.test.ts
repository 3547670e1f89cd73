import type { JSONValue, TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** One who has been silent for 100 days and one for 130. */
async function start(): Promise<Club> {
  const club = await openToday(clubs);
  await club.came('eva', [100, 101]);
  await club.came('jan', [130, 131]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  return club;
}

const thresholds = (sql: TransactionSql, club: Club) => sql`select * from api.segment_thresholds(${club.id})`;

const preview = (sql: TransactionSql, club: Club, given: JSONValue, day: string | null = null) =>
  sql`select from_segment, to_segment, clients::int from api.preview_thresholds(${club.id}, ${sql.json(given)}, ${day})`;

const change = async (sql: TransactionSql, club: Club, given: JSONValue) => {
  const [row] = await sql<{ clients: number }[]>`
    select api.change_thresholds(${club.id}, ${sql.json(given)})::int as clients`;
  return row!.clients;
};

describe('the thresholds of a club', () => {
  it.each(['owner', 'operator', 'moderator', 'analyst'])(
    'are shown to its %s, with what others would do',
    async (role) => {
      const club = await start();
      await club.set({ lost_min_days: 400, vip_threshold_minor: 500_000 });
      const person = await operator(clubs.sql, club.id, role);
      const shown = await asPerson(clubs.sql, person, (sql) => thresholds(sql, club));
      expect(shown).toHaveLength(10);
      expect(shown[0]).toEqual({
        code: 'vip_threshold_minor',
        position: 1,
        title: 'VIP from',
        meaning: 'Paid in all; empty: what the top tenth of paying clients have paid',
        unit: 'money',
        value: '500000',
        default_value: null,
      });
      expect(shown.find(({ code }) => code === 'lost_min_days')).toMatchObject({
        unit: 'days',
        value: '400',
        default_value: '365',
      });
      expect(
        await asPerson(clubs.sql, person, (sql) => preview(sql, club, { nearly_lost_min_days: 120 })),
      ).toEqual([
        { from_segment: 'going_silent', to_segment: 'nearly_lost', clients: 1 },
        { from_segment: 'going_silent', to_segment: 'going_silent', clients: 1 },
      ]);
    },
  );

  it('start as the definitions have them', async () => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, 'owner');
    const shown = await asPerson(clubs.sql, person, (sql) => thresholds(sql, club));
    for (const { code, value, default_value } of shown) expect(value, code).toBe(default_value);
    expect(shown.filter(({ value }) => value === null).map(({ code }) => code)).toEqual([
      'vip_threshold_minor',
    ]);
  });

  it('may be previewed as of another day', async () => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, 'owner');
    const then = await asPerson(clubs.sql, person, (sql) =>
      preview(sql, club, { going_silent_min_days: 25 }, club.ago(100)),
    );
    expect(then).toEqual([
      { from_segment: 'at_risk', to_segment: 'going_silent', clients: 1 },
      { from_segment: null, to_segment: null, clients: 1 },
    ]);
  });

  it('are nobody else’s to see', async () => {
    const club = await start();
    const elsewhere = await clubs.open();
    for (const person of [
      await operator(clubs.sql, elsewhere.id, 'owner'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      crypto.randomUUID(),
    ]) {
      expect(await asPerson(clubs.sql, person, (sql) => thresholds(sql, club))).toEqual([]);
      expect(await asPerson(clubs.sql, person, (sql) => preview(sql, club, { lost_min_days: 200 }))).toEqual(
        [],
      );
    }
    await expect(asPerson(clubs.sql, null, (sql) => thresholds(sql, club))).rejects.toThrow(
      'permission denied',
    );
    await expect(asPerson(clubs.sql, null, (sql) => preview(sql, club, {}))).rejects.toThrow(
      'permission denied',
    );
  });
});

describe('a change of thresholds', () => {
  it.each(['owner', 'operator'])('is open to an %s: audited, and the clients moved at once', async (role) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      expect(await change(sql, club, { nearly_lost_min_days: 120, lost_min_days: 300 })).toBe(1);
      expect(
        await sql`select client, changed_date::text, from_segment, to_segment from api.segment_changes`,
      ).toEqual([
        { client: 'jan', changed_date: club.today, from_segment: 'going_silent', to_segment: 'nearly_lost' },
      ]);
      expect(await sql`select rule from api.segment_sizes where code = 'nearly_lost'`).toEqual([
        { rule: '120 days or more since the last visit, fewer than 300' },
      ]);
      await sql`reset role`;
      expect(
        await sql`select actor, action, object, detail from core.audit_log where club_id = ${club.id}`,
      ).toEqual([
        {
          actor: `operator:${person}`,
          action: 'settings.changed',
          object: `club:${club.id}`,
          detail: {
            before: { nearly_lost_min_days: 180, lost_min_days: 365 },
            after: { nearly_lost_min_days: 120, lost_min_days: 300 },
          },
        },
      ]);
    });
  });

  it('counts whom it moved, as previewed, and not who moved since the last tick', async () => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, 'owner');
    await club.came('petr', [70, 71]);
    await asPerson(clubs.sql, person, async (sql) => {
      const given = { going_silent_min_days: 110 };
      const moved = (await preview(sql, club, given)).filter((row) => row.from_segment !== row.to_segment);
      expect(moved).toEqual([{ from_segment: 'going_silent', to_segment: 'at_risk', clients: 2 }]);
      expect(await change(sql, club, given)).toBe(2);
      expect(
        await sql`select from_segment, to_segment from api.segment_changes where client = 'petr' order by change_id`,
      ).toEqual([
        { from_segment: null, to_segment: 'going_silent' },
        { from_segment: 'going_silent', to_segment: 'at_risk' },
      ]);
      expect(await change(sql, club, given)).toBe(0);
    });
  });

  it.each<[JSONValue, string]>([
    [
      { nearly_lost_min_days: 365 },
      'The days since the last visit must go up: at risk begins before going silent',
    ],
    [{ at_risk_min_days: -1 }, 'At risk must begin 1 day or more after the last visit.'],
    [{ at_risk_min_days: '21' }, 'at_risk_min_days must be a whole number, such as 30, not "21".'],
    [{ delivery_mode: 'notification' }, 'There is no threshold "delivery_mode": change one of '],
  ])('to %j is refused as its preview is: %s', async (given, sentence) => {
    const club = await start();
    const person = await operator(clubs.sql, club.id, 'owner');
    await expect(asPerson(clubs.sql, person, (sql) => preview(sql, club, given))).rejects.toThrow(sentence);
    await expect(asPerson(clubs.sql, person, (sql) => change(sql, club, given))).rejects.toThrow(sentence);
  });

  it('is closed to moderators, analysts, former owners, owners of other clubs, strangers and anonymous', async () => {
    const club = await start();
    const knock = (person: string | null) =>
      asPerson(clubs.sql, person, (sql) => change(sql, club, { lost_min_days: 300 }));
    const elsewhere = await clubs.open();
    for (const person of [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      await operator(clubs.sql, elsewhere.id, 'owner'),
      crypto.randomUUID(),
    ])
      await expect(knock(person)).rejects.toThrow(
        'Only an owner or operator of the club may change its thresholds.',
      );
    await expect(knock(null)).rejects.toThrow('permission denied');
  });
});
