import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createApp } from '../../../supabase/functions/whatsapp-webhook/app.ts';
import { approveMessage, isSuppressed, readMessage } from '../members.ts';
import { WHATSAPP } from '../outside-services.ts';
import { change, openMetaCalls, sign } from './meta-calls.ts';
import type { MetaCalls } from './meta-calls.ts';

let meta: MetaCalls;
beforeEach(async () => {
  meta = await openMetaCalls();
});
afterEach(() => meta.world.closeAll());

async function sendOne({ world, member }: MetaCalls): Promise<string> {
  const messageId = await approveMessage(world, member);
  await world.run('send-messages');
  return messageId;
}

describe('The handshake', () => {
  it('returns the challenge to whoever knows the token', async () => {
    const response = await meta.get({
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': WHATSAPP.verifyToken,
    });
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
    const response = await meta.get(query as Record<string, string>);
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
    expect((await meta.post(body, signature)).status).toBe(401);
    expect(await meta.events()).toEqual([]);
  });

  it('is checked by its raw bytes, whatever escapes it uses', async () => {
    const escaped =
      '{"object":"whatsapp_business_account","entry":[{"id":"2065","changes":[{"field":"messages","value":{"messages":[{"from":"' +
      `${meta.member.number}","id":"wamid.1","timestamp":"${meta.seconds()}","type":"text","text":{"body":"\\u0441\\u0442\\u043e\\u043f \\/"}}]}}]}]}`;
    expect((await meta.post(escaped)).status).toBe(200);
    await meta.world.deliver(0);
    expect(await meta.events()).toMatchObject([{ kind: 'message', payload: { text: { body: 'стоп /' } } }]);
    expect(await isSuppressed(meta.world, meta.member)).toBe('stop_word');
  });

  it('that is larger than Meta sends is refused', async () => {
    expect((await meta.post(' '.repeat(3 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('without an app secret configured is refused, even when signed with none', async () => {
    const { database, now, log } = meta.world;
    const app = createApp({
      database,
      now,
      log,
      appSecret: '',
      verifyToken: '',
      afterAnswer: () => undefined,
    });
    const refused = await app.request('/', {
      method: 'POST',
      headers: { 'x-hub-signature-256': sign(body, '') },
      body,
    });
    expect(refused.status).toBe(401);
  });

  // Whoever must read it by hand is told; a change of a kind we do not know asks for nothing.
  const told = expect.stringContaining('do by hand what it asks for');
  it.each([
    ['no JSON at all', 'this is no JSON', told],
    ['half of a JSON', change({ statuses: [] }).slice(0, -9), told],
    ['JSON of another shape', '[1, 2, 3]', told],
    ['a list where an object should be', '{"entry":[{"changes":[[]]}]}', null],
    ['a field we do not know', change({ something: 'new' }, 'a_field_of_tomorrow'), null],
    ['a status that lacks its id', change({ statuses: [{ status: 'sent' }] }), told],
    ['characters the database cannot hold', change({ messages: [{ no_id: 'a\u0000b\ud800' }] }), told],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x7b]), told],
  ])('that is signed and holds %s is kept as it is', async (_, odd, error) => {
    expect((await meta.post(odd)).status).toBe(200);
    expect((await meta.post(odd)).status).toBe(200);
    await meta.world.deliver(0);
    expect(await meta.events()).toMatchObject([{ kind: 'other', error, processed_at: expect.any(Date) }]);
  });

  it('that could not be stored is answered 503, so that Meta repeats it', async () => {
    const { now, log } = meta.world;
    const failing = createApp({
      now,
      log,
      appSecret: WHATSAPP.appSecret,
      verifyToken: WHATSAPP.verifyToken,
      afterAnswer: () => undefined,
      database: {
        call: () => Promise.reject(new DatabaseError('store_events', undefined, true, 'fetch failed.')),
      },
    });
    meta.world.outside.receivers.set('whatsapp-webhook', failing);
    const messageId = await sendOne(meta);
    await meta.world.deliver(2000);
    expect(await readMessage(meta.world, messageId)).toMatchObject({ delivery: 'accepted' });

    meta.world.outside.receivers.set('whatsapp-webhook', meta.world.functions['whatsapp-webhook']);
    await meta.world.deliver(60_000);
    expect(await readMessage(meta.world, messageId)).toMatchObject({ delivery: 'delivered' });
  });

  it('that was stored and not understood yet is not lost', async () => {
    const { database, now, log } = meta.world;
    const app = createApp({
      now,
      log,
      appSecret: WHATSAPP.appSecret,
      verifyToken: WHATSAPP.verifyToken,
      afterAnswer: () => undefined,
      database: {
        call: (name, args, answer) =>
          name === 'process_events'
            ? Promise.reject(new DatabaseError(name, '57P01', true, 'shutdown.'))
            : database.call(name, args, answer),
      },
    });
    const body = change({
      messages: [
        {
          from: meta.member.number,
          id: 'wamid.1',
          timestamp: meta.seconds(),
          type: 'text',
          text: { body: 'STOP' },
        },
      ],
    });
    const response = await app.request('/', {
      method: 'POST',
      headers: { 'x-hub-signature-256': sign(body) },
      body,
    });
    expect(response.status).toBe(200);
    expect(await isSuppressed(meta.world, meta.member)).toBeUndefined();
    await meta.world.sql`select outbox.tick(${meta.world.now()})`;
    expect(await isSuppressed(meta.world, meta.member)).toBe('stop_word');
  });
});
