import type { JSONValue, TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** A club whose drafts of this moment have cost something. */
async function drafting(): Promise<Club> {
  const club = await openToday(clubs);
  await club.sql`
    select campaigns.note_drafting('claude-test', now()),
      campaigns.charge_draft(${club.id}, null, gen_random_uuid(), 'claude-test', false, 1000, now())`;
  return club;
}

const stateOf = (club: Club) => (sql: TransactionSql) => sql`
  select state, model, budget_usd::float8 as budget, daily_drafts as most, reserved_micro_usd::int as reserved, drafts::int
  from api.drafting_state(${club.id})`;
const daysOf = (club: Club) => (sql: TransactionSql) => sql`
  select day::text, reserved_micro_usd::int as reserved from api.drafting_days(${club.id}, 30)`;
const change = (club: Club, changes: JSONValue) => (sql: TransactionSql) =>
  sql`select api.change_drafting_budget(${club.id}, ${sql.json(changes)})`;

const strangersTo = async (club: Club) => [
  await operator(clubs.sql, (await clubs.open()).id, 'owner'),
  await operator(clubs.sql, club.id, 'owner', { isActive: false }),
  crypto.randomUUID(),
];

describe('how drafting stands', () => {
  it.each(['owner', 'operator', 'moderator', 'analyst'])('is read by a club’s %s', async (role) => {
    const club = await drafting();
    const person = await operator(clubs.sql, club.id, role);
    expect(await asPerson(clubs.sql, person, stateOf(club))).toEqual([
      { state: 'on', model: 'claude-test', budget: 1, most: 500, reserved: 1000, drafts: 1 },
    ]);
    expect(await asPerson(clubs.sql, person, daysOf(club))).toEqual([{ day: club.today, reserved: 1000 }]);
  });

  it('is not read by operators of other clubs, former ones and strangers', async () => {
    const club = await drafting();
    for (const person of await strangersTo(club)) {
      expect(await asPerson(clubs.sql, person, stateOf(club))).toEqual([]);
      expect(await asPerson(clubs.sql, person, daysOf(club))).toEqual([]);
    }
    await expect(asPerson(clubs.sql, null, stateOf(club))).rejects.toThrow('permission denied');
  });
});

describe('the drafting budget', () => {
  it.each(['owner', 'operator'])('is changed by a club’s %s, audited', async (role) => {
    const club = await drafting();
    const person = await operator(clubs.sql, club.id, role);
    const audited = await asPerson(clubs.sql, person, async (sql) => {
      await change(club, { drafting_budget_usd: 2.5 })(sql);
      expect(await stateOf(club)(sql)).toMatchObject([{ budget: 2.5, most: 500 }]);
      await sql`reset role`;
      return sql`select actor, action, detail from core.audit_log where club_id = ${club.id}`;
    });
    expect(audited).toEqual([
      {
        actor: `operator:${person}`,
        action: 'settings.changed',
        detail: { before: { drafting_budget_usd: 1 }, after: { drafting_budget_usd: 2.5 } },
      },
    ]);
  });

  it('is not changed by moderators, analysts and strangers', async () => {
    const club = await drafting();
    const others = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      ...(await strangersTo(club)),
    ];
    for (const person of others) {
      await expect(asPerson(clubs.sql, person, change(club, { drafting_budget_usd: 2 }))).rejects.toThrow(
        'Only an owner or operator of the club may change its drafting budget.',
      );
    }
    await expect(asPerson(clubs.sql, null, change(club, {}))).rejects.toThrow('permission denied');
  });

  it.each<[JSONValue, string]>([
    [
      { drafting_budget_usd: -0.01 },
      'The drafting budget of a day must be from 0 (Claude is never asked) to 1000 US dollars.',
    ],
    [
      { drafting_daily_drafts: 100_001 },
      'The drafts by Claude in a day must be from 0 (Claude is never asked) to 100000.',
    ],
    [{ drafting_daily_drafts: 1.5 }, 'drafting_daily_drafts must be a whole number, such as 30, not 1.5.'],
    [
      { daily_limit: 1 },
      'There is no setting "daily_limit" of the drafting budget: change drafting_budget_usd or drafting_daily_drafts.',
    ],
  ])('may not become %j', async (changes, sentence) => {
    const club = await drafting();
    const person = await operator(clubs.sql, club.id, 'owner');
    await expect(asPerson(clubs.sql, person, change(club, changes))).rejects.toThrow(sentence);
  });

  it('may become its lowest and its highest', async () => {
    const club = await drafting();
    const person = await operator(clubs.sql, club.id, 'owner');
    for (const [usd, drafts] of [
      [0, 0],
      [1000, 100_000],
    ]) {
      const limits = { drafting_budget_usd: usd!, drafting_daily_drafts: drafts! };
      const state = await asPerson(clubs.sql, person, async (sql) => {
        await change(club, limits)(sql);
        return stateOf(club)(sql);
      });
      expect(state).toMatchObject([{ budget: usd, most: drafts }]);
    }
  });
});
