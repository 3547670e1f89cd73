import { beforeAll, describe, expect, it } from 'vitest';
import { defineScenario } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
beforeAll(() => defineScenario(clubs.sql));

const members = (count: number) => Array.from({ length: count }, (_, index) => `member-${index}`);

/** The number has its full second again. */
const rested = () =>
  clubs.sql`update outbox.pace set messages_left = messages_per_second, filled_at = null, slowed_until = null`;

async function queued(names: string[]): Promise<Post> {
  await clubs.sql`delete from campaigns.outreaches`;
  await rested();
  return Post.queued(await clubs.open(), names);
}

describe('the number', () => {
  it('sends no more in a second than its pace, whoever claims', async () => {
    const post = await queued(members(7));
    await clubs.sql`update outbox.pace set messages_per_second = 3, messages_left = 3`;
    try {
      expect(await post.claim()).toHaveLength(3);
      expect(await post.claim()).toHaveLength(0);
      await post.pass(0.7);
      expect(await post.claim()).toHaveLength(2);
      await post.pass(50);
      expect(await post.claim()).toHaveLength(2);
    } finally {
      await clubs.sql`update outbox.pace set messages_per_second = 80`;
      await rested();
    }
  });

  it('that was too fast pauses, and goes at half its pace for a minute', async () => {
    const post = await queued(members(70));
    await clubs.sql`select outbox.slow_pace(${post.campaign.now})`;
    expect(await post.claim()).toHaveLength(0);
    await post.pass(1);
    expect(await post.claim()).toHaveLength(40);
    await post.pass(58);
    expect(await post.claim()).toHaveLength(30);
    await rested();
  });

  it('gives nothing for a clock that goes back', async () => {
    const post = await queued(members(2));
    await clubs.sql`update outbox.pace set messages_left = 0, filled_at = ${post.campaign.now}`;
    await post.pass(-30);
    expect(await post.claim()).toHaveLength(0);
    await rested();
  });
});

describe('the portfolio’s limit', () => {
  const reached = async () =>
    (await clubs.sql<{ phone: string }[]>`select phone from campaigns.outreaches`).map(({ phone }) => phone);

  it('is of people in a rolling 24 hours; the rest wait, and lose nothing', async () => {
    const post = await queued(members(3));
    await post.campaign.club.set({ portfolio_limit: 2 });
    for (const claim of await post.claim()) {
      await post.start(claim);
      await post.settle(claim, { outcome: 'accepted', wamid: `wamid.${claim.message_id}` });
    }
    expect(await reached()).toHaveLength(2);
    expect(await post.claim()).toHaveLength(0);
    await post.pass(16 * 60);
    expect(await post.claim()).toHaveLength(0);
    await clubs.sql`update campaigns.outreaches set reached_at = ${new Date(post.campaign.now.getTime() - 24 * 3600_000)}`;
    await post.pass(16 * 60);
    expect(await post.claim()).toHaveLength(1);
  });

  it('counts those of other clubs, who share the number, and nobody twice', async () => {
    const post = await queued(members(2));
    const other = await clubs.open();
    const shared = await post.campaign.phoneOf('member-0');
    for (const phone of [shared, '+420777000001', '+420777000002'])
      await clubs.sql`
        insert into campaigns.outreaches values (${other.id}, gen_random_uuid(), ${phone}, ${post.campaign.now})`;
    await post.campaign.club.set({ portfolio_limit: 3 });
    const claims = await post.claim();
    expect(claims.map(({ phone }) => phone)).toEqual([shared]);
  });

  it('is given back what certainly did not go out, and keeps what may have', async () => {
    const post = await queued(['eva', 'jan']);
    const [first, second] = await post.claim();
    expect(await reached()).toHaveLength(2);
    for (const claim of [first!, second!]) await post.start(claim);
    await post.settle(first!, { outcome: 'final', error: 'no', action: 'none' });
    await post.settle(second!, { outcome: 'uncertain', error: 'no answer' });
    expect(await reached()).toEqual([second!.phone]);
  });

  it('does not count whoever wrote to us within 24 hours', async () => {
    const post = await queued(['eva']);
    await clubs.sql`
      select campaigns.note_inbound(
        ${post.campaign.club.id}, ${await post.campaign.club.idOf('eva')}, ${await post.campaign.phoneOf('eva')},
        ${post.campaign.now}, ${post.campaign.now}
      )`;
    expect(await post.claim()).toHaveLength(1);
    expect(await reached()).toEqual([]);
  });
});

