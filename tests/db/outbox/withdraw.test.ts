import postgres from 'postgres';
import type { Sql } from 'postgres';
import { describe, expect, it, vi } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

const queued = async (names = ['eva']) => Post.queued(await clubs.open(), names);

interface Withdrawn {
  messages: number;
  on_their_way: number;
  drafts: number;
}

interface Whom {
  phone?: string | null;
  userId?: string;
  client?: string;
  cause?: string;
}

/** The person withdraws: by default Eva, by her phone. */
async function withdraw(post: Post, whom: Whom = {}, sql: Sql = clubs.sql): Promise<Withdrawn> {
  const { club, now } = post.campaign;
  const phone = whom.phone === undefined ? await post.campaign.phoneOf('eva') : whom.phone;
  const [row] = await sql<{ withdrawn: Withdrawn }[]>`
    select outbox.withdraw(
      ${club.id}, ${phone}, ${whom.cause ?? 'do_not_contact'}, 'operator:x', ${now}, ${whom.userId ?? null},
      ${whom.client === undefined ? null : await club.idOf(whom.client)}, 'said so at the desk'
    ) as withdrawn`;
  return row!.withdrawn;
}

const suppressions = (post: Post) => clubs.sql`
  select phone, wa_user_id, cause, lifted_at is not null as is_lifted from campaigns.suppressions
  where club_id = ${post.campaign.club.id} order by suppression_id`;

async function learn(post: Post, userId: string, phone: string, sql: Sql = clubs.sql): Promise<void> {
  await sql`select outbox.learn_whatsapp_id(${post.campaign.club.id}, ${userId}, ${phone}, ${post.campaign.now})`;
}

describe('a withdrawal', () => {
  it('suppresses, withdraws the consent, voids the draft and cancels what is queued, at once', async () => {
    const post = await queued();
    expect(await withdraw(post)).toEqual({ messages: 1, on_their_way: 0, drafts: 0 });
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
    expect(await post.runAt()).toBeNull();
    expect(await post.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'suppressed',
    });
    expect(await post.campaign.skip('eva')).toBe('suppressed');
    expect(
      await clubs.sql`select withdrawn_by, withdrawn_how from campaigns.consents where club_id = ${post.campaign.club.id}`,
    ).toEqual([{ withdrawn_by: 'do_not_contact', withdrawn_how: 'said so at the desk' }]);
    expect(await post.claim()).toEqual([]);
  });

  it('voids what is planned, written or waits for a person, and what is approved and not queued yet', async () => {
    for (const status of ['planned', 'drafted', 'pending', 'approved']) {
      const post = await queued();
      await clubs.sql`delete from outbox.messages where club_id = ${post.campaign.club.id}`;
      await clubs.sql`update campaigns.drafts set status = ${status} where club_id = ${post.campaign.club.id}`;
      expect(await withdraw(post), status).toMatchObject({ messages: 0, drafts: 1 });
      expect(await post.campaign.draft('eva'), status).toMatchObject({ status: 'cancelled' });
    }
  });

  it('takes a message back from the worker that has claimed it and not begun to send', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    expect(await withdraw(post)).toMatchObject({ messages: 1, on_their_way: 0 });
    expect(await post.start(claim)).toBe(false);
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      is_contact: false,
      attempts: [{ outcome: 'not_started', error: 'cancelled before the call: suppressed' }],
    });
  });

  it('comes too late for a message whose sending has begun, and says so', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    expect(await withdraw(post)).toEqual({ messages: 0, on_their_way: 1, drafts: 0 });
    expect(await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' })).toBe('sent');
    expect(await post.message()).toMatchObject({ status: 'sent', is_contact: true });
  });

  it('cancels a message that was to be tried again', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'retry', error: '503' });
    expect(await withdraw(post)).toMatchObject({ messages: 1 });
    await post.pass(3600);
    expect(await post.claim()).toEqual([]);
  });

  it('leaves the messages of others', async () => {
    const post = await queued(['eva', 'jan']);
    await withdraw(post);
    expect(await post.claim()).toMatchObject([{ phone: await post.campaign.phoneOf('jan') }]);
  });

  it('of somebody without a phone holds once they have one', async () => {
    const post = await queued();
    await post.campaign.club.client('petr', { phone: null });
    await withdraw(post, { phone: null, client: 'petr' });
    await withdraw(post, { phone: null, client: 'petr' });
    expect(await suppressions(post)).toHaveLength(1);
    await post.campaign.member('petr');
    expect(await post.campaign.candidate('petr')).toMatchObject({ skip_reason: 'suppressed' });
  });

  it('said twice is one suppression, of everybody who is that person by then', async () => {
    const post = await queued(['eva', 'jan']);
    await withdraw(post);
    await post.campaign.club.client('jan', { phone: await post.campaign.phoneOf('eva') });
    await withdraw(post, { cause: 'stop_word' });
    expect(await suppressions(post)).toMatchObject([{ cause: 'do_not_contact' }]);
    await post.campaign.club.client('jan', { phone: '+420777999888' });
    expect(await post.campaign.candidate('jan')).toMatchObject({ skip_reason: 'suppressed' });
  });

  it('at the desk says nothing of who had the phone before; a reply does', async () => {
    for (const [cause, reason] of [
      ['do_not_contact', null],
      ['stop_word', 'suppressed'],
    ] as const) {
      const post = await queued(['eva', 'jan']);
      const phone = await post.campaign.phoneOf('eva');
      await post.campaign.contacted(
        'eva',
        new Date(post.campaign.now.getTime() - 40 * 86_400_000),
        'reactivation',
      );
      await post.campaign.club.client('eva', { phone: '+420777999888' });
      await post.campaign.club.client('jan', { phone });
      await clubs.sql`delete from campaigns.drafts where club_id = ${post.campaign.club.id} and status = 'approved' and planned_at = ${post.campaign.now}`;
      await withdraw(post, { phone, cause });
      const suppressed = await clubs.sql`
        select from campaigns.suppressions_of(${post.campaign.club.id}, ${await post.campaign.club.idOf('eva')}, ${post.campaign.now})`;
      expect(suppressed.length > 0 ? 'suppressed' : null, cause).toBe(reason);
    }
  });

  it('and a claim at the same moment never deadlock, and whatever is claimed cannot be sent', async () => {
    for (let round = 0; round < 5; round += 1) {
      const post = await queued(['eva', 'jan', 'petr']);
      const workers = [0, 1, 2].map(() => postgres(clubs.database.url, { max: 1 }));
      try {
        const [claims] = await Promise.all([
          post.claim({ sql: workers[0]! }),
          withdraw(post, {}, workers[1]!),
          withdraw(post, { cause: 'stop_word' }, workers[2]!),
        ]);
        const phone = await post.campaign.phoneOf('eva');
        for (const claim of claims.filter((each) => each.phone === phone))
          expect(await post.start(claim)).toBe(false);
      } finally {
        await Promise.all(workers.map((worker) => worker.end()));
      }
      expect(await post.message()).toMatchObject({ status: 'cancelled', is_contact: false });
    }
  });
});

