import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, NOON, defineScenario, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const start = async () => Campaign.start(await clubs.open());

async function rowsOf(campaign: Campaign) {
  const [rows] = await clubs.sql`
    select
      (select count(*)::int from campaigns.drafts where club_id = ${campaign.club.id}) as drafts,
      (select count(*)::int from campaigns.skips where club_id = ${campaign.club.id}) as skips`;
  return rows;
}

describe('planning', () => {
  it('drafts or skips every candidate, with the reason', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.member('silent', [94], { phone: null });
    await campaign.member('regular', [1, 2, 3]);
    expect(await campaign.plan()).toMatchObject({ planned: 1, skipped: 1, hold: null });
    expect(await campaign.draft('eva')).toMatchObject({
      status: 'planned',
      occasion: 'away since 2026-03-13',
    });
    expect(await campaign.skip('silent')).toBe('no_phone');
    expect(await campaign.draft('regular')).toBeUndefined();
    expect(await campaign.skip('regular')).toBeUndefined();
  });

  it('by schedule leaves a club alone whose first sync is still under way', async () => {
    const campaign = await start();
    await campaign.member('eva');
    const computed = () => clubs.sql`select as_of from stats.club_days where club_id = ${campaign.club.id}`;
    await clubs.sql`update crm.listings set complete_until = null where club_id = ${campaign.club.id} and entity = 'bookings'`;
    await clubs.sql`select campaigns.tick(${campaign.now})`;
    expect(await computed()).toEqual([]);
    expect(await rowsOf(campaign)).toEqual({ drafts: 0, skips: 0 });
    await campaign.synced();
    await clubs.sql`select campaigns.tick(${campaign.now})`;
    expect(await computed()).toHaveLength(1);
    expect(await rowsOf(campaign)).toEqual({ drafts: 1, skips: 0 });
  });

  it('twice plans nobody twice', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.member('silent', [94], { phone: null });
    await campaign.plan();
    expect(await campaign.plan()).toMatchObject({ planned: 0, skipped: 0 });
    expect(await rowsOf(campaign)).toEqual({ drafts: 1, skips: 1 });
    await campaign.pass(24 * 60);
    await campaign.plan();
    expect(await campaign.skip('eva')).toBe('already_sent');
    expect(await rowsOf(campaign)).toEqual({ drafts: 1, skips: 3 });
  });

  it('by two workers at once plans nobody twice', async () => {
    const campaign = await start();
    for (let index = 0; index < 20; index += 1) await campaign.member(`member-${index}`);
    const workers = [1, 2, 3].map(() => postgres(clubs.database.url, { max: 1 }));
    try {
      const runs = await Promise.all(workers.map((worker) => campaign.plan(worker)));
      expect(runs.reduce((sum, run) => sum + run.planned, 0)).toBe(20);
    } finally {
      await Promise.all(workers.map((worker) => worker.end()));
    }
    expect(await rowsOf(campaign)).toEqual({ drafts: 20, skips: 0 });
  });

  it('takes a skip back when the member is planned later that day', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await clubs.sql`update campaigns.templates set status = 'PAUSED' where club_id = ${campaign.club.id}`;
    await campaign.plan();
    expect(await campaign.skip('eva')).toBe('no_template');
    await campaign.pass(60);
    await campaign.templates([template()]);
    await campaign.plan();
    expect(await campaign.skip('eva')).toBeUndefined();
    expect(await campaign.draft('eva')).toMatchObject({ status: 'planned' });
  });

  it('leaves the rest waiting when the limit of the day is used up, and goes on the next day', async () => {
    const campaign = await start();
    await campaign.club.set({ daily_limit: 1 });
    await campaign.member('eva');
    await campaign.member('jan');
    expect(await campaign.plan()).toMatchObject({ planned: 1, skipped: 1 });
    expect(await campaign.plan()).toMatchObject({ planned: 0 });
    expect(await campaign.skip('jan')).toBe('daily_limit');
    await clubs.sql`update campaigns.drafts set status = 'rejected' where club_id = ${campaign.club.id}`;
    await campaign.pass(24 * 60);
    expect(await campaign.plan()).toMatchObject({ planned: 1 });
    expect(await campaign.draft('jan')).toMatchObject({ status: 'planned' });
  });

  it('does nothing for a scenario the club has switched off', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await clubs.sql`insert into campaigns.club_scenarios values (${campaign.club.id}, 'reactivation', false, null)`;
    expect(await campaign.candidate('eva')).toBeUndefined();
  });
});

describe('the first scenario that was not already sent', () => {
  it('wins, and a client is one candidate a day', async () => {
    const campaign = await start();
    await campaign.member('greeted');
    expect(await campaign.candidate('greeted')).toMatchObject({ scenario: 'reactivation' });
    await defineScenario(clubs.sql, { priority: 0 });
    try {
      expect(await campaign.candidate('greeted')).toMatchObject({ scenario: 'greeting' });
      await campaign.contacted('greeted', new Date(Date.parse(NOON)));
      await clubs.sql`update campaigns.contacts set occasion = 'greeting of 2026-06-15' where club_id = ${campaign.club.id}`;
      expect(await campaign.candidate('greeted')).toMatchObject({ scenario: 'reactivation' });
    } finally {
      await defineScenario(clubs.sql);
    }
  });
});

describe('a hold', () => {
  const hold = async (campaign: Campaign, at: string) => {
    const [row] = await clubs.sql<
      { hold: string | null }[]
    >`select campaigns.hold(${campaign.club.id}, ${at}) as hold`;
    return row!.hold;
  };

  it.each([
    ['2026-06-15T06:59:59Z', 'quiet_hours'],
    ['2026-06-15T07:00:00Z', null],
    ['2026-06-15T18:00:00Z', null],
    ['2026-06-15T18:00:01Z', 'quiet_hours'],
    // In winter the same wall clock is an hour later in UTC.
    ['2026-12-15T07:30:00Z', 'quiet_hours'],
    ['2026-12-15T08:00:00Z', null],
  ])('at %s is %s', async (at, expected) => {
    const campaign = await start();
    await campaign.synced(new Date(at));
    expect(await hold(campaign, at)).toBe(expected);
  });

  it('is stale_data when the last good sync is older than 60 minutes, or one listing never completed', async () => {
    const campaign = await start();
    expect(await hold(campaign, '2026-06-15T11:00:00Z')).toBeNull();
    expect(await hold(campaign, '2026-06-15T11:00:01Z')).toBe('stale_data');
    await clubs.sql`delete from crm.listings where club_id = ${campaign.club.id} and entity = 'payments'`;
    expect(await hold(campaign, NOON)).toBe('stale_data');
  });

  it('for stale data stops planning, also while sending is paused, and is recorded', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.set({ sending_paused_at: NOON });
    await campaign.synced(new Date(Date.parse(NOON) - 61 * 60_000));
    expect(await campaign.plan()).toMatchObject({ hold: 'stale_data', planned: 0, skipped: 0 });
    expect(await rowsOf(campaign)).toEqual({ drafts: 0, skips: 0 });
  });

  it('for quiet hours or a pause stops sending, not planning', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.club.set({ sending_paused_at: NOON });
    await campaign.pass(10 * 60);
    expect(await campaign.plan()).toMatchObject({ planned: 1 });
  });
});
