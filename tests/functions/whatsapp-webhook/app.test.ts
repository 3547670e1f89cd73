import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createApp } from '../../../supabase/functions/whatsapp-webhook/app.ts';
import { addMember, approveMessage, isSuppressed, planDraft, readDraft, readMessage } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Member, Messaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

let world: Messaging;
let member: Member;
beforeEach(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
  // Meta's word that it approved the templates.
  await world.deliver();
  await world.sql`delete from outbox.webhook_events`;
  member = await addMember(world);
});
afterEach(() => world.closeAll());

const sign = (body: string | Uint8Array, secret = WHATSAPP.appSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const post = (body: string | Uint8Array<ArrayBuffer>, signature: string | null = sign(body)) =>
  world.functions['whatsapp-webhook'].request('/whatsapp-webhook', {
    method: 'POST',
    headers: signature === null ? {} : { 'x-hub-signature-256': signature },
    body,
  });

const get = (query: Record<string, string>) =>
  world.functions['whatsapp-webhook'].request(`/whatsapp-webhook?${new URLSearchParams(query)}`);

const events = () => world.sql`select * from outbox.webhook_events order by event_id`;
const change = (value: object, field = 'messages') =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '2065', changes: [{ field, value }] }] });
const at = () => String(Math.floor(world.now().getTime() / 1000));

async function sendOne(): Promise<string> {
  const messageId = await approveMessage(world, member);
  await world.run('send-messages');
  return messageId;
}

describe('The handshake', () => {
  it('returns the challenge to whoever knows the token', async () => {
    const response = await get({ 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': WHATSAPP.verifyToken });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toBe('1158201444');
  });

  it.each([
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'wrong' },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' },
    { 'hub.mode': 'unsubscribe', 'hub.challenge': '1', 'hub.verify_token': WHATSAPP.verifyToken },
    {},
  ])('is refused with 403: %o', async (query) => {
    const response = await get(query as Record<string, string>);
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('1');
  });
});

describe('A call', () => {
  const body = change({ statuses: [] });
  it.each([
    ['no signature', null],
    ['an empty one', ''],
    ['one of another secret', sign(body, 'another secret')],
    ['one of another body', sign(`${body} `)],
    ['a shortened one', sign(body).slice(0, -2)],
    ['one without its prefix', sign(body).slice('sha256='.length)],
    ['one in SHA-1', `sha1=${createHmac('sha1', WHATSAPP.appSecret).update(body).digest('hex')}`],
  ])('with %s is refused, and nothing is stored', async (_, signature) => {
    expect((await post(body, signature)).status).toBe(401);
    expect(await events()).toEqual([]);
  });

  it('is checked by its raw bytes, whatever escapes it uses', async () => {
    const escaped = '{"object":"whatsapp_business_account","entry":[{"id":"2065","changes":[{"field":"messages","value":{"messages":[{"from":"' +
      `${member.number}","id":"wamid.1","timestamp":"${at()}","type":"text","text":{"body":"\\u0441\\u0442\\u043e\\u043f \\/"}}]}}]}]}`;
    expect((await post(escaped)).status).toBe(200);
    await world.deliver(0);
    expect(await events()).toMatchObject([{ kind: 'message', payload: { text: { body: 'стоп /' } } }]);
    expect(await isSuppressed(world, member)).toBe('stop_word');
  });

  it('that is larger than Meta sends is refused', async () => {
    expect((await post(' '.repeat(3 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('without an app secret configured is refused, even when signed with none', async () => {
    const { database, now, log } = world;
    const app = createApp({ database, now, log, appSecret: '', verifyToken: '', afterAnswer: () => undefined });
    const refused = await app.request('/', { method: 'POST', headers: { 'x-hub-signature-256': sign(body, '') }, body });
    expect(refused.status).toBe(401);
  });

  it.each([
    ['no JSON at all', 'this is no JSON'],
    ['JSON of another shape', '[1, 2, 3]'],
    ['a list where an object should be', '{"entry":[{"changes":[[]]}]}'],
    ['a field we do not know', change({ something: 'new' }, 'business_capability_update')],
    ['a status that lacks its id', change({ statuses: [{ status: 'sent' }] })],
    ['characters the database cannot hold', change({ messages: [{ no_id: 'a\u0000b\ud800' }] })],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x7b])],
  ])('that is signed and holds %s is kept as it is', async (_, odd) => {
    expect((await post(odd)).status).toBe(200);
    expect((await post(odd)).status).toBe(200);
    await world.deliver(0);
    expect(await events()).toMatchObject([{ kind: 'other', error: null, processed_at: expect.any(Date) }]);
  });

  it('that could not be stored is answered 503, so that Meta repeats it', async () => {
    const { database, now, log } = world;
    const failing = createApp({
      now,
      log,
      appSecret: WHATSAPP.appSecret,
      verifyToken: WHATSAPP.verifyToken,
      afterAnswer: () => undefined,
      database: { call: () => Promise.reject(new DatabaseError('store_events', undefined, true, 'fetch failed.')) },
    });
    world.outside.receivers.set('whatsapp-webhook', failing);
    const messageId = await sendOne();
    await world.deliver(2000);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'accepted' });

    world.outside.receivers.set('whatsapp-webhook', world.functions['whatsapp-webhook']);
    await world.deliver(60_000);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'delivered' });
    expect(database).toBeDefined();
  });

  it('that was stored and not understood yet is not lost', async () => {
    const { database, now, log } = world;
    const app = createApp({
      now,
      log,
      appSecret: WHATSAPP.appSecret,
      verifyToken: WHATSAPP.verifyToken,
      afterAnswer: () => undefined,
      database: {
        call: (name, args, answer) =>
          name === 'process_events' ? Promise.reject(new DatabaseError(name, '57P01', true, 'shutdown.')) : database.call(name, args, answer),
      },
    });
    const body = change({ messages: [{ from: member.number, id: 'wamid.1', timestamp: at(), type: 'text', text: { body: 'STOP' } }] });
    const response = await app.request('/', { method: 'POST', headers: { 'x-hub-signature-256': sign(body) }, body });
    expect(response.status).toBe(200);
    expect(await isSuppressed(world, member)).toBeUndefined();
    await world.sql`select outbox.tick(${world.now()})`;
    expect(await isSuppressed(world, member)).toBe('stop_word');
  });
});

