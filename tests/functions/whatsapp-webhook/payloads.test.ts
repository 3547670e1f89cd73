import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveMessage, readMessage } from '../members.ts';
import { documentedUpdates } from './documented-updates.ts';
import { change, openMetaCalls, sign } from './meta-calls.ts';
import type { MetaCalls } from './meta-calls.ts';

let meta: MetaCalls;
let messageId: string;
beforeEach(async () => {
  meta = await openMetaCalls();
  messageId = await approveMessage(meta.world, meta.member);
  await meta.world.run('send-messages');
});
afterEach(() => meta.world.closeAll());

async function updates() {
  const [row] = await meta.world.sql`select wamid from outbox.messages where message_id = ${messageId}`;
  return documentedUpdates({
    number: meta.member.number,
    userId: 'CZ.13491208655302741918',
    wamid: row!.wamid as string,
    callback: messageId,
    at: meta.seconds(),
  });
}

const envelope = (changes: object[]) =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '2065', changes }] });
/** As Meta sends it: everything that is no ASCII escaped, halves of characters included. */
const escaped = (body: string) =>
  body.replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

describe('Every update that Meta documents', () => {
  it('is stored and understood, each in a call of its own', async () => {
    const documented = await updates();
    for (const [name, field, value] of documented) {
      expect((await meta.post(envelope([{ field, value }]))).status, name).toBe(200);
      // One after the other: whose user id it is must be known before somebody hides the number.
      await meta.world.deliver(0);
    }
    const events = await meta.events();
    expect(events).toHaveLength(documented.length);
    expect(events.filter(({ error }) => error !== null)).toEqual([]);
    expect(events.every(({ processed_at: at }) => at !== null)).toBe(true);
    // What came of the statuses together: seen, so the failure of another copy does not stand.
    expect(await readMessage(meta.world, messageId)).toMatchObject({ delivery: 'read', error_code: null });
  });

  it('is understood alike in one call, backwards, twice, and escaped', async () => {
    const documented = await updates();
    const body = escaped(envelope(documented.map(([, field, value]) => ({ field, value })).toReversed()));
    expect(body).not.toMatch(/[^\x20-\x7e]/);
    expect((await meta.post(body, sign(body))).status).toBe(200);
    expect((await meta.post(body, sign(body))).status).toBe(200);
    await meta.world.deliver(0);
    const events = await meta.events();
    expect(events).toHaveLength(documented.length);
    expect(events.filter(({ error }) => error !== null)).toEqual([]);
    expect(await readMessage(meta.world, messageId)).toMatchObject({ delivery: 'read' });
  });

  it('is refused when its last byte is missing, and nothing of it is stored', async () => {
    const documented = await updates();
    const body = envelope(documented.map(([, field, value]) => ({ field, value })));
    expect((await meta.post(body.slice(0, -1), sign(body))).status).toBe(401);
    expect(await meta.events()).toEqual([]);
  });
});

describe('The same change of the account', () => {
  it('counts again when it comes again later, and once when it is repeated', async () => {
    const flag = (event: string, time: number) =>
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [{ id: '2065', time, changes: [{ field: 'phone_number_quality_update', value: { event } }] }],
      });
    const quality = async () =>
      (await meta.world.sql`select quality from outbox.number`)[0]!.quality as string;
    for (const [event, time, expected] of [
      ['FLAGGED', 1, 'RED'],
      ['UNFLAGGED', 2, 'YELLOW'],
      ['FLAGGED', 1, 'YELLOW'],
      ['FLAGGED', 3, 'RED'],
    ] as const) {
      await meta.post(flag(event, time));
      await meta.world.deliver(0);
      expect(await quality()).toBe(expected);
    }
  });
});

describe('A call of a thousand updates and three megabytes', () => {
  const status = (place: number) => ({
    id: `wamid.many.${place}`,
    status: 'sent',
    timestamp: meta.seconds(),
    recipient_id: '420777000000',
    filling: 'ř'.repeat(1450),
  });

  it('is stored whole at once and understood afterwards; a misshapen one loses none of the others', async () => {
    const statuses: object[] = Array.from({ length: 999 }, (_, place) => status(place));
    statuses.splice(500, 0, { status: 'sent', filling: 'without an id' });
    statuses.push({
      ...status(1000),
      id: (await readMessage(meta.world, messageId)).wamid,
      status: 'delivered',
    });
    const body = change({ statuses });
    const size = new TextEncoder().encode(body).length;
    expect(size).toBeGreaterThan(2.8 * 1024 * 1024);
    expect(size).toBeLessThan(3 * 1024 * 1024);
    expect((await meta.post(body)).status).toBe(200);
    await meta.world.deliver(0);
    await meta.world.sql`select outbox.process_events(2000, ${meta.world.now()})`;
    const events = await meta.events();
    expect(events).toHaveLength(1001);
    expect(events.filter(({ kind }) => kind === 'other')).toHaveLength(1);
    expect(events.every(({ processed_at: at }) => at !== null)).toBe(true);
    expect(await readMessage(meta.world, messageId)).toMatchObject({ delivery: 'delivered' });
  });
});