describe('a user id without a phone', () => {
  it('is suppressed by itself, and its phone as soon as it is known: queue, plan and all', async () => {
    const post = await queued();
    await withdraw(post, { phone: null, userId: 'CZ.1', cause: 'stop_word' });
    expect(await suppressions(post)).toEqual([
      { phone: null, wa_user_id: 'CZ.1', cause: 'stop_word', is_lifted: false },
    ]);
    const phone = await post.campaign.phoneOf('eva');
    await learn(post, 'CZ.1', phone);
    expect(await suppressions(post)).toEqual([
      { phone: null, wa_user_id: 'CZ.1', cause: 'stop_word', is_lifted: true },
      { phone, wa_user_id: 'CZ.1', cause: 'stop_word', is_lifted: false },
    ]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
  });

  it('is found by the phone that was seen with it before', async () => {
    const post = await queued();
    await learn(post, 'CZ.1', await post.campaign.phoneOf('eva'));
    expect(await withdraw(post, { phone: null, userId: 'CZ.1', cause: 'stop_word' })).toMatchObject({
      messages: 1,
    });
    expect(await suppressions(post)).toMatchObject([
      { phone: await post.campaign.phoneOf('eva'), wa_user_id: 'CZ.1' },
    ]);
  });

  it.each(['stop', 'news'])(
    'that says stop while its phone is being learned is suppressed with the phone, the %s being first',
    async (first) => {
      const post = await queued();
      const phone = await post.campaign.phoneOf('eva');
      const workers = [0, 1].map(() => postgres(clubs.database.url, { max: 1 }));
      const say = (sql: Sql) => withdraw(post, { phone: null, userId: 'CZ.1', cause: 'stop_word' }, sql);
      const hear = (sql: Sql) => learn(post, 'CZ.1', phone, sql);
      const [begins, follows] = first === 'stop' ? [say, hear] : [hear, say];
      try {
        await workers[0]!`begin`;
        await begins(workers[0]!);
        const [waiter] = await workers[1]!<{ pid: number }[]>`select pg_backend_pid() as pid`;
        const following = follows(workers[1]!);
        // It waits for the other one: what that one does is not to be seen yet.
        await vi.waitFor(async () => {
          const locks = await clubs.sql`
            select from pg_stat_activity where pid = ${waiter!.pid} and wait_event_type = 'Lock'`;
          expect(locks).toHaveLength(1);
        });
        await workers[0]!`commit`;
        await following;
      } finally {
        await Promise.all(workers.map((worker) => worker.end()));
      }
      expect((await suppressions(post)).filter((row) => !row['is_lifted'])).toMatchObject([{ phone }]);
    },
  );
});

describe('a member whom the platform excluded from mailings after planning', () => {
  const exclude = async (post: Post, name: string, phone: string) =>
    post.campaign.club.client(name, { phone, is_excluded_from_mailings: true });
  const tick = async (post: Post) => {
    const [row] = await clubs.sql<{ voided: number }[]>`
      select outbox.withdraw_excluded(${post.campaign.club.id}, ${post.campaign.now})::int as voided`;
    return row!.voided;
  };

  it('loses the queued message, and only they do', async () => {
    const post = await queued(['eva', 'jan']);
    expect(await tick(post)).toBe(0);
    await exclude(post, 'eva', await post.campaign.phoneOf('eva'));
    expect(await tick(post)).toBe(1);
    expect(await tick(post)).toBe(0);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
    expect(await post.message('jan')).toMatchObject({ status: 'queued' });
    expect(await suppressions(post)).toEqual([]);
  });

  it('loses the draft that waits for a decision, also when somebody who shares the phone was excluded', async () => {
    const post = await queued();
    await clubs.sql`delete from outbox.messages where club_id = ${post.campaign.club.id}`;
    await clubs.sql`update campaigns.drafts set status = 'pending' where club_id = ${post.campaign.club.id}`;
    await exclude(post, 'mother', await post.campaign.phoneOf('eva'));
    expect(await tick(post)).toBe(1);
    expect(await post.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'suppressed',
    });
  });
});
