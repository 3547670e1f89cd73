import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();

const text = (body: string) => ({ type: 'text', text: { body } });

async function member(names = ['eva']): Promise<Post> {
  const post = await Post.queued(await clubs.open(), []);
  for (const name of names) await post.campaign.member(name);
  return post;
}

const writes = async (post: Post, content: Record<string, JSONValue>) =>
  post.reply(await post.campaign.phoneOf('eva'), content);

const conversations = (post: Post) => clubs.sql`
  select kind, close_reason, closed_by, last_inbound_at from campaigns.conversations
  where club_id = ${post.campaign.club.id} order by conversation_id`;

const suppressions = (post: Post) => clubs.sql`
  select cause from campaigns.suppressions where club_id = ${post.campaign.club.id} and lifted_at is null`;

const replies = (post: Post) => clubs.sql`
  select type, body, is_opt_out from outbox.replies where club_id = ${post.campaign.club.id} order by reply_id`;

describe('A member’s message opens a conversation', () => {
  it.each<[string, Record<string, JSONValue>, string]>([
    ['a text', text('Kdy je jóga?'), 'Kdy je jóga?'],
    ['a picture with words', { type: 'image', image: { id: '1', caption: 'Moje noha' } }, 'Moje noha'],
    ['a voice message', { type: 'audio', audio: { id: '1', voice: true } }, ''],
    ['a place', { type: 'location', location: { latitude: 50, longitude: 14 } }, ''],
    ['a button', { type: 'button', button: { payload: 'yes', text: 'Přijdu' } }, 'Přijdu'],
    [
      'a choice from a list',
      { type: 'interactive', interactive: { type: 'list_reply', list_reply: { id: '1', title: 'Jóga' } } },
      'Jóga',
    ],
  ])('when it is %s, and is kept with its type', async (_, content, body) => {
    const post = await member();
    await writes(post, content);
    expect(await conversations(post)).toMatchObject([{ kind: 'reply', close_reason: null }]);
    expect(await replies(post)).toEqual([{ type: content['type'], body, is_opt_out: false }]);
  });

  it.each<[string, Record<string, JSONValue>]>([
    ['a reaction', { type: 'reaction', reaction: { message_id: 'wamid.1', emoji: '👍' } }],
    ['what WhatsApp says of a number', { type: 'system', system: { type: 'user_changed_number' } }],
    ['what WhatsApp cannot show', { type: 'unsupported', errors: [{ code: 131051 }] }],
  ])('but not when it is %s', async (_, content) => {
    const post = await member();
    await writes(post, content);
    expect(await conversations(post)).toEqual([]);
  });

  it('which the next one prolongs, and one that came before it does not', async () => {
    const post = await member();
    await writes(post, text('Kdy je jóga?'));
    await post.pass(3600);
    await writes(post, text('A pilates?'));
    const [open, ...others] = await conversations(post);
    expect(others).toEqual([]);
    expect(open!['last_inbound_at']).toEqual(post.campaign.now);
    await writes(post, { ...text('Dobrý den'), timestamp: '1781500000' });
    expect((await conversations(post))[0]!['last_inbound_at']).toEqual(post.campaign.now);
  });

  it('once: the same message again, under another key, changes nothing', async () => {
    const post = await member();
    const again = { ...text('Kdy je jóga?'), id: 'wamid.same' };
    await writes(post, again);
    await clubs.sql`
      select campaigns.close_conversation(club_id, conversation_id, 'answered', 'operator:x', ${post.campaign.now})
      from campaigns.conversations where club_id = ${post.campaign.club.id}`;
    await writes(post, again);
    expect(await conversations(post)).toMatchObject([{ close_reason: 'answered' }]);
    expect(await replies(post)).toHaveLength(1);
  });

  it('in each club where the person is a client', async () => {
    const post = await member();
    const other = await Campaign.start(await clubs.open());
    await other.member('olga', undefined, { phone: await post.campaign.phoneOf('eva') });
    await writes(post, text('Kdy je jóga?'));
    const rows = await clubs.sql`
      select club_id::int as club from campaigns.conversations where closed_at is null order by club_id`;
    expect(rows).toEqual([{ club: post.campaign.club.id }, { club: other.club.id }]);
  });

  it('of whom we wrote to, where several share the phone, and knows which message it answers', async () => {
    const post = await member(['olga', 'eva']);
    const phone = await post.campaign.phoneOf('eva');
    await post.campaign.club.client('olga', { phone });
    await post.campaign.plan();
    await post.campaign.write();
    const claims = await post.claim();
    for (const [index, claim] of claims.entries())
      await post.settle(claim, { outcome: 'accepted', wamid: `wamid.${index}` });
    const [written] = await clubs.sql<{ message_id: string; client_id: number }[]>`
      select message_id, client_id::int as client_id from outbox.messages
      where club_id = ${post.campaign.club.id} and wamid is not null order by client_id desc limit 1`;
    const [known] = await clubs.sql<{ wamid: string }[]>`
      select wamid from outbox.messages where message_id = ${written!.message_id}`;
    await post.reply(phone, { ...text('Přijdu'), context: { id: known!.wamid } });
    const rows = await clubs.sql`
      select reply.message_id, talk.client_id::int as client_id
      from outbox.replies as reply
      join campaigns.conversations as talk using (club_id, client_id)
      where reply.club_id = ${post.campaign.club.id}`;
    expect(rows).toEqual([written]);
  });
});

