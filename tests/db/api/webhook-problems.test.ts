import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();
const DAY = 24 * 3600;
/** Somebody who hides the number and says STOP, of whom nobody knows anything. */
const STRANGER = {
  id: 'wamid.stranger',
  from_user_id: 'CZ.1',
  timestamp: '1781517600',
  type: 'text',
  text: { body: 'STOP' },
};

async function told(payload: JSONValue = STRANGER, kind = 'message'): Promise<Post> {
  const post = await Post.queued(await clubs.open(), ['eva']);
  await post.receive(kind, payload);
  await post.process();
  return post;
}

async function problems(post: Post, role = 'owner', clubId = post.campaign.club.id) {
  const person = await operator(clubs.sql, clubId, role);
  const rows = await asPerson(clubs.sql, person, (sql) => sql`select * from api.webhook_problems(${clubId})`);
  return rows as unknown as {
    event_id: string;
    error: string;
    wa_user_id: string | null;
    payload: JSONValue;
  }[];
}

describe('an update that needs a person', () => {
  it('is shown with what to do, and its words to owners alone', async () => {
    const post = await told();
    expect(await problems(post)).toMatchObject([
      {
        error: expect.stringContaining('find them by hand'),
        wa_user_id: 'CZ.1',
        payload: { id: 'wamid.stranger' },
      },
    ]);
    expect(await problems(post, 'operator')).toMatchObject([{ wa_user_id: 'CZ.1', payload: null }]);
  });

  it.each(['moderator', 'analyst'])('is not shown to a %s', async (role) => {
    const post = await told();
    await expect(problems(post, role)).rejects.toThrow('Your role in the club does not let you see');
  });

  it('about a member of one club is not shown to another', async () => {
    const post = await told({ id: 'wamid.x', from: '420777000001', timestamp: 'not a time', type: 'text' });
    const mine = await post.campaign.phoneOf('eva');
    await post.receive('message', {
      id: 'wamid.y',
      from: mine.slice(1),
      timestamp: 'not a time',
      type: 'text',
    });
    await post.process();
    const other = await clubs.open();
    const seen = (await problems(post)).map(({ payload }) => (payload as { id: string }).id);
    expect(seen).toContain('wamid.y');
    expect(
      (await problems(post, 'owner', other.id)).map(({ payload }) => (payload as { id: string }).id),
    ).not.toContain('wamid.y');
  });

  it('is settled by a note, for this club, once', async () => {
    const post = await told();
    const { id, sql } = post.campaign.club;
    const event = (await problems(post))[0]!.event_id;
    const settle = async (note: string) =>
      (
        await sql`select outbox.settle_webhook_problem(${id}, ${event}, ${note}, 'operator:eva', ${post.campaign.now}) as done`
      )[0]!.done as boolean;
    await expect(settle('  ')).rejects.toThrow('settled_problems_say_how');
    expect(await settle('Called her.')).toBe(true);
    expect(await settle('Again.')).toBe(false);
    expect(await problems(post)).toEqual([]);
  });

  it('is understood when it is processed again after its cause is mended', async () => {
    const post = await told();
    const { id, sql } = post.campaign.club;
    const event = (await problems(post))[0]!.event_id;
    const retry = async () =>
      (
        await sql`select outbox.retry_webhook_problem(${id}, ${event}, 'operator:eva', ${post.campaign.now}) as left_to_do`
      )[0]!.left_to_do as string | null;
    expect(await retry()).toContain('find them by hand');
    await sql`select outbox.learn_whatsapp_id(${id}, 'CZ.1', ${await post.campaign.phoneOf('eva')}, ${post.campaign.now})`;
    expect(await retry()).toBeNull();
    expect(await post.campaign.candidate('eva')).toMatchObject({ skip_reason: 'suppressed' });
    expect(await problems(post)).toEqual([]);
  });
});

describe('updates that were processed', () => {
  const left = async () => (await clubs.sql`select from outbox.webhook_events`).length;

  it('are forgotten after 30 days, but not those that still need a person', async () => {
    const post = await told();
    await post.receive('message', {
      id: 'wamid.ok',
      from: '420777000001',
      timestamp: '1781517600',
      type: 'text',
    });
    await post.process();
    const forget = (seconds: number) =>
      clubs.sql`select outbox.forget_webhook_events(${new Date(post.campaign.now.getTime() + seconds * 1000)})`;
    await forget(30 * DAY);
    expect(await left()).toBe(2);
    await forget(30 * DAY + 1);
    expect(await left()).toBe(1);
    expect(await problems(post)).toHaveLength(1);
  });
});
