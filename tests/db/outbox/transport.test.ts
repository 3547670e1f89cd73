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
    const post = await Post.queued(await clubs.open(), ['eva', 'child'], { phone: '+420777000555' });
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

describe('a report', () => {
  const sent = async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    return { post, claim };
  };

  it('of acceptance ends the journey', async () => {
    const { post, claim } = await sent();
    expect(await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1', delivery: 'held' })).toBe(
      'sent',
    );
    expect(await post.message()).toMatchObject({
      status: 'sent',
      delivery: 'held',
      wamid: 'wamid.1',
      is_contact: true,
    });
    expect(await post.runAt()).toBeNull();
  });

  it('of a passing error tries again later, and takes the contact back meanwhile', async () => {
    const { post, claim } = await sent();
    expect(await post.settle(claim, { outcome: 'retry', error_code: 130429, error: 'rate limit' })).toBe(
      'failed',
    );
    expect(await post.message()).toMatchObject({ status: 'failed', error_code: 130429, is_contact: false });
    const wait = ((await post.runAt())!.getTime() - post.campaign.now.getTime()) / 1000;
    expect(wait).toBeGreaterThanOrEqual(24);
    expect(wait).toBeLessThanOrEqual(36);
    expect(await post.claim()).toEqual([]);
    await post.pass(37);
    expect(await post.claimOne()).toMatchObject({ attempt: 2 });
  });

  it('waits as long as WhatsApp asks', async () => {
    const { post, claim } = await sent();
    await post.settle(claim, { outcome: 'retry', error: 'slow down', retry_after_seconds: 900 });
    expect((await post.runAt())!.getTime() - post.campaign.now.getTime()).toBe(900_000);
  });

  it('of a final error is the end, with its error kept', async () => {
    const { post, claim } = await sent();
    expect(await post.settle(claim, { outcome: 'final', error_code: 132000, error: 'parameters' })).toBe(
      'dead',
    );
    expect(await post.message()).toMatchObject({
      status: 'dead',
      is_contact: false,
      attempts: [{ attempt: 1, outcome: 'final', error: 'parameters' }],
    });
    expect(await post.runAt()).toBeNull();
  });

  it('of a timeout leaves it uncertain', async () => {
    const { post, claim } = await sent();
    expect(await post.settle(claim, { outcome: 'uncertain', error: 'timeout' })).toBe('uncertain');
    await post.pass(3600);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'uncertain', is_contact: true });
  });

  it('after six passing errors finds the message dead, every error kept', async () => {
    const post = await queued();
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const claim = await post.claimOne();
      expect(claim.attempt).toBe(attempt);
      const status = await post.settle(claim, { outcome: 'retry', error: `error ${attempt}` });
      expect(status).toBe(attempt < 6 ? 'failed' : 'dead');
      await post.pass(1200);
    }
    const { attempts } = await post.message();
    expect(attempts.map(({ error }) => error)).toEqual(
      [1, 2, 3, 4, 5, 6].map((attempt) => `error ${attempt}`),
    );
    expect(await post.claim()).toEqual([]);
  });

  it.each([
    ['suppress', 131050, 'the member', 'select cause as what from campaigns.suppressions', 'error_131050'],
    ['suppress', 131026, 'the phone', 'select cause as what from campaigns.suppressions', 'unreachable'],
    ['stop_template', 132015, 'the template', 'select status as what from campaigns.templates', 'PAUSED'],
    [
      'stop_number',
      131031,
      'the club',
      'select (sending_paused_at is not null)::text as what from core.settings',
      'true',
    ],
  ])('whose action is %s (%i) stops %s', async (action, error_code, _, query, expected) => {
    const { post, claim } = await sent();
    await post.settle(claim, { outcome: 'final', error: 'no', error_code, action });
    expect(await clubs.sql.unsafe(query)).toEqual([{ what: expected }]);
  });
});

describe('the wait after attempt n', () => {
  it.each([
    [1, 24, 36],
    [2, 48, 72],
    [3, 96, 144],
    [6, 768, 1152],
    [7, 1536, 2304],
    [8, 3072, 3600],
    [60, 3600, 3600],
  ])('%i is %i to %i seconds', async (attempt, least, most) => {
    const [row] = await clubs.sql`
      select extract(epoch from outbox.retry_delay(${attempt}, 0))::float8 as least,
        extract(epoch from outbox.retry_delay(${attempt}, 1))::float8 as most`;
    expect(row).toEqual({ least, most });
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