describe('one member', () => {
  it('gets one message in 6 seconds, whatever it is', async () => {
    const post = await queued(['eva']);
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' });
    const id = await answer(post);
    expect(await post.claim()).toHaveLength(0);
    await post.pass(5);
    expect(await post.claim()).toHaveLength(0);
    await post.pass(1);
    expect((await post.claim()).map(({ message_id }) => message_id)).toEqual([id]);
  });
});

/** An operator's answer to Eva, who has just written. */
async function answer(post: Post, name = 'eva'): Promise<string> {
  const { club, now } = post.campaign;
  const [client, phone] = [await club.idOf(name), await post.campaign.phoneOf(name)];
  await clubs.sql`select campaigns.note_inbound(${club.id}, ${client}, ${phone}, ${now}, ${now})`;
  const [row] = await clubs.sql<{ message_id: string }[]>`
    with message as (
      insert into outbox.messages (club_id, purpose, conversation_id, author, client_id, phone, form, rendered, queued_at)
      values (
        ${club.id}, 'answer', campaigns.note_conversation(${club.id}, ${client}, ${phone}, false, ${now}, ${now}),
        'operator:test', ${client}, ${phone}, 'free_text', 'We open at six.', ${now}
      )
      returning *
    )
    insert into outbox.queue (club_id, message_id, purpose, run_at)
    select club_id, message_id, purpose, ${now} from message
    returning message_id`;
  return row!.message_id;
}

describe('an answer', () => {
  it('goes before campaigns, and in quiet hours and with an old mirror too', async () => {
    const post = await queued(members(3));
    const id = await answer(post, 'member-2');
    const [first] = await post.claim({ limit: 1 });
    expect(first).toMatchObject({ message_id: id, purpose: 'answer', body: 'We open at six.' });
  });

  it.each([
    ['quiet', { sending_opens_at: '12:01' }, 1],
    ['stale', { stale_after_minutes: 1 }, 1],
    ['paused', { sending_paused_at: '2026-06-15T09:00:00Z' }, 0],
  ])('while the club is %s', async (_, settings, handed) => {
    const post = await queued(['eva']);
    const id = await answer(post);
    await post.campaign.synced(new Date(post.campaign.now.getTime() - 5 * 60_000));
    await post.campaign.club.set(settings);
    const claims = await post.claim();
    expect(claims.map(({ message_id }) => message_id)).toEqual(handed ? [id] : []);
  });

  it('is void once the 24 hours are over, and no skip of a scenario is stored for it', async () => {
    const post = await queued([]);
    await post.campaign.member('eva');
    const id = await answer(post);
    await post.pass(24 * 3600);
    expect(await post.claim()).toEqual([]);
    const [row] = await clubs.sql`select status, status_reason from outbox.messages where message_id = ${id}`;
    expect(row).toEqual({ status: 'cancelled', status_reason: 'window_closed' });
    expect(await post.campaign.skip('eva')).toBeUndefined();
  });

  it('counts for no cooldown and no cap', async () => {
    const post = await queued([]);
    await post.campaign.member('eva');
    await answer(post);
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.2' });
    expect(
      await clubs.sql`select from campaigns.contacts where club_id = ${post.campaign.club.id}`,
    ).toHaveLength(0);
  });
});
