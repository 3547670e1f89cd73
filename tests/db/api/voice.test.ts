import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const VOICE = { tone: 'Short.', forbidden_words: ['cheap'] };

const change = (sql: TransactionSql, club: Club, expected = 0) =>
  sql`select api.change_voice(${club.id}, ${sql.json(VOICE)}, ${expected}) as version`;
const request = (sql: TransactionSql, club: Club) =>
  sql`select api.request_trial(${club.id}, ${sql.json(VOICE)}, 'reactivation')::int as trial`;

describe('the voice in the dashboard', () => {
  it.each(['owner', 'operator', 'moderator', 'analyst'])('is shown to the club’s %s', async (role) => {
    const club = await clubs.open();
    const eva = await operator(clubs.sql, club.id, 'owner');
    await clubs.sql`select campaigns.change_voice(${club.id}, ${clubs.sql.json(VOICE)}, 0, ${`operator:${eva}`}, ${NOON})`;
    const person = await operator(clubs.sql, club.id, role);
    const rows = await asPerson(
      clubs.sql,
      person,
      (sql) => sql`select * from api.voices where club_id = ${club.id} order by version desc`,
    );
    expect(rows).toMatchObject([
      {
        version: 1,
        tone: 'Short.',
        forbidden_words: ['cheap'],
        changed_by: `operator:${eva}`,
        changed_by_email: 'owner@example.com',
        changed_at: new Date(NOON),
      },
      { version: 0, signature: null, changed_by: 'system:default', changed_by_email: null, changed_at: null },
    ]);
  });

  it('of another club is not shown', async () => {
    const [mine, theirs] = [await clubs.open(), await clubs.open()];
    const person = await operator(clubs.sql, mine.id, 'owner');
    const rows = await asPerson(
      clubs.sql,
      person,
      (sql) => sql`select distinct club_id::int from api.voices`,
    );
    expect(rows).toEqual([{ club_id: mine.id }]);
    expect(theirs.id).not.toBe(mine.id);
  });

  it.each(['owner', 'operator'])(
    'is changed and tried out by the club’s %s, under their name',
    async (role) => {
      const club = await clubs.open();
      const person = await operator(clubs.sql, club.id, role);
      const [saved, actors] = await asPerson(clubs.sql, person, async (sql) => {
        const [row] = await change(sql, club);
        await request(sql, club);
        await sql`reset role`;
        const rows = await sql`
        select voice.changed_by, trial.requested_by
        from campaigns.voices as voice
        join campaigns.voice_trials as trial using (club_id)
        where club_id = ${club.id}`;
        return [row, rows];
      });
      expect(saved).toEqual({ version: 1 });
      expect(actors).toEqual([{ changed_by: `operator:${person}`, requested_by: `operator:${person}` }]);
    },
  );

  it.each(['moderator', 'analyst'])('is neither changed nor tried out by the club’s %s', async (role) => {
    const club = await clubs.open();
    const person = await operator(clubs.sql, club.id, role);
    for (const act of [change, request])
      await expect(asPerson(clubs.sql, person, (sql) => act(sql, club))).rejects.toMatchObject({
        code: '42501',
        message: expect.stringContaining('Only an owner or operator of the club'),
      });
  });

  it('is neither changed nor tried out by a stranger, by who left, or by nobody', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const people = [
      await operator(clubs.sql, other.id, 'owner'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      null,
    ];
    for (const person of people)
      for (const act of [change, request])
        await expect(asPerson(clubs.sql, person, (sql) => act(sql, club))).rejects.toMatchObject({
          code: '42501',
        });
  });
});

describe('a trial in the dashboard', () => {
  it('shows each message as the member would read it, with its facts and why it is the standard text', async () => {
    const campaign = await Campaign.start(await clubs.open());
    const { club, sql, now } = campaign;
    await campaign.member('eva', [94, 100], { first_name: 'Eva' });
    const person = await operator(sql, club.id, 'moderator');
    const shown = async () => {
      const [row] = await asPerson(
        sql,
        person,
        (session) =>
          session`select state, scenario, form, drafts, voice from api.trials where club_id = ${club.id}`,
      );
      return row!;
    };
    await sql`select campaigns.request_trial(${club.id}, ${sql.json(VOICE)}, 'reactivation', null, 'template', 'operator:x', ${now})`;
    expect(await shown()).toMatchObject({ state: 'waiting', drafts: [], voice: { tone: 'Short.' } });

    const [{ tasks }] = await sql<[{ tasks: { place: number; trial_id: number; lease_token: string }[] }]>`
      select api.claim_trials(10, 60, null, null, ${now}) as tasks`;
    expect(await shown()).toMatchObject({
      state: 'writing',
      drafts: [{ place: 1, member: 'eva', rendered: null, source: null }],
    });
    const task = tasks[0]!;
    const usage = { fallback_reason: 'drafting is off', cost_micro_usd: 0 };
    await sql`
      select api.store_trial_draft(
        ${club.id}, ${task.trial_id}, ${task.place}, ${task.lease_token}, 'Chybíte nám.', 'static', 'system:static',
        ${sql.json(usage)}, ${now}
      )`;
    expect(await shown()).toMatchObject({
      state: 'done',
      drafts: [
        {
          client_id: await club.idOf('eva'),
          member: 'eva',
          fits: true,
          why: 'last visit 94 days ago, 2 visits in all',
          language: 'cs',
          facts: expect.arrayContaining([{ id: 'days_since_last_visit', value: 94 }]),
          source: 'static',
          message: 'Chybíte nám.',
          rendered: 'Dobrý den z Vltava Fit! Chybíte nám. Těšíme se na vás.\n\nSTOP',
          fallback_reason: 'drafting is off',
          repaired: [],
          warnings: [],
        },
      ],
    });
  });

  it.each(['claim_trials', 'store_trial_draft'])(
    'is not written through api.%s by who is signed in',
    async (door) => {
      const rows = await clubs.sql`
      select role from pg_proc cross join unnest(array['anon', 'authenticated', 'analyst', 'service_role']) as role
      where pronamespace = 'api'::regnamespace and proname = ${door} and has_function_privilege(role, oid, 'execute')`;
      expect(rows).toEqual([{ role: 'service_role' }]);
    },
  );
});
