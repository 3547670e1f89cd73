import { beforeAll, describe, expect, it } from 'vitest';
import { defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const queued = async (names?: string[]) => Post.queued(await clubs.open(), names);

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
