import { describe, expect, it } from 'vitest';
import { Campaign, NOON, SCENARIOS } from '../campaign.ts';
import type { Day } from '../club.ts';
import { shiftDay } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
const start = async (today?: Day) =>
  Campaign.start(await clubs.open(today ? { today } : {}), NOON, SCENARIOS);

/** Whom the scenario fits, whatever stands in the way and whatever comes first. */
async function fitting(campaign: Campaign, scenario: string, day: Day = campaign.club.today) {
  const rows = await clubs.sql<{ name: string }[]>`
    select client.external_id as name
    from campaigns.fits(${campaign.club.id}, ${day}, ${scenario}) as fit
    join crm.clients as client on client.club_id = ${campaign.club.id} and client.client_id = fit.client_id
    order by 1`;
  return rows.map(({ name }) => name);
}

async function fitsOnDays(campaign: Campaign, scenario: string, days: number[]) {
  const fits: boolean[] = [];
  for (const day of days) fits.push((await fitting(campaign, scenario, campaign.club.ago(-day))).length > 0);
  return fits;
}

it('there are five, in this order, and one that carries the one-off campaigns', async () => {
  const rows = await clubs.sql<{ code: string; is_automated: boolean }[]>`
    select code, is_automated from campaigns.scenarios order by priority`;
  expect(rows.map(({ code }) => code)).toEqual([...SCENARIOS, 'one_off']);
  expect(rows.map((row) => row.is_automated)).toEqual([true, true, true, true, true, false]);
});

it.each(SCENARIOS)('%s says the same of the stored numbers as of the day replayed', async (scenario) => {
  const campaign = await start();
  for (let ago = 0; ago < 190; ago += 9) {
    await campaign.member(`m${ago}`, [ago, ago + 1, ago + 40], { birth_date: '1990-06-15' });
    await campaign.club.visits(`m${ago}`, [campaign.club.ago(ago + 3), campaign.club.ago(ago + 5)], {
      kinds: ['personal'],
    });
  }
  for (let visit = 0; visit < 6; visit += 1) await campaign.club.visits('m0', [campaign.club.ago(visit)]);
  const replayed = await fitting(campaign, scenario);
  await campaign.club.refresh();
  expect(await fitting(campaign, scenario)).toEqual(replayed);
  expect(replayed).not.toEqual([]);
});

describe('birthday', () => {
  it('fits on the month and day, visited before or not, and not when the date is unknown', async () => {
    const campaign = await start();
    await campaign.member('came', [10], { birth_date: '1990-06-15' });
    await campaign.member('never', [], { birth_date: '2001-06-15' });
    await campaign.member('tomorrow', [10], { birth_date: '1990-06-16' });
    await campaign.member('yesterday', [10], { birth_date: '1990-06-14' });
    await campaign.member('unknown', [10]);
    await campaign.member('deleted', [10], { birth_date: '1990-06-15' });
    await campaign.club.deleteClient('deleted');
    expect(await fitting(campaign, 'birthday')).toEqual(['came', 'never']);
    expect(await campaign.candidate('never')).toMatchObject({ scenario: 'birthday', skip_reason: null });
  });

  it.each([
    ['2027-02-28', ['leap', 'plain']],
    ['2027-03-01', ['march']],
    ['2028-02-28', ['plain']],
    ['2028-02-29', ['leap']],
    ['2028-03-01', ['march']],
    // A century that is no leap year.
    ['2100-02-28', ['leap', 'plain']],
  ])('on %s is that of %s', async (day, expected) => {
    const campaign = await start(day);
    await campaign.member('leap', [], { birth_date: '1996-02-29' });
    await campaign.member('plain', [], { birth_date: '1996-02-28' });
    await campaign.member('march', [], { birth_date: '1996-03-01' });
    expect(await fitting(campaign, 'birthday')).toEqual(expected);
  });

  it('takes 1 January 1970 for "unset", and any other 1 January for a birthday', async () => {
    const campaign = await start('2027-01-01');
    await campaign.member('unset', [], { birth_date: '1970-01-01' });
    await clubs.sql`update crm.clients set birth_date = '1970-01-01' where club_id = ${campaign.club.id}`;
    await campaign.member('born', [], { birth_date: '1971-01-01' });
    expect(await fitting(campaign, 'birthday')).toEqual(['born']);
  });

  it('is wished once a year, and again the next', async () => {
    const campaign = await start();
    await campaign.member('eva', [10], { birth_date: '1990-06-15' });
    await campaign.plan();
    expect(await campaign.candidate('eva')).toMatchObject({ skip_reason: 'already_sent' });
    expect(await campaign.candidate('eva', '2027-06-15')).toMatchObject({ skip_reason: null });
  });

  it('is no birthday wish any more when the local day is over', async () => {
    const campaign = await start();
    await campaign.member('eva', [10], { birth_date: '1990-06-15' });
    await campaign.plan();
    const [draft] = await clubs.sql<{ expires_at: Date }[]>`
      select expires_at from campaigns.drafts where club_id = ${campaign.club.id}`;
    expect(draft!.expires_at.toISOString()).toBe('2026-06-15T22:00:00.000Z');
  });
});