describe('The delivery of a message', () => {
  it('moves up to read', async () => {
    const messageId = await sendOne();
    await world.deliver(500);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'sent', pricing: { category: 'marketing' } });
    await world.deliver(1000);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'delivered', delivered_at: expect.any(Date) });
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/read`);
    await world.deliver(1000);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'read', read_at: expect.any(Date) });
  });

  it.each(['duplicate', 'reverse', 'early_status', 'batch'])('comes to the same when webhooks are played with: %s', async (kind) => {
    await world.fault('whatsapp', kind);
    const messageId = await sendOne();
    await world.deliver(5000);
    await world.deliver(5000);
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'sent', delivery: 'delivered' });
    expect(await world.sql`select kind, error from outbox.webhook_events where error is not null`).toEqual([]);
    expect((await events()).length).toBe(2);
  });

  it('ends with read when the statuses come last first', async () => {
    const messageId = await sendOne();
    const { wamid } = await readMessage(world, messageId);
    for (const status of ['read', 'delivered', 'sent', 'failed']) {
      const value = { statuses: [{ id: wamid, status, timestamp: at(), biz_opaque_callback_data: messageId, errors: [{ code: 131049 }] }] };
      expect((await post(change(value))).status).toBe(200);
    }
    await world.deliver(0);
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'sent', delivery: 'read' });
  });

  it('is failed when WhatsApp says so later', async () => {
    await world.fault('whatsapp', 'fail_later', { code: 131049 });
    const messageId = await sendOne();
    await world.deliver(1000);
    expect(await readMessage(world, messageId)).toMatchObject({ delivery: 'failed', error_code: 131049 });
    expect(await isSuppressed(world, member)).toBeUndefined();
  });

  it.each([
    [131050, 'error_131050'],
    [131026, 'unreachable'],
  ])('that failed later with %i ends all messages to the member', async (code, cause) => {
    await world.fault('whatsapp', 'fail_later', { code });
    await sendOne();
    await world.deliver(1000);
    expect(await isSuppressed(world, member)).toBe(cause);
  });

  it('of a thousand updates in one call is stored whole', async () => {
    const statuses = Array.from({ length: 1000 }, (_, index) => ({ id: `wamid.${index}`, status: 'sent', timestamp: at() }));
    expect((await post(change({ statuses }))).status).toBe(200);
    expect(await events()).toHaveLength(1000);
  });
});

describe('A member says no', () => {
  it.each(['STOP', 'stop.', ' Stop! ', 'ODHLÁSIT', 'odhlasit', 'СТОП', 'Відписатися', 'Отписаться', 'отпиши', 'Unsubscribe'])(
    'with the word %s, and is never written to again',
    async (word) => {
      const waiting = await planDraft(world, member);
      await world.outside.control('POST', `/whatsapp/phones/${member.number}/reply`, { text: word });
      await world.deliver();
      expect(await isSuppressed(world, member)).toBe('stop_word');
      expect(await readDraft(world, waiting)).toMatchObject({ status: 'cancelled', decision_reason: 'suppressed' });
      expect(await world.sql`select is_opt_out from outbox.replies`).toMatchObject([{ is_opt_out: true }]);
    },
  );

  it.each(['Přijdu v úterý, díky!', 'Please do not stop writing', 'стопудово приду'])('but not with: %s', async (words) => {
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/reply`, { text: words });
    await world.deliver();
    expect(await isSuppressed(world, member)).toBeUndefined();
    expect(await world.sql`select body, is_opt_out from outbox.replies`).toMatchObject([{ body: words, is_opt_out: false }]);
  });

  it('with the button under the message', async () => {
    const messageId = await sendOne();
    await world.deliver(2000);
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/tap`, { payload: `optout:${messageId}` });
    await world.deliver();
    expect(await isSuppressed(world, member)).toBe('button');
  });

  it('in the settings of WhatsApp, and a later resume is no new consent', async () => {
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/stop`);
    await world.deliver();
    expect(await isSuppressed(world, member)).toBe('user_preferences');
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/resume`);
    await world.deliver();
    expect(await isSuppressed(world, member)).toBe('user_preferences');
    expect(await world.sql`select withdrawn_by from campaigns.consents`).toMatchObject([{ withdrawn_by: 'user_preferences' }]);
  });

  it('between approval and sending, and the message is not sent', async () => {
    const messageId = await approveMessage(world, member);
    await world.outside.control('POST', `/whatsapp/phones/${member.number}/reply`, { text: 'stop' });
    await world.deliver();
    await world.run('send-messages');
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'cancelled', status_reason: 'suppressed' });
    expect((await world.outside.control('GET', '/whatsapp/sends')).sends).toEqual([]);
  });

  it('without showing the number: the update is kept and harms nothing', async () => {
    const body = change({
      contacts: [{ profile: { name: 'Eva' }, user_id: 'CZ.1' }],
      messages: [{ from_user_id: 'CZ.1', id: 'wamid.9', timestamp: at(), type: 'text', text: { body: 'STOP' } }],
    });
    expect((await post(body)).status).toBe(200);
    const preference = change({ user_preferences: [{ user_id: 'CZ.1', value: 'stop', category: 'marketing_messages', timestamp: 1 }] }, 'user_preferences');
    expect((await post(preference)).status).toBe(200);
    await world.deliver(0);
    expect(await events()).toMatchObject([
      { kind: 'message', dedupe_key: 'message:wamid.9', error: null },
      { kind: 'user_preference', dedupe_key: 'preference:CZ.1:stop:1', error: null },
    ]);
  });
});