describe('A member who says stop', () => {
  it.each<[string, Record<string, JSONValue>, string]>([
    ['under a picture', { type: 'image', image: { id: '1', caption: 'STOP prosím' } }, 'stop_word'],
    ['with a quick reply', { type: 'button', button: { payload: 'x', text: 'Odhlásit' } }, 'button'],
    [
      'with a button of a message',
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: '1', title: 'Отписаться' } },
      },
      'button',
    ],
    [
      'with the button of ours, whatever it is called',
      { type: 'button', button: { payload: 'optout:0', text: 'Už ne' } },
      'button',
    ],
  ])('%s is withdrawn, and opens no conversation', async (_, content, cause) => {
    const post = await member();
    await writes(post, content);
    expect(await suppressions(post)).toEqual([{ cause }]);
    expect(await conversations(post)).toEqual([]);
    expect(await replies(post)).toMatchObject([{ is_opt_out: true }]);
  });

  it('ends the conversation that is open', async () => {
    const post = await member();
    await writes(post, text('Už mi nepište'));
    await writes(post, text('STOP'));
    expect(await conversations(post)).toMatchObject([
      { kind: 'unclear_wish', close_reason: 'opted_out', closed_by: 'member:whatsapp' },
    ]);
  });
});

describe('An unclear wish', () => {
  const settle = async (post: Post, isOptOut: boolean) => clubs.sql`
    select outbox.settle_wish(club_id, conversation_id, ${isOptOut}, 'operator:x', ${post.campaign.now})
    from campaigns.conversations where club_id = ${post.campaign.club.id}`;

  async function wish(): Promise<Post> {
    const post = await member();
    await writes(post, text('Kdy je jóga?'));
    await writes(post, text('už mi nepište'));
    await writes(post, text('Děkuji'));
    return post;
  }

  it('is marked as one, for a person, and an ordinary message after it leaves it so', async () => {
    const post = await wish();
    expect(await conversations(post)).toMatchObject([{ kind: 'unclear_wish', close_reason: null }]);
    expect(await suppressions(post)).toEqual([]);
  });

  it('that a person takes for an opt-out withdraws the member, confirms it and ends the conversation', async () => {
    const post = await wish();
    await settle(post, true);
    expect(await suppressions(post)).toEqual([{ cause: 'stop_word' }]);
    expect(await conversations(post)).toMatchObject([{ close_reason: 'opted_out', closed_by: 'operator:x' }]);
    const consents = await clubs.sql`
      select withdrawn_by, withdrawn_how from campaigns.consents where club_id = ${post.campaign.club.id}`;
    expect(consents).toEqual([{ withdrawn_by: 'stop_word', withdrawn_how: 'said in a reply' }]);
    expect(await post.claimOne()).toMatchObject({ purpose: 'confirmation' });
  });

  it('that a person takes for none stays open as an ordinary answer, and who decided is known', async () => {
    const post = await wish();
    await settle(post, false);
    expect(await conversations(post)).toMatchObject([{ kind: 'reply', close_reason: null }]);
    expect(await suppressions(post)).toEqual([]);
    const audit = await clubs.sql`
      select actor from core.audit_log where club_id = ${post.campaign.club.id} and action = 'wish.declined'`;
    expect(audit).toEqual([{ actor: 'operator:x' }]);
  });

  it('is decided once', async () => {
    const post = await wish();
    await settle(post, false);
    await expect(settle(post, true)).rejects.toMatchObject({ code: 'P0002' });
    expect(await suppressions(post)).toEqual([]);
  });
});
