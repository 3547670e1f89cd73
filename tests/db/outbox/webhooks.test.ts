import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

const clubs = useClubs();
const queued = async (names?: string[]) => Post.queued(await clubs.open(), names);

const RANKS = ['sent', 'failed', 'delivered', 'read'];

describe('a status', () => {
  it('in any order, any number of times, leaves the highest one', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' });
    const statuses = fc.array(fc.constantFrom(...RANKS), { minLength: 1, maxLength: 8 });
    const property = fc.asyncProperty(statuses, async (arriving) => {
      await clubs.sql`update outbox.messages set delivery = 'accepted', delivered_at = null, read_at = null`;
      for (const [index, status] of arriving.entries()) await post.status(status, { second: index });
      const { delivery } = await post.message();
      expect(delivery).toBe(RANKS[Math.max(...arriving.map((status) => RANKS.indexOf(status)))]);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('keeps the first moment of each', async () => {
    const post = await queued();
    const queuedAt = post.campaign.now;
    // A moment that is still to come would be taken for now.
    await post.pass(60);
    for (const [status, second] of [
      ['read', 30],
      ['delivered', 20],
      ['delivered', 25],
      ['sent', 10],
    ] as const) {
      await post.status(status, { second: second - 60 });
    }
    const [row] = await clubs.sql`
      select extract(epoch from accepted_at - ${queuedAt})::int as accepted,
        extract(epoch from delivered_at - ${queuedAt})::int as delivered,
        extract(epoch from read_at - ${queuedAt})::int as read
      from outbox.messages`;
    expect(row).toEqual({ accepted: 10, delivered: 20, read: 30 });
  });

  it('before our own answer settles the message, and the answer changes nothing', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.status('delivered');
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'delivered' });
    expect(await post.settle(claim, { outcome: 'accepted', wamid: 'wamid.1' })).toBe('lease_lost');
    expect(await post.message()).toMatchObject({
      status: 'sent',
      delivery: 'delivered',
      attempts: [{ attempt: 1, outcome: 'accepted' }],
    });
  });

  it('settles an uncertain message', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'uncertain', error: 'timeout' });
    await post.status('sent');
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'sent', is_contact: true });
  });

  it('of a message we believed to have failed takes it out of the queue: nobody gets it twice', async () => {
    const post = await queued();
    const claim = await post.claimOne();
    await post.start(claim);
    await post.settle(claim, { outcome: 'retry', error: '503' });
    await post.status('sent');
    expect(await post.message()).toMatchObject({ status: 'sent', is_contact: true });
    await post.pass(3600);
    expect(await post.claim()).toEqual([]);
  });

  it('finds the message by WhatsApp’s id when ours is missing or strange', async () => {
    const post = await queued();
    await post.settle(await post.claimOne(), { outcome: 'accepted', wamid: 'wamid.known' });
    await post.status('delivered', { id: 'wamid.known', biz_opaque_callback_data: null });
    expect(await post.message()).toMatchObject({ delivery: 'delivered' });
    await post.status('read', { id: 'wamid.known', biz_opaque_callback_data: 'not-a-uuid' });
    expect(await post.message()).toMatchObject({ delivery: 'read' });
  });

  it('of a message that is not ours is done with, without an error', async () => {
    const post = await queued();
    await post.receive('status', { id: 'wamid.stranger', status: 'read', timestamp: '1781517600' });
    expect(await post.process()).toBe(1);
    expect(await clubs.sql`select error from outbox.webhook_events`).toEqual([{ error: null }]);
  });

  it.each([
    [131050, 'error_131050'],
    [131026, 'unreachable'],
  ])('of failure %i suppresses the member', async (code, cause) => {
    const post = await queued();
    await post.settle(await post.claimOne(), { outcome: 'accepted', wamid: 'wamid.1' });
    await post.status('failed', { errors: [{ code }] });
    expect(await post.message()).toMatchObject({ status: 'sent', delivery: 'failed', error_code: code });
    expect(await clubs.sql`select cause from campaigns.suppressions`).toEqual([{ cause }]);
  });
});

describe('an update', () => {
  it('received twice is stored once', async () => {
    const post = await queued();
    await post.receive('other', { note: 1 }, 'same');
    await post.receive('other', { note: 1 }, 'same');
    expect(await post.process()).toBe(1);
    expect(await post.process()).toBe(0);
  });

  it('that is poison is kept with its error and does not stop those after it', async () => {
    const post = await queued();
    await post.settle(await post.claimOne(), { outcome: 'accepted', wamid: 'wamid.1' });
    await post.receive('status', { id: 'wamid.1', status: 'read', timestamp: 'yesterday' }, 'poison');
    await post.status('delivered');
    expect(await post.message()).toMatchObject({ delivery: 'delivered' });
    const rows = await clubs.sql`
      select dedupe_key, error is not null as has_error, processed_at is not null as is_processed
      from outbox.webhook_events order by event_id`;
    expect(rows[0]).toEqual({ dedupe_key: 'poison', has_error: true, is_processed: true });
    expect(rows[1]).toMatchObject({ has_error: false, is_processed: true });
  });
});

