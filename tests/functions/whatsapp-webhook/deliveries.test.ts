import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { approveMessage, isSuppressed, readMessage } from '../members.ts';
import { change, openMetaCalls } from './meta-calls.ts';
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

describe('The delivery of a message', () => {
  it('moves up to read', async () => {
    const messageId = await sendOne(meta);
    await meta.world.deliver(500);
    expect(await readMessage(meta.world, messageId)).toMatchObject({
      delivery: 'sent',
      pricing: { category: 'marketing' },
    });
    await meta.world.deliver(1000);
    expect(await readMessage(meta.world, messageId)).toMatchObject({
      delivery: 'delivered',
      delivered_at: expect.any(Date),
    });
    await meta.world.outside.control('POST', `/whatsapp/phones/${meta.member.number}/read`);
    await meta.world.deliver(1000);
    expect(await readMessage(meta.world, messageId)).toMatchObject({
      delivery: 'read',
      read_at: expect.any(Date),
    });
  });

  it.each(['duplicate', 'reverse', 'early_status', 'batch'])(
    'comes to the same when webhooks are played with: %s',
    async (kind) => {
      await meta.world.fault('whatsapp', kind);
      const messageId = await sendOne(meta);
      await meta.world.deliver(5000);
      await meta.world.deliver(5000);
      expect(await readMessage(meta.world, messageId)).toMatchObject({
        status: 'sent',
        delivery: 'delivered',
      });
      expect(
        await meta.world.sql`select kind, error from outbox.webhook_events where error is not null`,
      ).toEqual([]);
      expect((await meta.events()).length).toBe(2);
    },
  );

  it('ends with read when the statuses come last first', async () => {
    const messageId = await sendOne(meta);
    const { wamid } = await readMessage(meta.world, messageId);
    for (const status of ['read', 'delivered', 'sent', 'failed']) {
      const value = {
        statuses: [
          {
            id: wamid,
            status,
            timestamp: meta.seconds(),
            biz_opaque_callback_data: messageId,
            errors: [{ code: 131049 }],
          },
        ],
      };
      expect((await meta.post(change(value))).status).toBe(200);
    }
    await meta.world.deliver(0);
    expect(await readMessage(meta.world, messageId)).toMatchObject({ status: 'sent', delivery: 'read' });
  });

  it('is failed when WhatsApp says so later', async () => {
    await meta.world.fault('whatsapp', 'fail_later', { code: 131049 });
    const messageId = await sendOne(meta);
    await meta.world.deliver(1000);
    expect(await readMessage(meta.world, messageId)).toMatchObject({
      delivery: 'failed',
      error_code: 131049,
    });
    expect(await isSuppressed(meta.world, meta.member)).toBeUndefined();
  });

  it.each([
    [131050, 'error_131050'],
    [131026, 'unreachable'],
  ])('that failed later with %i ends all messages to the member', async (code, cause) => {
    await meta.world.fault('whatsapp', 'fail_later', { code });
    await sendOne(meta);
    await meta.world.deliver(1000);
    expect(await isSuppressed(meta.world, meta.member)).toBe(cause);
  });

  it('of a thousand updates in one call is stored whole', async () => {
    const statuses = Array.from({ length: 1000 }, (_, index) => ({
      id: `wamid.${index}`,
      status: 'sent',
      timestamp: meta.seconds(),
    }));
    expect((await meta.post(change({ statuses }))).status).toBe(200);
    expect(await meta.events()).toHaveLength(1000);
  });
});
