import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, defineScenario } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { renewingCard } from '../renewing-card.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

/** Eva, away for 94 days, fits `reactivation` and pays for a membership that renews itself. */
async function start(): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('eva');
  await renewingCard(campaign.club, 'eva');
  return campaign;
}

const include = (club: Club, includes: boolean | null, scenario = 'reactivation') =>
  clubs.sql`select campaigns.include_do_not_wake(${club.id}, ${scenario}, ${includes})`;

const reason = async (campaign: Campaign, name = 'eva') => (await campaign.candidate(name))?.skip_reason;

describe('a client who is not to be woken', () => {
  it('is a candidate who is skipped, and the skip is stored with its reason', async () => {
    const campaign = await start();
    expect(await campaign.candidate('eva')).toMatchObject({
      scenario: 'reactivation',
      skip_reason: 'do_not_wake',
    });
    expect(await campaign.plan()).toEqual({ hold: null, planned: 0, skipped: 1 });
    expect(await campaign.skip('eva')).toBe('do_not_wake');
    expect(await campaign.draft('eva')).toBeUndefined();
  });

  it('leaves the others alone, those without such a card and those who came lately', async () => {
    const campaign = await start();
    await campaign.member('jan');
    await campaign.club.card('jan', campaign.club.ago(200), { expires_date: campaign.club.ago(-10) });
    expect(await reason(campaign, 'jan')).toBeNull();
    // Early churn: 45 days since the last visit.
    await campaign.member('new', [45]);
    await renewingCard(campaign.club, 'new');
    expect(await reason(campaign, 'new')).toBeNull();
  });

  it('is skipped no more once the membership ends, and is planned the same day', async () => {
    const campaign = await start();
    await campaign.plan();
    await clubs.sql`select crm.set_auto_renewing(${campaign.club.id}, 'renewing', false)`;
    await campaign.plan();
    expect(await campaign.skip('eva')).toBeUndefined();
    expect(await campaign.draft('eva')).toMatchObject({ status: 'planned' });
  });

  it('may share the phone with somebody who is written to', async () => {
    const campaign = await start();
    await campaign.member('child', [94], { phone: await campaign.phoneOf('eva') });
    expect(await reason(campaign, 'child')).toBeNull();
    expect(await reason(campaign)).toBe('do_not_wake');
  });
});

describe('a scenario that includes them', () => {
  it('writes to them, until it does not any more', async () => {
    const campaign = await start();
    await include(campaign.club, true);
    expect(await reason(campaign)).toBeNull();
    await include(campaign.club, false);
    expect(await reason(campaign)).toBe('do_not_wake');
  });

  it('includes them in its own club and for itself only', async () => {
    const campaign = await start();
    const other = await start();
    await include(campaign.club, true);
    expect(await reason(other)).toBe('do_not_wake');
    await include(other.club, true, 'greeting');
    expect(await reason(other)).toBe('do_not_wake');
  });

  it('keeps what else the club chose about it', async () => {
    const campaign = await start();
    const { club } = campaign;
    const choice = async () => {
      const [row] = await clubs.sql`
        select is_enabled, delivery_mode, includes_do_not_wake from campaigns.club_scenarios where club_id = ${club.id}`;
      return row;
    };
    await clubs.sql`insert into campaigns.club_scenarios values (${club.id}, 'reactivation', false, 'notification')`;
    expect(await choice()).toMatchObject({ includes_do_not_wake: false });
    await include(club, true);
    expect(await choice()).toEqual({
      is_enabled: false,
      delivery_mode: 'notification',
      includes_do_not_wake: true,
    });
  });

  it.each([
    [
      'no such scenario',
      'spring',
      true,
      'Scenario "spring" is unknown: look up its code in the list of scenarios.',
    ],
    ['neither yes nor no', 'reactivation', null, 'must be true or false'],
  ])('is refused for %s', async (_, scenario, includes, message) => {
    const { club } = await start();
    await expect(include(club, includes, scenario)).rejects.toThrow(message);
  });
});

describe('an approval', () => {
  /** Eva's draft waits; since it was planned, she has become one who is not to be woken. */
  async function pending(includes: boolean): Promise<Campaign> {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.member('eva');
    await include(campaign.club, includes);
    await campaign.plan();
    await campaign.write();
    await renewingCard(campaign.club, 'eva');
    return campaign;
  }

  it('is refused, and the draft is void', async () => {
    const campaign = await pending(false);
    expect(await campaign.decide('eva')).toMatchObject({
      outcome: 'not_eligible',
      status: 'cancelled',
      reason: 'do_not_wake',
    });
    expect(await campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'do_not_wake',
    });
    expect(await campaign.skip('eva')).toBe('do_not_wake');
  });

  it('goes through where the scenario includes her', async () => {
    const campaign = await pending(true);
    expect(await campaign.decide('eva')).toMatchObject({ outcome: 'approved' });
  });

  it('is not even asked for in notification mode', async () => {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.club.set({ delivery_mode: 'notification' });
    await campaign.member('eva');
    await campaign.plan();
    await renewingCard(campaign.club, 'eva');
    await campaign.write();
    expect(await campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'do_not_wake',
    });
  });
});

describe('a claim', () => {
  it('voids the message of one who may not be woken any more', async () => {
    const post = await Post.queued(await clubs.open(), ['eva', 'jan']);
    await renewingCard(post.campaign.club, 'eva');
    expect(await post.claim()).toMatchObject([{ phone: await post.campaign.phoneOf('jan') }]);
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      status_reason: 'do_not_wake',
      is_contact: false,
    });
    expect(await post.campaign.skip('eva')).toBe('do_not_wake');
  });

  it('hands it out where the scenario includes her', async () => {
    const post = await Post.queued(await clubs.open());
    await renewingCard(post.campaign.club, 'eva');
    await include(post.campaign.club, true);
    expect(await post.claim()).toHaveLength(1);
  });

  it('voids it when the scenario ceased to include her after the approval', async () => {
    const post = await Post.queued(await clubs.open());
    await include(post.campaign.club, true);
    await renewingCard(post.campaign.club, 'eva');
    await include(post.campaign.club, false);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'do_not_wake' });
  });
});
