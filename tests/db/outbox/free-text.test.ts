import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';
import type { Claim } from '../post.ts';

type Handed = Claim & { form: string; body: string | null };

const clubs = useClubs();
const SAID = { type: 'text', text: { body: 'Díky, ozvu se.' } };
/** What the function send-messages reports of error 131047. */
const WINDOW_CLOSED = {
  outcome: 'final',
  action: 'close_window',
  error_code: 131047,
  error: 'Re-engagement message',
};

/** Eva has just written; the message planned for her is approved and waits in the queue. */
async function answered(message?: string): Promise<Post> {
  const post = await Post.queued(await clubs.open(), []);
  await post.campaign.member('eva');
  await post.reply(await post.campaign.phoneOf('eva'), SAID);
  await post.closeConversations();
  await post.campaign.plan();
  await post.campaign.write(message);
  return post;
}

const handed = async (post: Post) => (await post.claimOne()) as Handed;

async function approvedWords(post: Post) {
  const draft = await post.campaign.draft('eva');
  const [row] = await clubs.sql<{ rendered: string }[]>`
    select rendered from campaigns.draft_versions where draft_id = ${draft!.id} and version = ${draft!.version}`;
  return row!.rendered;
}

async function queuedRows(post: Post) {
  return (await clubs.sql`select 1 from outbox.queue where club_id = ${post.campaign.club.id}`).length;
}

describe('A full message', () => {
  it('is handed out as it was approved: the words, a blank line, who writes, what it is and the way out', async () => {
    const post = await answered('Těšíme se na vás v úterý.');
    const claim = await handed(post);
    expect(claim).toMatchObject({
      form: 'free_text',
      body: 'Těšíme se na vás v úterý.\n\nVltava Fit\nObchodní sdělení · Odhlášení: odpovězte STOP',
    });
    expect(claim.body).toBe(await approvedWords(post));
  });

  it('is the version that was approved, byte for byte, whatever is in it', async () => {
    const oneLine = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
      .map((text) => text.replaceAll(/[\0\s]+/gu, ' ').trim())
      .filter((text) => text !== '');
    await fc.assert(
      fc.asyncProperty(oneLine, async (message) => {
        const post = await Post.queued(await clubs.open(), []);
        await post.campaign.club.set({ delivery_mode: 'moderation' });
        await post.campaign.member('eva');
        await post.reply(await post.campaign.phoneOf('eva'), SAID);
        await post.closeConversations();
        await post.campaign.plan();
        await post.campaign.write();
        const draft = await post.campaign.draft('eva');
        await clubs.sql`
          select campaigns.write_version(
            ${post.campaign.club.id}, ${draft!.id}, ${message}, 'operator', 'operator:x', '{}', ${post.campaign.now}
          )`;
        await post.campaign.decide('eva', 'approved', 2);
        await clubs.sql`select outbox.enqueue_approved(${post.campaign.club.id}, ${post.campaign.now})`;
        const { body } = await handed(post);
        expect(Buffer.from(body!)).toEqual(Buffer.from(await approvedWords(post)));
        expect(body!.startsWith(`${message}\n\n`)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('is none to a member who wrote nothing: then it is a template, without a body of its own', async () => {
    const post = await Post.queued(await clubs.open());
    expect(await handed(post)).toMatchObject({ form: 'template', body: null });
  });

  it('is free: once delivered it is not billed, even before Meta says so', async () => {
    const post = await answered();
    const billed = async () => {
      const [row] = await clubs.sql<{ is_delivered: boolean; is_billed: boolean }[]>`
        select is_delivered, is_billed
        from outbox.journeys(${post.campaign.club.id}, '2026-06-15', '2026-06-15', ${post.campaign.now})`;
      return row;
    };
    await post.claimOne();
    await post.status('delivered');
    expect(await billed()).toEqual({ is_delivered: true, is_billed: false });
    await clubs.sql`update outbox.messages set form = 'template' where club_id = ${post.campaign.club.id}`;
    expect(await billed()).toEqual({ is_delivered: true, is_billed: true });
  });
});

describe('A full message whose window closed before it went out', () => {
  it.each([
    ['because it waited', (post: Post) => post.pass(24 * 3600)],
    ['because less than five minutes are left', (post: Post) => post.pass(24 * 3600 - 299)],
    [
      'because the member has another number now',
      (post: Post) => post.campaign.club.client('eva', { phone: '+420777333444' }),
    ],
  ])('%s is not handed out, and counts as no contact', async (_, close) => {
    const post = await answered();
    await close(post);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      status_reason: 'window_closed',
      is_contact: false,
      attempts: [],
    });
    expect(await post.campaign.skip('eva')).toBe('window_closed');
  });

  it('is expired like any other when the member wrote again and it waited too long all the same', async () => {
    const post = await answered();
    await post.pass(12 * 3600);
    await post.reply(await post.campaign.phoneOf('eva'), SAID);
    await post.pass(12 * 3600);
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'expired' });
  });

  it('by WhatsApp’s own reckoning is void at once, and goes out as a template once it is planned anew', async () => {
    const post = await answered();
    const claim = await post.claimOne();
    await post.start(claim);
    expect(await post.settle(claim, WINDOW_CLOSED)).toBe('cancelled');
    expect(await post.message()).toMatchObject({
      status: 'cancelled',
      status_reason: 'window_closed',
      error_code: 131047,
      is_contact: false,
      attempts: [{ attempt: 1, outcome: 'final', error: 'Re-engagement message' }],
    });
    expect(await queuedRows(post)).toBe(0);
    expect(await post.campaign.draft('eva')).toMatchObject({
      status: 'cancelled',
      decision_reason: 'window_closed',
    });

    await post.pass(60);
    expect(await post.campaign.plan()).toMatchObject({ planned: 1 });
    await post.campaign.write();
    expect(await handed(post)).toMatchObject({ form: 'template', attempt: 1 });
    expect(await post.message()).toMatchObject({ status: 'sending', is_contact: true });
  });

  it('is not asked for again after a status said so, and stays what it became', async () => {
    const post = await answered();
    await post.claimOne();
    await post.status('failed', { errors: [{ code: 131047 }] });
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'failed', is_contact: true });
    const [row] = await clubs.sql`
      select campaigns.window_closes_at(
        ${post.campaign.club.id}, ${await post.campaign.club.idOf('eva')}, ${post.campaign.now}
      ) as closes_at`;
    expect(row!.closes_at).toBeNull();
  });

  it('ends a template message that was refused for it like any final error', async () => {
    const post = await Post.queued(await clubs.open());
    const claim = await post.claimOne();
    expect(await post.settle(claim, WINDOW_CLOSED)).toBe('dead');
    expect(await post.message()).toMatchObject({ status: 'dead', error_code: 131047, is_contact: false });
  });

  it('is noted also when the lease had ended meanwhile', async () => {
    const post = await answered();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.pass(61);
    await post.claim();
    expect(await post.settle(claim, WINDOW_CLOSED)).toBe('lease_lost');
    expect(await post.message()).toMatchObject({ status: 'uncertain' });
    const refused = await clubs.sql`
      select 1 from campaigns.service_windows where club_id = ${post.campaign.club.id} and refused_at is not null`;
    expect(refused).toHaveLength(1);
  });
});
