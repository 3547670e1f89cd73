import { beforeAll, describe, expect, it } from 'vitest';
import { defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const NO = { outcome: 'final', error: 'the display name is not approved', error_code: 100, action: 'none' };
const queued = async (names = ['eva']) => Post.queued(await clubs.open(), names);

async function dead(names = ['eva']): Promise<Post> {
  const post = await queued(names);
  for (const claim of await post.claim()) {
    await post.start(claim);
    await post.settle(claim, NO);
  }
  return post;
}

async function uncertain(): Promise<Post> {
  const post = await queued();
  const claim = await post.claimOne();
  await post.start(claim);
  await post.settle(claim, { outcome: 'uncertain', error: 'WhatsApp did not answer within 25 s' });
  return post;
}

async function requeue(post: Post, names = ['eva']) {
  const ids = await Promise.all(names.map(async (name) => (await post.message(name)).id));
  const [row] = await clubs.sql`
    select outbox.requeue(${post.campaign.club.id}, ${ids}::uuid[], 'operator:eva', ${post.campaign.now}) as done`;
  return row!.done as unknown;
}

const resolve = async (post: Post, hasArrived: boolean | null) => {
  const { id } = await post.message();
  const [row] = await clubs.sql`
    select outbox.resolve_uncertain(${post.campaign.club.id}, ${id}, ${hasArrived}, 'operator:eva', ${post.campaign.now}) as status`;
  return row!.status as unknown;
};

describe('a dead message', () => {
  it('is sent again once a person says so, with its attempts kept and six tries more', async () => {
    const post = await dead();
    expect(await requeue(post)).toEqual({ requeued: 1, expired: 0, refused: 0 });
    expect(await post.message()).toMatchObject({ status: 'queued', error_code: null });
    await post.pass(6);
    for (let attempt = 2; attempt <= 7; attempt += 1) {
      const claim = await post.claimOne();
      expect(claim.attempt).toBe(attempt);
      await post.start(claim);
      await post.settle(claim, { outcome: 'retry', error: 'busy', action: 'none' });
      await post.pass(3600);
    }
    expect(await post.message()).toMatchObject({ status: 'dead' });
    expect((await post.message()).attempts).toHaveLength(7);
  });

  it('keeps its place, however often it was tried, when the number is at fault', async () => {
    const post = await queued();
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const claim = await post.claimOne();
      await post.start(claim);
      await post.settle(claim, {
        outcome: 'retry',
        error: 'expired',
        ...(attempt === 6 ? { action: 'stop_number', error_code: 190 } : { action: 'none' }),
      });
      await post.pass(3600);
    }
    expect(await post.message()).toMatchObject({ status: 'failed' });
    await clubs.sql`select outbox.resume_sending(${post.campaign.club.id}, 'operator:eva', ${post.campaign.now})`;
    expect(await post.claim()).toHaveLength(1);
  });

  it('is checked again like any other before it goes out', async () => {
    const post = await dead();
    await post.campaign.suppress('eva');
    await requeue(post);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
  });

  it('whose time is over stays dead; so does what is not dead, and what a club has not', async () => {
    const post = await dead(['eva', 'jan']);
    expect(await requeue(post, ['eva'])).toMatchObject({ requeued: 1 });
    await clubs.sql`update campaigns.drafts set expires_at = ${post.campaign.now} where client_id = ${await post.campaign.club.idOf('jan')}`;
    expect(await requeue(post, ['eva', 'jan'])).toEqual({ requeued: 0, expired: 1, refused: 1 });
    const other = await clubs.open();
    const [row] = await clubs.sql`
      select outbox.requeue(${other.id}, ${[(await post.message('jan')).id]}::uuid[], 'operator:eva', ${post.campaign.now}) as done`;
    expect(row!.done).toEqual({ requeued: 0, expired: 0, refused: 1 });
  });

  it('twice at once is queued once', async () => {
    const post = await dead();
    const done = await Promise.all([requeue(post), requeue(post)]);
    expect(done).toContainEqual({ requeued: 1, expired: 0, refused: 0 });
    expect(done).toContainEqual({ requeued: 0, expired: 0, refused: 1 });
  });
});

describe('an uncertain message', () => {
  it('cannot be queued again before a person said what became of it', async () => {
    const post = await uncertain();
    expect(await requeue(post)).toEqual({ requeued: 0, expired: 0, refused: 1 });
    expect(await post.claim()).toEqual([]);
  });

  it('that arrived is sent, and counts', async () => {
    const post = await uncertain();
    expect(await resolve(post, true)).toBe('sent');
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'accepted', is_contact: true });
  });

  it('that did not arrive is dead, counts for nothing, and may be sent again', async () => {
    const post = await uncertain();
    expect(await resolve(post, false)).toBe('dead');
    expect(await post.message()).toMatchObject({ status: 'dead', is_contact: false });
    expect(await requeue(post)).toMatchObject({ requeued: 1 });
    await post.pass(6);
    expect(await post.claim()).toHaveLength(1);
  });

  it('that a webhook settled meanwhile stays as it is', async () => {
    const post = await uncertain();
    await post.status('delivered');
    expect(await resolve(post, false)).toBe('sent');
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'delivered', is_contact: true });
  });

  it('asks for an answer', async () => {
    const post = await uncertain();
    await expect(resolve(post, null)).rejects.toThrow('Say whether the message arrived');
  });
});

describe('at the doors', () => {
  it.each(['owner', 'operator'] as const)('an %s decides, and it is audited', async (role) => {
    const post = await dead();
    const { club } = post.campaign;
    const person = await operator(clubs.sql, club.id, role);
    const { id } = await post.message();
    // The door's clock is the real one.
    await clubs.sql`update campaigns.drafts set expires_at = 'infinity' where club_id = ${club.id}`;
    const rows = await asPerson(clubs.sql, person, async (sql) => {
      await sql`select api.requeue_messages(${club.id}, ${[id]}::uuid[])`;
      // Only owners read the log.
      await sql`reset role`;
      return sql`select actor, object from core.audit_log where club_id = ${club.id} and action = 'message.requeued'`;
    });
    expect([...rows]).toEqual([{ actor: `operator:${person}`, object: `message:${id}` }]);
  });

  it.each(['moderator', 'analyst'] as const)('a %s is turned away', async (role) => {
    const post = await dead();
    const { club } = post.campaign;
    const person = await operator(clubs.sql, club.id, role);
    const { id } = await post.message();
    const knock = asPerson(
      clubs.sql,
      person,
      (sql) => sql`select api.requeue_messages(${club.id}, ${[id]}::uuid[])`,
    );
    await expect(knock).rejects.toThrow('Your role in the club does not let you decide about stuck messages');
  });
});
