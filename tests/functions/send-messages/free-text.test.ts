import { afterEach, describe, expect, it } from 'vitest';
import { openAnsweredMember } from '../answered-member.ts';
import type { AnsweredMember } from '../answered-member.ts';
import { readMessage } from '../members.ts';

const NOTHING = { sent: 0, failed: 0, uncertain: 0, complete: true };
const REFUSED = { sent: 0, failed: 1, uncertain: 0, complete: true };

let at: AnsweredMember;
afterEach(() => at.world.closeAll());

const open = async () => {
  at = await openAnsweredMember({ whatsappTimeoutMs: 300, deliveryMode: 'notification' });
};

describe('To a member who wrote within 24 hours, send-messages sends', () => {
  it('what was approved as a text of its own, without a preview of links, with our id', async () => {
    await open();
    const { rendered, message_id } = await at.message();
    expect(await at.send()).toEqual({ ...NOTHING, sent: 1 });
    const [sent] = await at.sends();
    expect(sent.request).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: at.member.number,
      type: 'text',
      biz_opaque_callback_data: message_id,
      text: { preview_url: false, body: rendered },
    });
    expect(sent.body).toBe((await at.draft()).rendered);
    expect(await readMessage(at.world, message_id)).toMatchObject({
      status: 'sent',
      delivery: 'accepted',
      wamid: sent.id,
      contacts: 1,
    });
  });

  it('a message whose statuses are understood like any other’s, and that Meta does not bill', async () => {
    await open();
    await at.send();
    await at.world.deliver(2000);
    expect(await at.message()).toMatchObject({
      delivery: 'delivered',
      pricing: { billable: false, type: 'free_customer_service' },
    });
  });

  it('one that is tried again while trouble passes', async () => {
    await open();
    await at.world.fault('whatsapp', 'error', { code: 131000 });
    expect(await at.send()).toEqual(REFUSED);
    await at.later(10 * 60_000);
    expect(await at.send()).toMatchObject({ sent: 1 });
  });
});

describe('When the 24 hours are over, send-messages', () => {
  it('sends nothing: the message is void before WhatsApp is asked', async () => {
    await open();
    await at.later(24 * 3600_000 - 4 * 60_000);
    expect(await at.send()).toEqual(NOTHING);
    expect(await at.sends()).toEqual([]);
    expect(await at.message()).toMatchObject({ status: 'cancelled', status_reason: 'window_closed' });
    expect(await at.draft()).toMatchObject({ status: 'cancelled', decision_reason: 'window_closed' });
  });

  it('is told so by WhatsApp where our own reckoning was wrong, and never tries again', async () => {
    await open();
    const { message_id } = await at.message();
    // By our own notes the member wrote again; WhatsApp knows better.
    await at.world
      .sql`update campaigns.service_windows set last_inbound_at = last_inbound_at + interval '20 hours'`;
    await at.world.sql`update campaigns.drafts set expires_at = expires_at + interval '20 hours'`;
    await at.later(24.5 * 3600_000);

    expect(await at.send()).toEqual(REFUSED);
    expect(await at.sends()).toEqual([]);
    const message = await readMessage(at.world, message_id);
    expect(message).toMatchObject({
      status: 'cancelled',
      status_reason: 'window_closed',
      error_code: 131047,
      contacts: 0,
      token: null,
      run_at: null,
    });
    expect(message.attempts).toMatchObject([{ outcome: 'final', error_code: 131047 }]);
    await at.later(3600_000);
    expect(await at.send()).toEqual(NOTHING);
  });
});
