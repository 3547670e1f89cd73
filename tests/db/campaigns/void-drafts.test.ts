import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

const voided = async ({ club, now }: Campaign, scenario = 'reactivation'): Promise<number> => {
  const [row] = await clubs.sql<{ drafts: number }[]>`
    select campaigns.void_drafts(${club.id}, ${scenario}, null, 'switched_off', 'operator:test', ${now})::int as drafts`;
  return row!.drafts;
};

describe('voiding the drafts of a scenario', () => {
  it('cancels each that is open and keeps the reason where "why did she get nothing?" is asked', async () => {
    const campaign = await Campaign.start(await clubs.open());
    for (const name of ['planned', 'pending', 'rejected']) await campaign.member(name);
    await campaign.plan();
    await campaign.write();
    await clubs.sql`
      update campaigns.drafts set status = 'rejected'
      where club_id = ${campaign.club.id} and client_id = ${await campaign.club.idOf('rejected')}`;
    expect(await voided(campaign, 'birthday')).toBe(0);
    expect(await voided(campaign)).toBe(2);
    expect(await campaign.draft('pending')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'switched_off',
    });
    expect(await campaign.skip('pending')).toBe('switched_off');
    expect(await campaign.draft('rejected')).toMatchObject({ status: 'rejected' });
    expect(await campaign.skip('rejected')).toBeUndefined();
    expect(await voided(campaign)).toBe(0);
  });

  it('also takes back what is approved and queued, but not what is on its way', async () => {
    const post = await Post.queued(await clubs.open(), ['queued', 'under way']);
    const [claim] = await post.claim({ limit: 1 });
    await post.start(claim!);
    expect(await voided(post.campaign)).toBe(1);
    expect(await post.claim()).toEqual([]);
    const messages = [await post.message('queued'), await post.message('under way')];
    expect(messages.map(({ status }) => status).sort()).toEqual(['cancelled', 'sending']);
    expect(messages.find(({ status }) => status === 'cancelled')).toMatchObject({
      status_reason: 'switched_off',
    });
    expect(await post.settle(claim!, { outcome: 'accepted', wamid: 'wamid.1' })).toBe('sent');
  });
});

it('a return voids what is open of churn scenarios at the next tick, before anybody is asked to approve it', async () => {
  const campaign = await Campaign.start(await clubs.open(), undefined, ['birthday', 'reactivation']);
  const born = { birth_date: '1990-06-15' };
  for (const name of ['came', 'booked', 'cancelled', 'away']) await campaign.member(name);
  await campaign.member('born', [10], born);
  await campaign.plan();
  await campaign.write();
  await campaign.pass(60);
  await campaign.club.booking('came', campaign.club.today, { time: '12:30' });
  const later = { status: 'booked' as const, madeAt: campaign.now.toISOString() };
  await campaign.club.booking('booked', campaign.club.ago(-3), later);
  await campaign.club.booking('born', campaign.club.ago(-3), later);
  await campaign.club.booking('cancelled', campaign.club.ago(-3), { ...later, status: 'cancelled' });
  await campaign.pass(10);
  await clubs.sql`select campaigns.tick_club(${campaign.club.id}, ${campaign.now})`;
  const left = await clubs.sql<{ name: string; reason: string | null }[]>`
    select client.external_id as name, draft.decision_reason as reason
    from campaigns.drafts as draft
    join crm.clients as client using (club_id, client_id)
    where draft.club_id = ${campaign.club.id}
    order by 1`;
  expect(Object.fromEntries(left.map(({ name, reason }) => [name, reason]))).toEqual({
    away: null,
    booked: 'came_back',
    born: null,
    came: 'came_back',
    cancelled: null,
  });
});

it('what waited past its time is not sent any more', async () => {
  const post = await Post.queued(await clubs.open());
  await post.campaign.pass(48 * 60 - 1);
  await clubs.sql`update core.settings set sending_opens_at = '00:00', sending_closes_at = '23:59' where club_id = ${post.campaign.club.id}`;
  await post.campaign.pass(1);
  expect(await post.claim()).toEqual([]);
  expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'expired' });
  expect(await post.campaign.skip('eva')).toBe('expired');
});

it('an approval at night holds, and says what it waits for', async () => {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
  await campaign.plan();
  await campaign.write();
  await campaign.pass(10 * 60);
  expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved', hold: 'quiet_hours' });
});
