import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { Campaign, template } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
const queued = async () => Post.queued(await clubs.open());

const STATUS = 'message_template_status_update';
const QUALITY = 'message_template_quality_update';
const CATEGORY = 'template_category_update';

/** An update of Meta's about the template everybody here has, with a field nobody has heard of. */
async function say(post: Post, field: string, value: Record<string, JSONValue>): Promise<void> {
  await post.receive('other', {
    entry_id: '2065',
    change: {
      field,
      value: {
        message_template_id: 1_200_000_000_000_001,
        message_template_name: 'reactivation_v1',
        message_template_language: 'cs',
        some_new_field: { nested: true },
        ...value,
      },
    },
  });
  await post.process();
}

const read = async (post: Post) => {
  const [row] = await clubs.sql`
    select status, quality, category, stopped_for, stopped_reason, stopped_at from campaigns.templates
    where club_id = ${post.campaign.club.id} and name = 'reactivation_v1' and language = 'cs'`;
  return row!;
};

describe('the status of a template', () => {
  it.each([
    ['PAUSED', 'PAUSED', 'no_template'],
    ['REJECTED', 'REJECTED', 'no_template'],
    ['DISABLED', 'DISABLED', 'no_template'],
    ['PENDING_DELETION', 'PENDING_DELETION', 'no_template'],
    ['SOMETHING_NEW', 'SOMETHING_NEW', 'no_template'],
    ['FLAGGED', 'APPROVED', null],
    ['APPROVED', 'APPROVED', null],
  ])('%s counts at once', async (event, status, reason) => {
    const post = await queued();
    await say(post, STATUS, { event, reason: 'NONE' });
    expect(await read(post)).toMatchObject({ status });
    expect(await post.claim()).toHaveLength(reason === null ? 1 : 0);
    expect(await post.message()).toMatchObject({ status_reason: reason });
  });

  it.each(['REINSTATED', 'UNARCHIVED', 'APPROVED'])('%s lets it go on', async (event) => {
    const post = await queued();
    await say(post, STATUS, { event: 'PAUSED', reason: 'NONE' });
    await say(post, STATUS, { event, reason: 'NONE' });
    expect(await read(post)).toMatchObject({ status: 'APPROVED', stopped_for: [], stopped_reason: null });
  });

  it.each([
    ['its reason', { reason: 'ABUSIVE_CONTENT' }, 'ABUSIVE_CONTENT'],
    ['what the reviewer wrote', { reason: 'NONE', rejection_info: { reason: 'Too vague.' } }, 'Too vague'],
    [
      'what else Meta says',
      { other_info: { title: 'FIRST_PAUSE', description: 'For 3 hours.' } },
      'For 3 hours',
    ],
  ])('is kept with %s', async (_, value, words) => {
    const post = await queued();
    await say(post, STATUS, { event: 'REJECTED', ...value });
    expect((await read(post)).stopped_reason).toContain(`(${words})`);
  });
});

describe('the quality of a template', () => {
  it.each([
    ['GREEN', 1],
    ['YELLOW', 1],
    ['UNKNOWN', 1],
    ['RED', 0],
  ])('%s counts at once', async (quality, sent) => {
    const post = await queued();
    await say(post, QUALITY, { previous_quality_score: 'YELLOW', new_quality_score: quality });
    expect(await read(post)).toMatchObject({ quality, status: 'APPROVED' });
    expect(await post.claim()).toHaveLength(sent);
  });
});

describe('the category of a template', () => {
  it('moved by Meta stops it, and says from where to where', async () => {
    const post = await queued();
    await say(post, CATEGORY, { previous_category: 'MARKETING', new_category: 'UTILITY' });
    expect(await read(post)).toMatchObject({ category: 'UTILITY', stopped_at: post.campaign.now });
    expect((await read(post)).stopped_reason).toContain('moved it from MARKETING to UTILITY');
    expect(await post.claim()).toEqual([]);
  });

  it('that Meta announces to move stops it, until an operator accepts; the move itself is then no news', async () => {
    const post = await queued();
    await say(post, CATEGORY, { new_category: 'MARKETING', correct_category: 'UTILITY' });
    expect(await read(post)).toMatchObject({ category: 'MARKETING', stopped_for: ['category'] });
    await clubs.sql`
      select campaigns.resume_template(${post.campaign.club.id}, 'reactivation_v1', 'cs', 'test', ${post.campaign.now})`;
    await say(post, CATEGORY, { previous_category: 'MARKETING', new_category: 'UTILITY' });
    expect(await read(post)).toMatchObject({ category: 'UTILITY', stopped_for: [] });
  });

  it('is heard in a status update too', async () => {
    const post = await queued();
    await say(post, STATUS, { event: 'APPROVED', reason: 'NONE', message_template_category: 'UTILITY' });
    expect(await read(post)).toMatchObject({ status: 'APPROVED', stopped_for: ['category'] });
  });
});

describe('a message that WhatsApp refuses because of its template', () => {
  it('stops the template, says so, and leaves it stopped only until Meta’s list shows it as good', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'final', error: 'x', error_code: 132015, action: 'stop_template' });
    expect(await read(post)).toMatchObject({ status: 'PAUSED', stopped_for: ['status'] });
    expect((await read(post)).stopped_reason).toContain('was refused (WhatsApp error 132015)');
    await post.pass(3600);
    await post.campaign.templates([template()]);
    expect(await read(post)).toMatchObject({ status: 'APPROVED', stopped_for: [] });
  });
});

describe('an update about a template', () => {
  it('concerns every club that mirrors it, and no other template', async () => {
    const post = await queued();
    const other = await Campaign.start(await clubs.open());
    await other.templates([
      template(),
      template({ language: 'uk' }),
      template({ name: 'reactivation_v2', language: 'cs' }),
    ]);
    const without = await Campaign.start(await clubs.open(), undefined, []);
    await say(post, QUALITY, { new_quality_score: 'RED' });
    const rows = await clubs.sql`
      select club_id::int, name, language from campaigns.templates where quality = 'RED' order by club_id`;
    expect(rows).toEqual(
      [post.campaign.club.id, other.club.id].map((club_id) => ({
        club_id,
        name: 'reactivation_v1',
        language: 'cs',
      })),
    );
    expect(await clubs.sql`select from campaigns.templates where club_id = ${without.club.id}`).toHaveLength(
      0,
    );
  });

  it.each([STATUS, QUALITY, CATEGORY])(
    'that says nothing we know (%s) changes nothing, and is kept whole',
    async (field) => {
      const post = await queued();
      const before = await read(post);
      await say(post, field, { hitherto: 'unknown' });
      expect(await read(post)).toEqual(before);
      const [event] = await clubs.sql`select payload, error from outbox.webhook_events`;
      expect(event).toMatchObject({
        error: null,
        payload: { change: { field, value: { hitherto: 'unknown', some_new_field: { nested: true } } } },
      });
    },
  );
});
