import postgres from 'postgres';
import type { JSONValue } from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { Campaign, NOON, defineScenario, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const DAY = 24 * 60 * 60_000;
const PHONE = '+420777000200';
const before = (days: number) => new Date(Date.parse(NOON) - days * DAY);

/** Mother and child, both away for months, with one phone: `reactivation` fits both. */
async function family(fields: Record<string, JSONValue> = {}): Promise<Campaign> {
  const campaign = await Campaign.start(await clubs.open());
  await campaign.member('mother', [94, 100], { phone: PHONE });
  await campaign.member('child', [80, 90], { phone: PHONE, ...fields });
  return campaign;
}

const reasons = async (campaign: Campaign, day = campaign.club.today) => [
  (await campaign.candidate('mother', day))?.skip_reason,
  (await campaign.candidate('child', day))?.skip_reason,
];

async function drafts(campaign: Campaign): Promise<number> {
  const [row] = await clubs.sql<{ drafts: number }[]>`
    select count(*)::int as drafts from campaigns.drafts
    where club_id = ${campaign.club.id} and status not in ('expired', 'cancelled')`;
  return row!.drafts;
}

describe('planning for two clients with one phone', () => {
  it('drafts one message, and stores why the other client gets none', async () => {
    const campaign = await family();
    expect(await reasons(campaign)).toEqual([null, 'frequency_cap']);
    expect(await campaign.plan()).toMatchObject({ planned: 1, skipped: 1 });
    expect(await campaign.draft('mother')).toMatchObject({ status: 'planned' });
    expect(await campaign.draft('child')).toBeUndefined();
    expect(await campaign.skip('mother')).toBeUndefined();
    expect(await campaign.skip('child')).toBe('frequency_cap');
  });

  it('twice that day changes nothing, also once the first draft is decided', async () => {
    const campaign = await family();
    await campaign.plan();
    for (const status of ['planned', 'pending', 'approved', 'rejected']) {
      await clubs.sql`update campaigns.drafts set status = ${status} where club_id = ${campaign.club.id}`;
      expect(await campaign.plan(), status).toMatchObject({ planned: 0, skipped: 0 });
      expect(await campaign.skip('child'), status).toBe('frequency_cap');
    }
    expect(await drafts(campaign)).toBe(1);
  });

  it('lets the other client have it when the first draft is cancelled', async () => {
    const campaign = await family();
    await campaign.plan();
    await campaign.club.booking('mother', campaign.club.ago(-2), { status: 'booked', madeAt: NOON });
    await campaign.write();
    expect(await campaign.skip('mother')).toBe('came_back');
    await campaign.pass(5);
    await campaign.plan();
    expect(await campaign.draft('child')).toMatchObject({ status: 'planned' });
    expect(await campaign.skip('child')).toBeUndefined();
  });

  it('drafts one when they become candidates one after the other that day', async () => {
    const campaign = await family();
    await clubs.sql`
      update campaigns.consents set withdrawn_at = ${NOON}
      where club_id = ${campaign.club.id} and client_id = ${await campaign.club.idOf('mother')}`;
    await campaign.plan();
    expect(await campaign.draft('child')).toMatchObject({ status: 'planned' });
    await campaign.consent('mother', NOON);
    await campaign.pass(60);
    expect(await campaign.plan()).toMatchObject({ planned: 0 });
    expect(await campaign.skip('mother')).toBe('frequency_cap');
  });

  it('drafts one, of the first scenario in the order of the table, when a scenario each fits them', async () => {
    const campaign = await Campaign.start(await clubs.open());
    await campaign.member('mother', [94, 100], { phone: PHONE });
    await campaign.member('child', [2], { phone: PHONE, name: 'greeted' });
    await campaign.templates([template(), template({ name: 'greeting_v1' })]);
    await defineScenario(clubs.sql, { priority: 0, isExempt: true });
    try {
      expect(await campaign.plan()).toMatchObject({ planned: 1, skipped: 1 });
      expect(await campaign.candidate('child')).toMatchObject({ scenario: 'greeting' });
      expect(await campaign.skip('mother')).toBe('frequency_cap');
    } finally {
      await defineScenario(clubs.sql);
    }
  });

  it('by several workers at once drafts one for each phone', async () => {
    const campaign = await Campaign.start(await clubs.open());
    for (let index = 0; index < 12; index += 1) {
      await campaign.member(`member-${index}`, undefined, { phone: `+42077700030${index % 6}` });
    }
    const workers = [1, 2, 3].map(() => postgres(clubs.database.url, { max: 1 }));
    try {
      await Promise.all(workers.map((worker) => campaign.plan(worker)));
    } finally {
      await Promise.all(workers.map((worker) => worker.end()));
    }
    const rows = await clubs.sql`
      select client.phone, count(*)::int as drafts from campaigns.drafts as draft
      join crm.clients as client using (club_id, client_id)
      where draft.club_id = ${campaign.club.id} group by client.phone`;
    expect(rows.map((row) => row.drafts)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('takes one place of the day’s limit, and none when the limit is used up', async () => {
    const campaign = await family();
    await campaign.member('loner');
    await campaign.club.set({ daily_limit: 2 });
    expect(await reasons(campaign)).toEqual([null, 'frequency_cap']);
    expect((await campaign.candidate('loner'))?.skip_reason).toBeNull();
    await campaign.club.set({ daily_limit: 0 });
    expect(await reasons(campaign)).toEqual(['daily_limit', 'daily_limit']);
  });

  it('gives an earlier reason of a client’s own before the one of the person', async () => {
    const campaign = await family();
    await campaign.club.booking('child', campaign.club.ago(-2), { status: 'booked', madeAt: NOON });
    expect(await reasons(campaign)).toEqual([null, 'came_back']);
    await clubs.sql`
      update campaigns.consents set withdrawn_at = ${before(1)}
      where club_id = ${campaign.club.id} and client_id = ${await campaign.club.idOf('child')}`;
    expect(await reasons(campaign)).toEqual([null, 'no_consent']);
  });
});

describe('one opt-out', () => {
  it('stops both, voids the draft, and stops whoever is synced later with that phone', async () => {
    const campaign = await family();
    await campaign.plan();
    await campaign.suppress('child');
    expect(await campaign.draft('mother')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'suppressed',
    });
    await campaign.member('father', [70], { phone: PHONE });
    expect(await reasons(campaign)).toEqual(['suppressed', 'suppressed']);
    expect((await campaign.candidate('father'))?.skip_reason).toBe('suppressed');
  });

  it('goes with a client to a new phone, and holds for whoever shares that one', async () => {
    const campaign = await family();
    await campaign.suppress('mother');
    await campaign.member('father', [70], { phone: '+420777000201' });
    expect((await campaign.candidate('father'))?.skip_reason).toBeNull();
    await campaign.club.client('mother', { phone: '+420777000201' });
    expect((await campaign.candidate('father'))?.skip_reason).toBe('suppressed');
    await campaign.club.deleteClient('mother');
    expect((await campaign.candidate('father'))?.skip_reason).toBe('suppressed');
  });

  it('of the platform counts for both, until that client is gone', async () => {
    const campaign = await family({ is_excluded_from_mailings: true });
    expect(await reasons(campaign)).toEqual(['suppressed', 'suppressed']);
    await campaign.club.deleteClient('child');
    expect(await reasons(campaign)).toEqual([null, undefined]);
  });

  it('is of this phone only when it was unreachable', async () => {
    const campaign = await family();
    await campaign.suppress('mother', 'unreachable');
    expect(await reasons(campaign)).toEqual(['suppressed', 'suppressed']);
    await campaign.club.client('mother', { phone: '+420777000202' });
    expect(await reasons(campaign)).toEqual([null, 'suppressed']);
  });
});

describe('the person’s messages', () => {
  it('count for the cooldown of both', async () => {
    const campaign = await family();
    await campaign.contacted('child', before(20));
    expect(await reasons(campaign)).toEqual(['cooldown', 'cooldown']);
    await clubs.sql`
      update campaigns.contacts set contacted_at = contacted_at - interval '1 day', contacted_date = contacted_date - 1
      where club_id = ${campaign.club.id}`;
    expect(await reasons(campaign)).toEqual([null, 'frequency_cap']);
  });

  it('count together for the cap', async () => {
    const campaign = await family();
    await clubs.sql`insert into campaigns.club_cooldowns values (${campaign.club.id}, 'going_silent', 0)`;
    await campaign.contacted('child', before(3));
    expect(await reasons(campaign)).toEqual([null, 'frequency_cap']);
    await campaign.contacted('mother', before(5));
    expect(await reasons(campaign)).toEqual(['frequency_cap', 'frequency_cap']);
  });

  it('are one message, though it was to this client and to this phone', async () => {
    const campaign = await family();
    await clubs.sql`insert into campaigns.club_cooldowns values (${campaign.club.id}, 'going_silent', 0)`;
    await campaign.contacted('mother', before(5));
    expect((await reasons(campaign))[0]).toBeNull();
  });

  it('count from before they shared the phone, and still when one of them is gone', async () => {
    const campaign = await family({ phone: '+420777000203' });
    await campaign.contacted('child', before(3));
    expect(await reasons(campaign)).toEqual([null, 'cooldown']);
    await campaign.club.client('child', { phone: PHONE });
    expect(await reasons(campaign)).toEqual(['cooldown', 'cooldown']);
    await campaign.club.deleteClient('child');
    expect(await reasons(campaign)).toEqual(['cooldown', undefined]);
  });

  it('do not make another client’s reason already sent', async () => {
    const campaign = await family();
    await campaign.plan();
    await clubs.sql`
      update campaigns.drafts set status = 'rejected', planned_date = planned_date - 1
      where club_id = ${campaign.club.id}`;
    expect(await reasons(campaign)).toEqual(['already_sent', null]);
  });
});

describe('the platform’s numbers', () => {
  it('count clients, however many share a phone', async () => {
    const campaign = await family();
    await campaign.club.visits('mother', [campaign.club.ago(1)]);
    await campaign.club.visits('child', [campaign.club.ago(1)]);
    expect(await campaign.club.metric('clients_total')).toMatchObject({ value: 2 });
    expect(await campaign.club.metric('active_7d')).toMatchObject({ value: 2 });
  });
});
