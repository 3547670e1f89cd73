import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { EffectStory } from '../outbox/effect-story.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** At noon of the club, so many days ago. */
const at = (club: Club, daysAgo: number, clock = '12:00:00Z') => `${club.ago(daysAgo)}T${clock}`;

/** One of either group, assigned 20 days ago; the one held back came. */
async function story(): Promise<EffectStory> {
  const club = await openToday(clubs);
  const told = await EffectStory.begin(club, { lift_min_clients: 100 });
  const [row] = await clubs.sql<{ now: Date }[]>`select now()`;
  const campaign = await Campaign.start(club, row!.now.toISOString());
  await campaign.synced();
  await told.draft('eva', { at: at(club, 20, '10:00:00Z'), sentAt: at(club, 20, '11:00:00Z') });
  await told.skip('jan', { at: at(club, 20, '10:00:00Z') });
  await told.visit('jan', at(club, 18));
  await told.skip('petr', { at: at(club, 20, '10:00:00Z'), scenario: 'birthday' });
  return told;
}

const readEffects = (club: Club, person: string | null) =>
  asPerson(
    clubs.sql,
    person,
    (sql) =>
      sql`select *, cost_minor::int, messaged_clients::int, control_clients::int, control_returned::int
        from api.effects(${club.id}, ${club.ago(29)}, ${club.today})`,
  );
const readPeople = (club: Club, person: string | null) =>
  asPerson(
    clubs.sql,
    person,
    (sql) => sql`
      select name, assigned_group, sent_at, returned_at
      from api.assignments(${club.id}, 'reactivation', ${club.ago(29)}, ${club.today})`,
  );

describe.each(['owner', 'operator', 'analyst'])('a club’s %s', (role) => {
  it('reads what each scenario did and changed, on what it rests, and until when it is known', async () => {
    const { club } = await story();
    const rows = await readEffects(club, await operator(clubs.sql, club.id, role));
    expect(rows.map(({ name }) => name)).toContain('Birthday');
    expect(rows.find(({ scenario }) => scenario === 'reactivation')).toMatchObject({
      ...{
        name: 'Reactivation',
        campaign_id: null,
        skipped: { holdout: 1 },
        verdict: 'not enough data yet',
      },
      ...{ messaged_clients: 1, control_clients: 1, control_returned: 1 },
      ...{ return_days: 14, lift_min_clients: 100, holdout_share: '0', message_price_minor: null },
      ...{ computed_at: expect.any(Date), data_until: expect.any(Date) },
    });
  });

  it('reads the people behind it', async () => {
    const { club } = await story();
    const rows = await readPeople(club, await operator(clubs.sql, club.id, role));
    expect([...rows].toSorted((left, right) => left['name'].localeCompare(right['name']))).toEqual([
      {
        name: 'eva',
        assigned_group: 'messaged',
        sent_at: new Date(at(club, 20, '11:00:00Z')),
        returned_at: null,
      },
      { name: 'jan', assigned_group: 'control', sent_at: null, returned_at: new Date(at(club, 18)) },
    ]);
  });
});

it('a window is not over before the mirror has seen its end', async () => {
  const { club } = await story();
  await clubs.sql`update crm.listings set complete_until = ${at(club, 7)} where club_id = ${club.id}`;
  const person = await operator(clubs.sql, club.id, 'owner');
  const waiting = async () =>
    (await readEffects(club, person)).find(({ scenario }) => scenario === 'reactivation')!;
  expect(await waiting()).toMatchObject({ waiting_clients: '2', messaged_clients: 0, control_clients: 0 });
  await clubs.sql`update crm.listings set complete_until = ${at(club, 5)} where club_id = ${club.id}`;
  expect(await waiting()).toMatchObject({ waiting_clients: '0', messaged_clients: 1, control_clients: 1 });
});

it('a one-off campaign has a row of its own, by its name', async () => {
  const { club, sql } = await story();
  await sql`
    with campaign as (
      insert into campaigns.campaigns (club_id, name, starts_date, ends_date, created_by, created_at)
      values (${club.id}, 'Summer party', ${club.ago(20)}, ${club.ago(10)}, 'test', ${at(club, 21)})
      returning *
    )
    insert into campaigns.skips (
      club_id, skipped_date, client_id, scenario, campaign_id, occasion, reason, variables, skipped_at
    )
    select
      club_id, starts_date, ${await club.idOf('eva')}, 'one_off', campaign_id, 'campaign ' || campaign_id, 'holdout', '{}',
      ${at(club, 20)}
    from campaign`;
  const rows = await readEffects(club, await operator(sql, club.id, 'owner'));
  expect(rows.filter(({ scenario }) => scenario === 'one_off')).toEqual([
    expect.objectContaining({ name: 'Summer party', campaign_id: expect.anything(), control_clients: 1 }),
  ]);
});

it('a stranger reads nothing of it, and anonymous finds no door', async () => {
  const { club } = await story();
  const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
  expect(await readEffects(club, stranger)).toEqual([]);
  expect(await readPeople(club, stranger)).toEqual([]);
  await expect(readEffects(club, null)).rejects.toThrow('permission denied');
  await expect(readPeople(club, null)).rejects.toThrow('permission denied');
});

describe('the price of a message', () => {
  const setPrice = (club: Club, person: string, price: number | null) =>
    asPerson(clubs.sql, person, async (sql: TransactionSql) => {
      await sql`select api.set_message_price(${club.id}, ${price})`;
      const [setting] =
        await sql`select message_price_minor as price from core.settings where club_id = ${club.id}`;
      return setting!['price'];
    });

  it.each(['owner', 'operator'])('is the %s’s to set, and to forget', async (role) => {
    const club = await clubs.open();
    const person = await operator(clubs.sql, club.id, role);
    expect(await setPrice(club, person, 190)).toBe(190);
    await club.set({ message_price_minor: 190 });
    expect(await setPrice(club, person, null)).toBeNull();
  });

  it('is noted with who set it', async () => {
    const club = await clubs.open();
    const person = await operator(clubs.sql, club.id, 'owner');
    const noted = await asPerson(clubs.sql, person, async (sql) => {
      await sql`select api.set_message_price(${club.id}, 190)`;
      return sql`select actor, action, detail -> 'after' as after from core.audit_log where club_id = ${club.id}`;
    });
    expect(noted).toEqual([
      { actor: `operator:${person}`, action: 'settings.changed', after: { message_price_minor: 190 } },
    ]);
  });

  it('is not a moderator’s, an analyst’s or a stranger’s', async () => {
    const club = await clubs.open();
    const refusal = 'Only an owner or operator of the club may set what a message costs.';
    for (const role of ['moderator', 'analyst']) {
      await expect(setPrice(club, await operator(clubs.sql, club.id, role), 190)).rejects.toThrow(refusal);
    }
    await expect(setPrice(club, crypto.randomUUID(), 190)).rejects.toThrow(refusal);
  });

  it('is zero or more', async () => {
    const club = await clubs.open();
    await expect(setPrice(club, await operator(clubs.sql, club.id, 'owner'), -1)).rejects.toThrow(
      'The price of a message must be zero or more: leave it empty while you do not know it.',
    );
  });
});
