import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../supabase/functions/_shared/database.ts';
import { addMember, approveMessage, readDraft, readMessage } from '../members.ts';
import { openApprovedMessage } from './approved-message.ts';
import type { ApprovedMessage } from './approved-message.ts';

let at: ApprovedMessage;
beforeEach(async () => {
  at = await openApprovedMessage();
});
afterEach(() => at.world.closeAll());

describe('send-messages sends', () => {
  it('exactly what was approved, with our id and a way out', async () => {
    expect(await at.world.run('send-messages')).toEqual({
      status: 200,
      body: { sent: 1, failed: 0, uncertain: 0, complete: true },
    });
    const [sent] = await at.sends();
    expect(sent.request).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: at.member.number,
      type: 'template',
      biz_opaque_callback_data: at.messageId,
      template: {
        name: 'reactivation_v1',
        language: { code: 'cs' },
        components: [
          {
            type: 'body',
            parameters: expect.toSatisfy((parameters: unknown[]) => {
              expect(parameters).toHaveLength(2);
              expect(parameters).toContainEqual({ type: 'text', parameter_name: 'club', text: 'Vltava Fit' });
              expect(parameters).toContainEqual({
                type: 'text',
                parameter_name: 'message',
                text: 'Chybíte nám. Zastavte se zase na trénink.',
              });
              return true;
            }),
          },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '0',
            parameters: [{ type: 'payload', payload: `optout:${at.messageId}` }],
          },
        ],
      },
    });
    const message = await readMessage(at.world, at.messageId);
    expect(message).toMatchObject({
      status: 'sent',
      delivery: 'accepted',
      wamid: sent.id,
      contacts: 1,
      token: null,
    });
    expect(`${sent.body}\n\n${sent.footer}`).toBe(message.rendered);
    expect(message.attempts).toMatchObject([{ attempt: 1, outcome: 'accepted' }]);
  });

  it('nothing twice, however often and at once it runs', async () => {
    const answers = await Promise.all([at.send(), at.send(), at.send()]);
    expect(answers.reduce((sum, answer) => sum + answer.sent, 0)).toBe(1);
    expect((await at.send()).sent).toBe(0);
    expect(await at.sends()).toHaveLength(1);
  });

  it('all that is due, in batches', async () => {
    for (let number = 0; number < 22; number += 1) await approveMessage(at.world, await addMember(at.world));
    expect(await at.send()).toEqual({ sent: 23, failed: 0, uncertain: 0, complete: true });
    expect(new Set((await at.sends()).map((sent: { number: string }) => sent.number)).size).toBe(23);
  });

  it('a template without a button without one', async () => {
    await at.world
      .sql`update campaigns.templates set components = '[{"type": "BODY", "text": "x"}]' where language = 'cs'`;
    await at.send();
    expect((await at.sends())[0].request.template.components).toHaveLength(1);
  });

  it('and knows a message that WhatsApp holds back', async () => {
    await at.world.fault('whatsapp', 'held', { seconds: 60 });
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'sent', delivery: 'held' });
  });
});

describe('send-messages does not send', () => {
  it('to a member who opted out after the approval', async () => {
    await at.world
      .sql`select outbox.withdraw(1, ${`+${at.member.number}`}, 'stop_word', 'member:whatsapp', ${at.world.now()})`;
    expect(await at.send()).toEqual({ sent: 0, failed: 0, uncertain: 0, complete: true });
    expect(await at.sends()).toEqual([]);
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'cancelled',
      status_reason: 'suppressed',
      contacts: 0,
    });
  });

  it('to a member who came back after the approval', async () => {
    await at.world.sql`
      insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, made_at, made_date, raw)
      values (1, 'b1', ${at.member.clientId}, 'group', 'attended', ${at.world.now()}, '2026-11-20', ${at.world.now()}, '2026-11-20', '{}')`;
    await at.send();
    expect(await at.sends()).toEqual([]);
    const message = await readMessage(at.world, at.messageId);
    expect(message).toMatchObject({ status: 'cancelled', status_reason: 'came_back' });
    expect(await readDraft(at.world, message.draft_id)).toMatchObject({
      status: 'cancelled',
      decision_reason: 'came_back',
    });
  });

  it.each([
    ['at night', async () => at.later(11 * 3600_000)],
    ['when the mirror is stale', async () => at.world.pass(2 * 3600_000)],
    [
      'while an operator paused it',
      async () => void (await at.world.sql`update core.settings set sending_paused_at = now()`),
    ],
  ])('%s', async (_, arrange) => {
    await arrange();
    expect(await at.send()).toEqual({ sent: 0, failed: 0, uncertain: 0, complete: true });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'queued' });
  });

  it('what another worker holds', async () => {
    await at.world.sql`select outbox.claim_messages(10, 60, ${at.world.now()})`;
    expect(await at.send()).toMatchObject({ sent: 0 });
    expect(await at.sends()).toEqual([]);
  });

  it('so late in its lease that the call could outlive it', async () => {
    const slowClock: Database = {
      call: async (name, args, answer) => {
        const result = await at.world.database.call(name, args, answer);
        if (name === 'claim_messages') at.world.pass(45_000);
        return result;
      },
    };
    await at.sendWith({ database: slowClock });
    expect(await at.sends()).toEqual([]);
    await at.later(61_000);
    expect(await at.send()).toMatchObject({ sent: 1 });
    expect((await readMessage(at.world, at.messageId)).attempts).toMatchObject([
      { outcome: 'not_started' },
      { outcome: 'accepted' },
    ]);
  });
});