describe('milestone', () => {
  const came = async (campaign: Campaign, name: string, earlier: number, lately: number, since = 6) => {
    const daysAgo = [
      ...Array.from({ length: earlier }, (_, index) => 7 + (index % 40)),
      ...Array.from({ length: lately }, () => since),
    ];
    await campaign.member(name, daysAgo);
  };
  const milestone = async (campaign: Campaign, name: string) =>
    (await campaign.candidate(name))?.variables.milestone;

  it.each([10, 25, 50, 100, 200, 500])(
    'of %i fits when the count passed it within 7 days',
    async (reached) => {
      const campaign = await start();
      await clubs.sql.begin(async () => {
        await came(campaign, 'below', Math.min(reached - 1, 9), 0);
      });
      await clubs.sql`
      insert into stats.client_stats (
        club_id, client_id, ltv_minor, visits_total, visits_30d, visits_previous_30d, pt_visits_total, visits_7d, pt_visits_30d,
        pt_visits_previous_30d, last_visit_date, first_visit_date
      )
      select client.club_id, client.client_id, 0, told.total, 0, 0, 0, told.lately, 0, 0, ${campaign.club.ago(1)}, '2020-01-01'
      from crm.clients as client
      cross join lateral (values (${reached}::integer, 1)) as told (total, lately)
      where client.club_id = ${campaign.club.id}`;
      await clubs.sql`
      insert into stats.club_days (club_id, as_of, refreshed_at) values (${campaign.club.id}, ${campaign.club.today}, ${campaign.now})`;
      await clubs.sql`delete from stats.dirty_clients where club_id = ${campaign.club.id}`;
      const told = async (total: number, lately: number) => {
        await clubs.sql`
        update stats.client_stats set visits_total = ${total}, visits_7d = ${lately} where club_id = ${campaign.club.id}`;
        return (await fitting(campaign, 'milestone')).length;
      };
      expect(await told(reached - 1, 1), 'one short').toBe(0);
      expect(await told(reached, 1), 'just reached').toBe(1);
      expect(await told(reached, 0), 'reached longer ago').toBe(0);
      expect(await told(reached + 3, 4), 'passed with the first of four').toBe(1);
      expect(await told(reached + 3, 3), 'passed before them').toBe(0);
    },
  );

  it('counts the day 7 days ago as before', async () => {
    const campaign = await start();
    await came(campaign, 'within', 9, 1, 6);
    await came(campaign, 'before', 9, 1, 7);
    expect(await fitting(campaign, 'milestone')).toEqual(['within']);
  });

  it('of several passed at once is the highest, for life', async () => {
    const campaign = await start();
    await came(campaign, 'eva', 9, 17);
    expect(await milestone(campaign, 'eva')).toBe(25);
    await campaign.plan();
    expect(await campaign.draft('eva')).toMatchObject({ occasion: 'milestone 25' });
    expect(await campaign.candidate('eva')).toMatchObject({ skip_reason: 'already_sent' });
    // Visits taken back and made anew do not make it new.
    await clubs.sql`
      update campaigns.drafts set planned_date = '2020-01-01' where club_id = ${campaign.club.id}`;
    expect(await campaign.candidate('eva')).toMatchObject({
      scenario: 'milestone',
      skip_reason: 'already_sent',
    });
  });
});

describe('pt_dropout', () => {
  const personal = async (campaign: Campaign, name: string, daysAgo: number[]) => {
    await campaign.member(name, [5]);
    await campaign.club.visits(
      name,
      daysAgo.map((days) => campaign.club.ago(days)),
      { kinds: ['personal'] },
    );
  };

  it('fits 31 to 120 days after the last of two personal trainings, of who still comes', async () => {
    const campaign = await start();
    for (const days of [30, 31, 120, 121]) await personal(campaign, `m${days}`, [days, days + 1]);
    await personal(campaign, 'once', [40]);
    expect(await fitting(campaign, 'pt_dropout')).toEqual(['m120', 'm31']);
  });

  it('fits whatever the segment: also a VIP', async () => {
    const campaign = await start();
    await personal(campaign, 'eva', [40, 41]);
    await campaign.club.set({ vip_threshold_minor: 100 });
    await campaign.club.payment('eva', campaign.club.ago(50), 100);
    expect((await campaign.club.segment('eva'))?.segment).toBe('vip');
    expect(await campaign.candidate('eva')).toMatchObject({ scenario: 'pt_dropout', skip_reason: null });
  });

  it('is sent once per 90 days, also within one spell', async () => {
    const campaign = await start();
    await campaign.club.set({ pt_cancelled_max_days: 365 });
    await personal(campaign, 'eva', [35, 36]);
    await campaign.plan();
    for (let day = 20; day <= 120; day += 20) await campaign.club.visits('eva', [campaign.club.ago(-day)]);
    const reason = async (days: number) =>
      (await campaign.candidate('eva', campaign.club.ago(-days)))?.skip_reason;
    expect(await reason(89)).toBe('already_sent');
    expect(await reason(90)).toBeNull();
    campaign.now = new Date(campaign.now.getTime() + 90 * 24 * 60 * 60_000);
    await campaign.synced();
    expect(await campaign.plan()).toMatchObject({ planned: 1 });
  });
});

