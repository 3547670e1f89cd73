import postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { LEASE, Post } from '../post.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const queued = async (names?: string[]) => Post.queued(await clubs.open(), names);

describe('a claim', () => {
  it('hands out the approved words once, and counts as a contact from then on', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    expect(claim).toMatchObject({ attempt: 1, phone: await post.campaign.phoneOf('eva') });
    expect(claim.parameters).toEqual({ message: 'Držíme vám místo na úterní lekci.', club: 'Vltava Fit' });
    expect(await post.message()).toMatchObject({ status: 'sending', is_contact: true });
    expect(await post.claim()).toEqual([]);
  });

  it('goes to the phone that the checks looked at, not to the one of the day it was queued', async () => {
    const post = await queued();
    await post.campaign.club.client('eva', { phone: '+420777999888' });
    expect(await post.claimOne()).toMatchObject({ phone: '+420777999888' });
    const [contact] = await clubs.sql`select phone from campaigns.contacts`;
    expect(contact).toEqual({ phone: '+420777999888' });
  });

  it('by several workers at once gives each message to one of them', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `member-${index}`);
    const post = await queued(names);
    const workers = [1, 2, 3].map(() => postgres(clubs.database.url, { max: 1 }));
    try {
      const claimed: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const claims = await Promise.all(workers.map((sql) => post.claim({ sql, limit: 4 })));
        claimed.push(...claims.flat().map(({ message_id }) => message_id));
      }
      expect(claimed).toHaveLength(24);
      expect(new Set(claimed).size).toBe(24);
    } finally {
      await Promise.all(workers.map((worker) => worker.end()));
    }
  });

  it.each([
    [
      'paused',
      (post: Post) => post.campaign.club.set({ sending_paused_at: post.campaign.now.toISOString() }),
    ],
    ['quiet', (post: Post) => post.campaign.club.set({ sending_opens_at: '12:01' })],
    ['stale', (post: Post) => post.campaign.synced(new Date(post.campaign.now.getTime() - 61 * 60_000))],
  ])('gives nothing while the club is %s', async (_, hold) => {
    const post = await queued();
    await hold(post);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'queued', is_contact: false });
  });

  it('lets the rest wait when the limit of 24 hours is used up', async () => {
    const post = await queued(['eva', 'jan']);
    await post.campaign.club.set({ daily_limit: 1 });
    expect(await post.claim()).toHaveLength(1);
    await post.pass(23 * 3600 + 3599);
    await clubs.sql`update outbox.queue set run_at = ${post.campaign.now} where token is null`;
    await clubs.sql`delete from outbox.queue where token is not null`;
    expect(await post.claim()).toEqual([]);
    await post.pass(16 * 60);
    expect(await post.claim()).toHaveLength(1);
  });
});

describe('between approval and claim', () => {
  it.each([
    ['suppressed', (post: Post) => post.campaign.suppress('eva')],
    [
      'came_back',
      (post: Post) => post.campaign.club.booking('eva', post.campaign.club.today, { time: '12:00' }),
    ],
    [
      'cooldown',
      (post: Post) => post.campaign.contacted('eva', new Date(post.campaign.now.getTime() - 24 * 3600_000)),
    ],
    [
      'frequency_cap',
      async (post: Post) => {
        const { club } = post.campaign;
        await clubs.sql`insert into campaigns.club_cooldowns values (${club.id}, 'going_silent', 0)`;
        for (const days of [5, 6]) {
          await post.campaign.contacted('eva', new Date(post.campaign.now.getTime() - days * 24 * 3600_000));
        }
      },
    ],
  ])('%s voids the message and is stored as the skip', async (reason, change) => {
    const post = await queued();
    await change(post);
    await post.pass(60);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      status_reason: reason,
      is_contact: false,
    });
    expect(await post.runAt()).toBeNull();
    expect(await post.campaign.skip('eva')).toBe(reason);
    expect(await post.campaign.draft('eva')).toMatchObject({ status: 'cancelled', decision_reason: reason });
  });

  it('a second message to the same phone is voided, not sent', async () => {
    const post = await queued(['eva', 'child']);
    await post.campaign.club.client('child', { phone: await post.campaign.phoneOf('eva') });
    expect(await post.claim()).toHaveLength(1);
    const statuses = [await post.message('eva'), await post.message('child')].map(({ status }) => status);
    expect(statuses.sort()).toEqual(['cancelled', 'sending']);
  });

  it('nobody can change the words any more', async () => {
    const post = await queued();
    const draft = await post.campaign.draft('eva');
    const rewrite = clubs.sql`
      select campaigns.write_version(
        ${post.campaign.club.id}, ${draft!.id}, 'Other words.', 'operator', 'test', '{}', ${post.campaign.now}
      )`;
    await expect(rewrite).rejects.toThrow('its words can not be changed any more');
  });
});

describe('a lease', () => {
  it('must be held to start the send, and starts it once', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    expect(await post.start({ ...claim, token: crypto.randomUUID() })).toBe(false);
    expect(await post.start(claim)).toBe(true);
    expect(await post.start(claim)).toBe(false);
  });

  it('does not start the send to somebody whose opt-out was committed after the claim, and void is what it was', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    // As when the message came into the queue beside the withdrawal, which therefore did not find it there.
    await clubs.sql`
      select campaigns.suppress(
        ${post.campaign.club.id}, ${await post.campaign.phoneOf('eva')}, 'stop_word', 'member:whatsapp', ${post.campaign.now}
      )`;
    expect(await post.start(claim)).toBe(false);
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      status_reason: 'suppressed',
      is_contact: false,
      attempts: [{ attempt: 1, outcome: 'not_started' }],
    });
    expect(await post.runAt()).toBeNull();
  });

  it('that ends before the call gives the message to another worker', async () => {
    const post = await queued();
    const lost = await post.claimOne();
    await post.pass(LEASE);
    expect(await post.start(lost)).toBe(false);
    const next = await post.claimOne();
    expect(next).toMatchObject({ message_id: lost.message_id, attempt: 2 });
    expect(await post.settle(lost, { outcome: 'retry', error: 'late' })).toBe('lease_lost');
    expect(await post.message()).toMatchObject({
      status: 'sending',
      is_contact: true,
      attempts: [{ attempt: 1, outcome: 'not_started' }, { attempt: 2 }],
    });
  });

  it('that ends during the call leaves the message uncertain, and no machine sends it again', async () => {
    const post = await queued();
    await post.start(await post.claimOne());
    await post.pass(LEASE);
    expect(await post.claim()).toEqual([]);
    await post.pass(3600);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({
      status: 'uncertain',
      is_contact: true,
      attempts: [{ attempt: 1, outcome: 'uncertain' }],
    });
  });

  it('that ended in uncertainty is settled by the worker’s late acceptance', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.pass(LEASE);
    await post.claim();
    expect(await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' })).toBe('lease_lost');
    expect(await post.message()).toMatchObject({
      status: 'sent',
      wamid: 'wamid.1',
      attempts: [{ attempt: 1, outcome: 'accepted' }],
    });
  });
});

describe('queueing', () => {
  it('twice queues once', async () => {
    const post = await queued();
    const [row] = await clubs.sql`
      select outbox.enqueue_approved(${post.campaign.club.id}, ${post.campaign.now})::int as queued`;
    expect(row).toEqual({ queued: 0 });
    expect(await post.claim()).toHaveLength(1);
  });
});
