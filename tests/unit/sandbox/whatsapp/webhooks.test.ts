import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { createClub, credentials, eva, reactivation } from './club.ts';
import type { Club } from './club.ts';

async function deliverAll(club: Club): Promise<void> {
  club.pass(10_000);
  await club.queue.deliverDue();
}

describe('statuses', () => {
  test('sent and delivered come by themselves, with our id and the price', async () => {
    const club = createClub();
    await club.post(reactivation());
    await club.queue.deliverDue();
    expect(club.calls).toHaveLength(0);
    await deliverAll(club);
    expect(club.statuses().sort()).toEqual(['delivered', 'sent']);
    expect(club.changes()[0]?.value.statuses[0]).toMatchObject({
      recipient_id: eva,
      biz_opaque_callback_data: 'outbox-1',
      timestamp: expect.stringMatching(/^\d{10}$/),
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' },
    });
  });

  test('read comes when the member opens the phone, once', async () => {
    const club = createClub();
    await club.post(reactivation());
    expect(await club.control('POST', `/phones/${eva}/read`)).toEqual({ read: 0 });
    await deliverAll(club);
    expect(await club.control('POST', `/phones/${eva}/read`)).toEqual({ read: 1 });
    expect(await club.control('POST', `/phones/${eva}/read`)).toEqual({ read: 0 });
    await deliverAll(club);
    expect(club.statuses()).toContain('read');
    expect((await club.control('GET', '/sends')).sends[0].status).toBe('read');
  });

  test('can come in any order', async () => {
    const club = createClub();
    club.fault('reverse');
    await club.post(reactivation());
    club.pass(400);
    await club.queue.deliverDue();
    expect(club.statuses()).toEqual(['delivered']);
    await deliverAll(club);
    expect(club.statuses()).toEqual(['delivered', 'sent']);
  });

  test('can come twice', async () => {
    const club = createClub();
    club.fault('duplicate');
    await club.post(reactivation());
    await deliverAll(club);
    expect(club.statuses().filter((status) => status === 'sent')).toHaveLength(2);
  });

  test('can come in one batch', async () => {
    const club = createClub();
    club.fault('batch', { seconds: 5 }, 4);
    await club.post(reactivation());
    await club.post(reactivation({}, 'cs', '+420777123457'));
    await deliverAll(club);
    expect(club.calls).toHaveLength(1);
    expect(club.statuses()).toHaveLength(4);
  });

  test('can end in a failure with its code', async () => {
    const club = createClub();
    club.fault('fail_later', { code: 131049 });
    await club.post(reactivation());
    await deliverAll(club);
    expect(club.changes()[0]?.value.statuses[0]).toMatchObject({
      status: 'failed',
      errors: [{ code: 131049 }],
    });
  });
});

describe('what members do', () => {
  test('a reply carries the name, the number and the text', async () => {
    const club = createClub();
    await club.control('POST', `/phones/${eva}/reply`, { text: 'STOP' });
    await deliverAll(club);
    expect(club.changes()[0]).toMatchObject({
      field: 'messages',
      value: {
        contacts: [{ profile: { name: 'Eva Nováková' }, wa_id: eva }],
        messages: [{ from: eva, type: 'text', text: { body: 'STOP' } }],
      },
    });
  });

  test('a tap returns the payload given at send time and names the message', async () => {
    const club = createClub();
    const { body } = await club.post(reactivation());
    await deliverAll(club);
    await club.control('POST', `/phones/${eva}/tap`, { payload: 'optout:1' });
    await deliverAll(club);
    expect(club.changes().at(-1)?.value.messages[0]).toMatchObject({
      type: 'button',
      button: { payload: 'optout:1', text: 'Odhlásit odběr' },
      context: { id: body.messages[0].id },
    });
  });

  test('stopping marketing is a user preference with a numeric time', async () => {
    const club = createClub();
    await club.control('POST', `/phones/${eva}/stop`);
    await deliverAll(club);
    expect(club.changes()[0]).toMatchObject({
      field: 'user_preferences',
      value: {
        user_preferences: [
          { wa_id: eva, value: 'stop', category: 'marketing_messages', timestamp: expect.any(Number) },
        ],
      },
    });
  });

  test('a member who hides the number is known by the user id alone', async () => {
    const club = createClub();
    await club.control('PATCH', `/phones/${eva}`, { is_number_hidden: true });
    await club.control('POST', `/phones/${eva}/reply`, { text: 'Ahoj' });
    await deliverAll(club);
    expect(club.calls[0]?.body).not.toContain(eva);
    expect(club.changes()[0]?.value.messages[0].from_user_id).toMatch(/^CZ\.\d+$/);
  });
});

describe('delivery', () => {
  test('signs the very bytes it sends, with everything beyond ASCII escaped', async () => {
    const club = createClub();
    await club.control('POST', `/phones/${eva}/reply`, { text: 'Přijdu v úterý / дякую' });
    await deliverAll(club);
    const [call] = club.calls;
    expect(call?.body).toMatch(/^[\x20-\x7e]*$/);
    expect(call?.body).toContain('P\\u0159ijdu v \\u00fater\\u00fd \\/ \\u0434');
    const expected = createHmac('sha256', credentials.appSecret)
      .update(Buffer.from(call?.body ?? ''))
      .digest('hex');
    expect(call?.signature).toBe(`sha256=${expected}`);
  });

  test('is repeated, ever later, until the receiver answers 2xx', async () => {
    const club = createClub();
    club.answerWith(500);
    await club.control('POST', `/phones/${eva}/reply`, { text: 'Ahoj' });
    await club.queue.deliverDue();
    await club.queue.deliverDue();
    expect(club.calls).toHaveLength(1);
    club.pass(500);
    await club.queue.deliverDue();
    club.pass(500);
    await club.queue.deliverDue();
    expect(club.calls).toHaveLength(2);
    expect(club.queue.pending('whatsapp')).toBe(1);
    club.answerWith(200);
    await deliverAll(club);
    expect(club.queue.pending('whatsapp')).toBe(0);
  });

  test('goes on where it was when the sandbox is killed', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'sandbox-')), 'sandbox.db');
    const killed = createClub(new DatabaseSync(path));
    await killed.post(reactivation());
    const next = createClub(new DatabaseSync(path));
    await deliverAll(next);
    expect(next.statuses().sort()).toEqual(['delivered', 'sent']);
    expect((await next.control('GET', '/sends')).sends).toHaveLength(1);
  });

  test('begins with a handshake, and a receiver that fails it is not taken', async () => {
    const club = createClub();
    await expect(club.webhook.subscribe('https://product.example/closed')).rejects.toThrow('it answered 403');
    expect(club.webhook.isVerified()).toBe(false);
    await club.webhook.subscribe('https://product.example/webhook');
    expect(club.webhook.isVerified()).toBe(true);
  });
});