describe('stop', () => {
  const WORDS = [
    ...['STOP', 'stop.', ' Stop! ', 'Unsubscribe', 'opt-out', 'OPT OUT'],
    ...['Odhlásit', 'odhlasit', 'ODHLÁŠENÍ', 'Konec', 'zrušit'],
    ...['Стоп', 'ВІДПИСАТИСЯ', 'відписатись'],
    ...['стоп!', 'Отписаться', 'ОТПИСКА'],
    ...['спри', 'Отписване', 'Край'],
  ];
  it.each(WORDS)('is what "%s" says', async (word) => {
    const [row] = await clubs.sql`select outbox.is_opt_out(${word}) as is_stop`;
    expect(row).toEqual({ is_stop: true });
  });

  it.each(['Thanks, see you on Monday', 'Do not stop the music class', 'Nemohu teď přijít', '👍', ''])(
    'is not what "%s" says',
    async (words) => {
      const [row] = await clubs.sql`select outbox.is_opt_out(${words}) as is_stop`;
      expect(row).toEqual({ is_stop: false });
    },
  );

  const isSuppressed = async (post: Post) => {
    const [row] = await clubs.sql`
      select count(*)::int as rows from campaigns.suppressions where club_id = ${post.campaign.club.id} and lifted_at is null`;
    return row!.rows === 1;
  };

  it('in a reply stops everything for the member: consent, queue and plan', async () => {
    const post = await queued();
    await post.reply(await post.campaign.phoneOf('eva'), { text: { body: 'STOP' } });
    expect(await post.claim()).toEqual([]);
    expect(await post.message()).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
    const [consent] = await clubs.sql`select withdrawn_by from campaigns.consents`;
    expect(consent).toEqual({ withdrawn_by: 'stop_word' });
    const replies = await clubs.sql`select body, is_opt_out from outbox.replies`;
    expect(replies).toEqual([{ body: 'STOP', is_opt_out: true }]);
  });

  it('by the button of our template does the same', async () => {
    const post = await queued();
    const button = { payload: 'optout:1', text: 'Odhlásit se' };
    await post.reply(await post.campaign.phoneOf('eva'), { type: 'button', button });
    expect(await clubs.sql`select cause from campaigns.suppressions`).toEqual([{ cause: 'button' }]);
  });

  it.each([
    ['stop', true],
    ['resume', false],
  ])('in WhatsApp’s own settings: %s', async (value, expected) => {
    const post = await queued();
    await post.receive('user_preference', { wa_id: (await post.campaign.phoneOf('eva')).slice(1), value });
    await post.process();
    expect(await isSuppressed(post)).toBe(expected);
  });

  it('reaches a member whose number changed on the platform since we wrote', async () => {
    const post = await queued();
    const phone = await post.campaign.phoneOf('eva');
    await post.settle(await post.claimOne(), { outcome: 'accepted', wamid: 'wamid.1' });
    await post.campaign.club.client('eva', { phone: '+420777999888' });
    await post.campaign.club.set({ has_existing_customer_exception: true });
    await post.reply(phone, { text: { body: 'stop' } });
    expect(await post.campaign.candidate('eva')).toMatchObject({ skip_reason: 'suppressed' });
  });

  it('reaches a client who was deleted and came back', async () => {
    const post = await queued();
    const phone = await post.campaign.phoneOf('eva');
    await post.campaign.club.deleteClient('eva');
    await post.reply(phone, { text: { body: 'stop' } });
    await post.campaign.club.client('eva', { phone });
    expect(await post.campaign.candidate('eva')).toMatchObject({ skip_reason: 'suppressed' });
  });

  it.each([
    [
      'the button of our message',
      (id: string) => ({ button: { payload: `optout:${id}`, text: 'Odhlásit' } }),
    ],
    ['an answer to our message', () => ({ context: { id: 'wamid.1' }, text: { body: 'stop' } })],
  ])('reaches a member who hides the number, by %s', async (_, said) => {
    const post = await queued();
    await post.settle(await post.claimOne(), { outcome: 'accepted', wamid: 'wamid.1' });
    const { id } = await post.message();
    await post.receive('message', {
      id: 'wamid.in',
      timestamp: '1781517600',
      from_user_id: 'CZ.1',
      ...said(id),
    });
    await post.process();
    expect(await isSuppressed(post)).toBe(true);
  });

  it('of nobody we can tell is kept with an error that says what to do', async () => {
    const post = await queued();
    await post.receive('message', {
      id: 'wamid.in',
      timestamp: '1781517600',
      from_user_id: 'CZ.1',
      text: { body: 'stop' },
    });
    await post.process();
    const [event] = await clubs.sql<{ error: string }[]>`select error from outbox.webhook_events`;
    expect(event!.error).toContain('find them by hand');
  });

  it('is not heard in a message that only mentions it', async () => {
    const post = await queued();
    await post.reply(await post.campaign.phoneOf('eva'), { text: { body: 'I cannot stop coming' } });
    expect(await isSuppressed(post)).toBe(false);
    expect(await post.claim()).toHaveLength(1);
  });

  it('said while unreachable weighs more than that', async () => {
    const post = await queued();
    await post.campaign.suppress('eva', 'unreachable');
    await post.reply(await post.campaign.phoneOf('eva'), { text: { body: 'stop' } });
    expect(await clubs.sql`select cause from campaigns.suppressions`).toEqual([{ cause: 'stop_word' }]);
  });
});
