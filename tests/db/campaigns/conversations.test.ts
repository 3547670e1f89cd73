import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
const SAID = { type: 'text', text: { body: 'Díky, kdy máte otevřeno?' } };
const DAY = 24 * 3600;

const queued = async (names: string[] = ['eva']) => Post.queued(await clubs.open(), names);
const says = async (post: Post, name = 'eva', content: Parameters<Post['reply']>[1] = SAID) =>
  post.reply(await post.campaign.phoneOf(name), content);
const reason = async (post: Post, name = 'eva') => (await post.campaign.candidate(name))?.skip_reason;

async function conversations(post: Post) {
  return clubs.sql`
    select kind, closed_at, close_reason from campaigns.conversations
    where club_id = ${post.campaign.club.id} order by conversation_id`;
}

async function fresh(): Promise<Post> {
  const post = await queued([]);
  await post.campaign.member('eva');
  return post;
}

describe('while a member writes with the club', () => {
  it('no scenario is planned for them, and the reason is kept', async () => {
    const post = await fresh();
    expect(await reason(post)).toBeNull();
    await says(post);
    expect(await reason(post)).toBe('in_conversation');
    await post.campaign.plan();
    expect(await post.campaign.draft('eva')).toBeUndefined();
    expect(await post.campaign.skip('eva')).toBe('in_conversation');
  });

  it('nor for whoever shares the phone, nor for them on another phone', async () => {
    const post = await fresh();
    await post.campaign.member('child', [94, 100], { phone: await post.campaign.phoneOf('eva') });
    await says(post);
    expect(await reason(post, 'child')).toBe('in_conversation');
    await post.campaign.club.client('eva', { phone: '+420777999888' });
    expect(await reason(post)).toBe('in_conversation');
  });

  it('an approval is refused, and a queued message is void', async () => {
    const post = await queued();
    await says(post);
    const draft = await post.campaign.draft('eva');
    const [row] =
      await clubs.sql`select campaigns.recheck(${post.campaign.club.id}, ${draft!.id}, ${post.campaign.now}) as reason`;
    expect(row!.reason).toBe('in_conversation');
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'in_conversation' });
  });

  it('others are planned for as before', async () => {
    const post = await fresh();
    await post.campaign.member('jan');
    await says(post);
    expect(await reason(post, 'jan')).toBeNull();
  });

  it('a past day is judged by what was known then', async () => {
    const post = await fresh();
    await post.pass(DAY);
    await says(post);
    expect(await reason(post)).toBeNull();
  });
});

describe('a conversation', () => {
  it('is one, however often the member writes, and another after it was closed', async () => {
    const post = await fresh();
    await says(post);
    await says(post);
    expect(await conversations(post)).toHaveLength(1);
    await post.closeConversations();
    expect(await reason(post)).toBeNull();
    await says(post);
    expect(await conversations(post)).toHaveLength(2);
  });

  it('is opened by no reaction and no STOP', async () => {
    const post = await fresh();
    await says(post, 'eva', { type: 'reaction', reaction: { emoji: '👍' } });
    await says(post, 'eva', { type: 'text', text: { body: 'STOP' } });
    expect(await conversations(post)).toEqual([]);
  });

  it.each([
    ['a STOP', (post: Post) => says(post, 'eva', { type: 'text', text: { body: 'STOP' } })],
    ['WhatsApp’s settings', (post: Post) => post.campaign.suppress('eva', 'user_preferences')],
    ['an operator who notes it', (post: Post) => post.campaign.suppress('eva', 'do_not_contact')],
  ])('ends with %s', async (_, optOut) => {
    const post = await fresh();
    await says(post);
    await optOut(post);
    expect(await conversations(post)).toMatchObject([{ close_reason: 'opted_out' }]);
  });

  it('does not end because the phone did not answer', async () => {
    const post = await fresh();
    await says(post);
    await post.campaign.suppress('eva', 'unreachable');
    expect(await conversations(post)).toMatchObject([{ closed_at: null }]);
  });

  const closeStale = async (post: Post) =>
    (await clubs.sql`select outbox.close_stale_conversations(${post.campaign.now})::int as closed`)[0]!
      .closed as number;

  it('is over after seven days without a message, not before', async () => {
    const post = await fresh();
    await says(post);
    await post.pass(7 * DAY - 1);
    expect(await closeStale(post)).toBe(0);
    await post.pass(1);
    expect(await closeStale(post)).toBe(1);
    expect(await conversations(post)).toMatchObject([{ close_reason: 'silence' }]);
  });

  it('of an unclear wish waits for a person, however long', async () => {
    const post = await fresh();
    await says(post, 'eva', { type: 'text', text: { body: 'Už mi prosím nepište.' } });
    expect(await conversations(post)).toMatchObject([{ kind: 'unclear_wish' }]);
    await post.pass(60 * DAY);
    expect(await closeStale(post)).toBe(0);
    expect(await reason(post)).toBe('in_conversation');
  });
});
