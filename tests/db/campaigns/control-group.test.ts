import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Day } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const MINUTES_A_DAY = 24 * 60;

/** A share with which the person is held out on one day and not on the other, for these names. */
async function shareBetween(
  campaign: Campaign,
  name: string,
  heldOutOn: Day,
  messagedOn: Day,
): Promise<number | null> {
  const [row] = await clubs.sql<{ share: number | null }[]>`
    select min(share)::float8 as share from generate_series(0, 0.9999, 0.0001) as share
    where campaigns.is_holdout(${campaign.club.id}, 'reactivation', ${name}, ${heldOutOn}, share)
      and not campaigns.is_holdout(${campaign.club.id}, 'reactivation', ${name}, ${messagedOn}, share)`;
  return row!.share;
}

const everybody = async (campaign: Campaign, share: number) => campaign.club.set({ holdout_share: share });

describe('who was held out for an occasion', () => {
  it('stays so for it, also in a quarter for which the draw is another', async () => {
    const campaign = await Campaign.start(await clubs.open({ today: '2026-06-30' }), '2026-06-30T10:00:00Z');
    const names = Array.from({ length: 20 }, (_, index) => `member-${index}`);
    const between = await Promise.all(
      names.map(async (name) => ({
        name,
        share: await shareBetween(campaign, name, '2026-06-30', '2026-07-01'),
      })),
    );
    const { name, share } = between.find((tried) => tried.share !== null)!;
    await campaign.member(name, [62, 70]);
    await everybody(campaign, share!);
    await campaign.plan();
    expect(await campaign.skip(name)).toBe('holdout');

    await campaign.pass(MINUTES_A_DAY);
    expect((await campaign.candidate(name, '2026-07-01'))?.skip_reason).toBe('holdout');
    expect(await campaign.plan()).toMatchObject({ planned: 0 });
    // Another occasion, after a visit, is drawn anew.
    await clubs.sql`update campaigns.skips set occasion = 'away since 2020-01-01' where club_id = ${campaign.club.id}`;
    expect((await campaign.candidate(name, '2026-07-01'))?.skip_reason).toBeNull();
  });

  it('stays recorded as held out when they come back the same day: that is a return of the control group', async () => {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.member('eva');
    await everybody(campaign, 0.9999);
    await campaign.plan();
    expect(await campaign.skip('eva')).toBe('holdout');
    await campaign.club.booking('eva', campaign.club.ago(-1), { status: 'booked', madeAt: NOON });
    expect((await campaign.candidate('eva'))?.skip_reason).toBe('came_back');
    expect(await campaign.plan()).toMatchObject({ planned: 0, skipped: 0 });
    expect(await campaign.skip('eva')).toBe('holdout');
  });
});

it('of clients with one phone all are in it or none: the draw is that of the one known longest', async () => {
  const campaign = await Campaign.start(await clubs.open());
  const phone = '+420777000444';
  await campaign.member('mother', [94, 100], { phone });
  await campaign.member('child', [80, 90], { phone });
  await campaign.member('stranger', [80, 90]);
  const drawOf = async (name: string) => {
    const [row] = await clubs.sql<{ draw: number }[]>`
      select draw::float8 from campaigns.holdout_draws(
        ${campaign.club.id}, array['reactivation'], array[${name}], ${campaign.club.today}
      )`;
    return row!.draw;
  };
  const reasons = async (share: number) => {
    await everybody(campaign, share);
    return [
      (await campaign.candidate('mother'))?.skip_reason,
      (await campaign.candidate('child'))?.skip_reason,
    ];
  };
  const draw = await drawOf('mother');
  expect(await reasons(draw + 1e-6)).toEqual(['holdout', 'holdout']);
  expect(await reasons(draw - 1e-6)).toEqual([null, 'frequency_cap']);
  expect(await drawOf('child')).not.toBe(draw);

  // Parted, each has a draw of their own.
  await campaign.club.client('child', { phone: '+420777000445' });
  await everybody(campaign, (await drawOf('child')) + 1e-6);
  expect((await campaign.candidate('child'))?.skip_reason).toBe('holdout');
});