describe('last_chance and reactivation', () => {
  it('fit 120 to 180 and 60 to 119 days after the last visit', async () => {
    const campaign = await start();
    // Long known, so that early churn plays no part.
    await campaign.member('eva', [0, 400]);
    const days = [59, 60, 119, 120, 180, 181];
    expect(await fitsOnDays(campaign, 'reactivation', days)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(await fitsOnDays(campaign, 'last_chance', days)).toEqual([false, false, false, true, true, false]);
  });

  it('reactivation fits early churn too: first visit 31 to 90 days ago and none in the last 30', async () => {
    const campaign = await start();
    await campaign.member('eva', [0]);
    expect(await fitsOnDays(campaign, 'reactivation', [29, 30, 31, 59, 60, 90, 119, 120])).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    await campaign.member('jan', [0, 15]);
    // 15 days later the first visit is 30 days ago: too fresh; the last one 31 days ago is early churn.
    expect(await fitting(campaign, 'reactivation', campaign.club.ago(-29))).toEqual([]);
    expect(await fitting(campaign, 'reactivation', campaign.club.ago(-30))).toEqual(['jan']);
  });

  it('are each sent once per spell, so that one spell can have both', async () => {
    const campaign = await start();
    await campaign.member('eva', [60, 400]);
    await campaign.plan();
    expect(await campaign.draft('eva')).toMatchObject({ occasion: `away since ${campaign.club.ago(60)}` });
    const candidate = (days: number) => campaign.candidate('eva', campaign.club.ago(-days));
    expect(await candidate(59)).toMatchObject({ scenario: 'reactivation', skip_reason: 'already_sent' });
    expect(await candidate(60)).toMatchObject({ scenario: 'last_chance', skip_reason: null });
  });
});

describe('several scenarios on one day', () => {
  it('make one candidate, of the first not already sent; the rest wait for another day', async () => {
    const campaign = await start();
    await campaign.member('eva', [94, 400], { birth_date: '1990-06-15' });
    expect(await campaign.candidate('eva')).toMatchObject({ scenario: 'birthday', skip_reason: null });
    expect(await campaign.plan()).toMatchObject({ planned: 1, skipped: 0 });
    expect(await campaign.candidate('eva')).toMatchObject({
      scenario: 'reactivation',
      skip_reason: 'frequency_cap',
    });
    expect(await campaign.plan()).toMatchObject({ planned: 0, skipped: 0 });
    const next = shiftDay(campaign.club.today, 1);
    expect(await campaign.candidate('eva', next)).toMatchObject({
      scenario: 'reactivation',
      skip_reason: null,
    });
  });

  it('the first wins even when it is not sent for another reason', async () => {
    const campaign = await start();
    await campaign.member('eva', [94, 400], { birth_date: '1990-06-15' });
    await clubs.sql`
      update campaigns.templates set status = 'PAUSED' where club_id = ${campaign.club.id} and scenario = 'birthday'`;
    expect(await campaign.candidate('eva')).toMatchObject({
      scenario: 'birthday',
      skip_reason: 'no_template',
    });
  });
});

it('at one instant two clubs in two zones have each their own day', async () => {
  const prague = await Campaign.start(await clubs.open({ timezone: 'Europe/Prague' }), NOON, SCENARIOS);
  const newYork = await Campaign.start(await clubs.open({ timezone: 'America/New_York' }), NOON, SCENARIOS);
  for (const campaign of [prague, newYork]) {
    await campaign.member('of the 15th', [], { birth_date: '1990-06-15' });
    await campaign.member('of the 16th', [], { birth_date: '1990-06-16' });
    // Half past midnight in Prague, half past six in the evening of the day before in New York.
    campaign.now = new Date('2026-06-15T22:30:00Z');
    await campaign.synced();
    expect(await campaign.plan()).toMatchObject({ planned: 1 });
  }
  const drafted = (campaign: Campaign) => clubs.sql`
    select client.external_id as name, draft.planned_date::text as day, draft.expires_at
    from campaigns.drafts as draft
    join crm.clients as client using (club_id, client_id)
    where draft.club_id = ${campaign.club.id}`;
  expect(await drafted(prague)).toMatchObject([
    { name: 'of the 16th', day: '2026-06-16', expires_at: new Date('2026-06-16T22:00:00Z') },
  ]);
  expect(await drafted(newYork)).toMatchObject([
    { name: 'of the 15th', day: '2026-06-15', expires_at: new Date('2026-06-16T04:00:00Z') },
  ]);
});
