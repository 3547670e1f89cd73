import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, NOON, defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const start = async () => Campaign.start(await clubs.open());
const before = (milliseconds: number) => new Date(Date.parse(NOON) - milliseconds);

async function reason(campaign: Campaign, name = 'eva'): Promise<string | null | undefined> {
  return (await campaign.candidate(name))?.skip_reason;
}

describe('cooldown', () => {
  it('has the days of the definitions', async () => {
    const rows = await clubs.sql`select segment, days from campaigns.cooldowns`;
    expect(Object.fromEntries(rows.map(({ segment, days }) => [segment, days]))).toEqual({
      vip: 14,
      regular: 30,
      at_risk: 14,
      going_silent: 21,
      nearly_lost: 30,
      lost: 60,
      trial_dropoff: 7,
      pt_cancelled: 21,
      unsegmented: 30,
    });
  });

  it.each([
    ['going_silent', 21, [94, 100], 'group'],
    ['trial_dropoff', 7, [94], 'group'],
    ['at_risk', 14, [40, 41], 'group'],
    ['pt_cancelled', 21, [40, 41], 'personal'],
  ] as const)('of %s ends after %i days', async (segment, days, daysAgo, kind) => {
    const campaign = await Campaign.start(await clubs.open(), NOON, ['pt_dropout', 'reactivation']);
    await campaign.member('eva', []);
    await campaign.club.visits(
      'eva',
      daysAgo.map((ago) => campaign.club.ago(ago)),
      { kinds: [kind] },
    );
    expect((await campaign.club.segment('eva'))?.segment).toBe(segment);
    await campaign.contacted('eva', before((days - 1) * DAY));
    expect(await reason(campaign)).toBe('cooldown');
    await clubs.sql`
      update campaigns.contacts set contacted_at = contacted_at - interval '1 day', contacted_date = contacted_date - 1
      where club_id = ${campaign.club.id}`;
    expect(await reason(campaign)).toBeNull();
  });

  it('is as long as the club has set it', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.contacted('eva', before(10 * DAY));
    await clubs.sql`insert into campaigns.club_cooldowns values (${campaign.club.id}, 'going_silent', 10)`;
    expect(await reason(campaign)).toBeNull();
  });

  it('counts a message to somebody else with the same phone', async () => {
    const campaign = await start();
    await campaign.member('eva', [94, 100], { phone: '+420777000333' });
    await campaign.member('child', [2], { phone: '+420777000333' });
    await campaign.contacted('child', before(DAY));
    expect(await reason(campaign)).toBe('cooldown');
  });
});

describe('frequency_cap', () => {
  const withoutCooldown = async () => {
    const campaign = await start();
    await campaign.member('eva');
    await clubs.sql`insert into campaigns.club_cooldowns values (${campaign.club.id}, 'going_silent', 0)`;
    return campaign;
  };

  it('of two within 720 hours, to the second', async () => {
    const campaign = await withoutCooldown();
    // The candidates of a day are judged at its end.
    const endOfDay = Date.parse('2026-06-15T22:00:00Z');
    await campaign.contacted('eva', new Date(endOfDay - 5 * DAY));
    await campaign.contacted('eva', new Date(endOfDay - 720 * HOUR));
    expect(await reason(campaign)).toBeNull();
    await clubs.sql`
      update campaigns.contacts set contacted_at = contacted_at + interval '1 second' where club_id = ${campaign.club.id}`;
    expect(await reason(campaign)).toBe('frequency_cap');
    await campaign.club.set({ frequency_cap: 3 });
    expect(await reason(campaign)).toBeNull();
  });

  it('of one message a day, however high the cap', async () => {
    const campaign = await withoutCooldown();
    await campaign.club.set({ frequency_cap: 10 });
    await campaign.contacted('eva', before(HOUR));
    expect(await reason(campaign)).toBe('frequency_cap');
  });
});

describe('daily_limit', () => {
  it.each(['daily_limit', 'portfolio_limit'])('of %s lets the most valuable first', async (setting) => {
    const campaign = await start();
    for (const [name, paid] of [
      ['poor', 100],
      ['rich', 300],
      ['middle', 200],
    ] as const) {
      await campaign.member(name);
      await campaign.club.payment(name, campaign.club.ago(95), paid);
    }
    await campaign.club.set({ [setting]: 2, vip_threshold_minor: 1_000_000 });
    expect(await reason(campaign, 'rich')).toBeNull();
    expect(await reason(campaign, 'middle')).toBeNull();
    expect(await reason(campaign, 'poor')).toBe('daily_limit');
  });

  it('counts what went out in the last 24 hours', async () => {
    const campaign = await start();
    await campaign.member('eva');
    await campaign.member('sent', [2]);
    await campaign.club.set({ daily_limit: 1 });
    await campaign.contacted('sent', new Date(Date.parse('2026-06-14T22:00:01Z')));
    expect(await reason(campaign)).toBe('daily_limit');
    await clubs.sql`
      update campaigns.contacts set contacted_at = '2026-06-14T22:00:00Z' where club_id = ${campaign.club.id}`;
    expect(await reason(campaign)).toBeNull();
  });
});
