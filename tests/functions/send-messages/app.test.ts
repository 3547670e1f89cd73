import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../supabase/functions/_shared/database.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import { createApp } from '../../../supabase/functions/send-messages/app.ts';
import { createWhatsAppClient } from '../../../supabase/functions/send-messages/whatsapp-client.ts';
import { addMember, approveMessage, isSuppressed, readDraft, readMessage } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Member, Messaging } from '../messaging.ts';
import { WHATSAPP } from '../outside-services.ts';

let world: Messaging;
let member: Member;
let messageId: string;
beforeEach(async () => {
  world = await openMessaging({ whatsappTimeoutMs: 300 });
  await world.run('sync-templates', { mode: 'submit' });
  member = await addMember(world);
  messageId = await approveMessage(world, member);
});
afterEach(() => world.closeAll());

const sends = async () => (await world.outside.control('GET', '/whatsapp/sends')).sends;
const send = async () => (await world.run('send-messages')).body;
const settings = async () => (await world.sql`select * from core.settings`)[0]!;

async function later(ms: number): Promise<void> {
  world.pass(ms);
  await world.sync();
}

/** The same function on another address of WhatsApp, or over another database. */
function sendWith(change: { apiUrl?: string; phoneNumberId?: string; database?: Database }) {
  const { access, log, now } = world;
  const graph = createGraph({
    apiUrl: change.apiUrl ?? `${world.outside.root}/whatsapp`,
    version: 'v26.0',
    token: WHATSAPP.token,
    timeoutMs: 300,
  });
  const whatsapp = createWhatsAppClient(graph, change.phoneNumberId ?? WHATSAPP.phoneNumberId);
  const database = change.database ?? world.database;
  return world.callFunction(createApp({ access, log, now, database, whatsapp, wait: () => Promise.resolve() }));
}

describe('send-messages sends', () => {
  it('exactly what was approved, with our id and a way out', async () => {
    expect(await world.run('send-messages')).toEqual({ status: 200, body: { sent: 1, failed: 0, uncertain: 0, complete: true } });
    const [sent] = await sends();
    expect(sent.request).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: member.number,
      type: 'template',
      biz_opaque_callback_data: messageId,
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
          { type: 'button', sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: `optout:${messageId}` }] },
        ],
      },
    });
    const message = await readMessage(world, messageId);
    expect(message).toMatchObject({ status: 'sent', delivery: 'accepted', wamid: sent.id, contacts: 1, token: null });
    expect(`${sent.body}\n\n${sent.footer}`).toBe(message.rendered);
    expect(message.attempts).toMatchObject([{ attempt: 1, outcome: 'accepted' }]);
  });

  it('nothing twice, however often and at once it runs', async () => {
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.reduce((sum, answer) => sum + answer.sent, 0)).toBe(1);
    expect((await send()).sent).toBe(0);
    expect(await sends()).toHaveLength(1);
  });

  it('all that is due, in batches', async () => {
    for (let number = 0; number < 22; number += 1) await approveMessage(world, await addMember(world));
    expect(await send()).toEqual({ sent: 23, failed: 0, uncertain: 0, complete: true });
    expect(new Set((await sends()).map((sent: { number: string }) => sent.number)).size).toBe(23);
  });

  it('a template without a button without one', async () => {
    await world.sql`update campaigns.templates set components = '[{"type": "BODY", "text": "x"}]' where language = 'cs'`;
    await send();
    expect((await sends())[0].request.template.components).toHaveLength(1);
  });

  it('and knows a message that WhatsApp holds back', async () => {
    await world.fault('whatsapp', 'held', { seconds: 60 });
    expect(await send()).toMatchObject({ sent: 1 });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'sent', delivery: 'held' });
  });
});

describe('send-messages does not send', () => {
  it('to a member who opted out after the approval', async () => {
    await world.sql`select campaigns.suppress(1, ${`+${member.number}`}, 'stop_word', 'member:whatsapp', ${world.now()})`;
    expect(await send()).toEqual({ sent: 0, failed: 0, uncertain: 0, complete: true });
    expect(await sends()).toEqual([]);
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'cancelled', status_reason: 'suppressed', contacts: 0 });
  });

  it('to a member who came back after the approval', async () => {
    await world.sql`
      insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, made_at, made_date, raw)
      values (1, 'b1', ${member.clientId}, 'group', 'attended', ${world.now()}, '2026-11-20', ${world.now()}, '2026-11-20', '{}')`;
    await send();
    expect(await sends()).toEqual([]);
    const message = await readMessage(world, messageId);
    expect(message).toMatchObject({ status: 'cancelled', status_reason: 'came_back' });
    expect(await readDraft(world, message.draft_id)).toMatchObject({ status: 'cancelled', decision_reason: 'came_back' });
  });

  it.each([
    ['at night', async () => later(11 * 3600_000)],
    ['when the mirror is stale', async () => world.pass(2 * 3600_000)],
    ['while an operator paused it', async () => void (await world.sql`update core.settings set sending_paused_at = now()`)],
  ])('%s', async (_, arrange) => {
    await arrange();
    expect(await send()).toEqual({ sent: 0, failed: 0, uncertain: 0, complete: true });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'queued' });
  });

  it('what another worker holds', async () => {
    await world.sql`select outbox.claim_messages(10, 60, ${world.now()})`;
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await sends()).toEqual([]);
  });

  it('so late in its lease that the call could outlive it', async () => {
    const slowClock: Database = {
      call: async (name, args, answer) => {
        const result = await world.database.call(name, args, answer);
        if (name === 'claim_messages') world.pass(45_000);
        return result;
      },
    };
    await sendWith({ database: slowClock });
    expect(await sends()).toEqual([]);
    await later(61_000);
    expect(await send()).toMatchObject({ sent: 1 });
    expect((await readMessage(world, messageId)).attempts).toMatchObject([{ outcome: 'not_started' }, { outcome: 'accepted' }]);
  });
});

describe('After an error that passes, send-messages', () => {
  it.each([130429, 131056, 131000, 80007])('%i tries again, later, and not before', async (code) => {
    await world.fault('whatsapp', 'error', { code });
    expect(await send()).toEqual({ sent: 0, failed: 1, uncertain: 0, complete: true });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'failed', error_code: code, contacts: 0 });
    expect(await send()).toMatchObject({ sent: 0 });

    await later(10 * 60_000);
    expect(await send()).toMatchObject({ sent: 1 });
    const message = await readMessage(world, messageId);
    expect(message).toMatchObject({ status: 'sent', contacts: 1 });
    expect(message.attempts).toMatchObject([{ outcome: 'retry', error_code: code }, { outcome: 'accepted' }]);
  });

  it('waits two minutes when the account is asked to slow down', async () => {
    await world.fault('whatsapp', 'error', { code: 80007 });
    await send();
    const { run_at } = await readMessage(world, messageId);
    expect(run_at.getTime() - world.now().getTime()).toBeGreaterThanOrEqual(120_000);
  });

  it('gives up after three tries when the trouble is of unknown kind, and after six else', async () => {
    await world.fault('whatsapp', 'error', { code: 131000, times: 'always', number: member.number });
    const other = await addMember(world);
    const otherId = await approveMessage(world, other);
    await world.fault('whatsapp', 'error', { code: 130429, times: 'always', number: other.number });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await send();
      await later(61 * 60_000);
    }
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'dead', error_code: 131000, token: null });
    expect((await readMessage(world, messageId)).attempts).toHaveLength(3);
    expect((await readMessage(world, otherId)).attempts).toHaveLength(6);
    expect(await readMessage(world, otherId)).toMatchObject({ status: 'dead', status_reason: expect.stringContaining('Rate limit hit') });
    expect(await sends()).toEqual([]);
  });

  it('tries again when nobody listens at the address', async () => {
    const free = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });
    const refused = await sendWith({ apiUrl: `http://127.0.0.1:${free}/whatsapp` });
    expect(refused.body).toMatchObject({ failed: 1, uncertain: 0 });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'failed', contacts: 0 });
    await later(60_000);
    expect(await send()).toMatchObject({ sent: 1 });
  });
});

describe('After an error that stays, send-messages', () => {
  it.each([
    ['the cap of Meta', 131049],
    ['an experiment of Meta', 130472],
    ['a wrong parameter', 131009],
    ['a verdict on pacing', 135000],
  ])('gives up at %s', async (_, code) => {
    await world.fault('whatsapp', 'error', { code });
    expect(await send()).toMatchObject({ failed: 1 });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'dead', error_code: code });
    await later(24 * 3600_000);
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await isSuppressed(world, member)).toBeUndefined();
  });

  it.each([
    [131050, 'error_131050', 'who said no: the consent is withdrawn', 'error_131050'],
    [131026, 'unreachable', 'who cannot be reached, and took no consent back', null],
  ])('never writes to the member again at %i (%s), %s', async (code, cause, _, withdrawnBy) => {
    await world.fault('whatsapp', 'error', { code });
    await send();
    expect(await isSuppressed(world, member)).toBe(cause);
    expect(await world.sql`select withdrawn_by from campaigns.consents`).toMatchObject([{ withdrawn_by: withdrawnBy }]);
  });

  it.each([132001, 132015, 132018])('stops the template at %i, and what waits for it is skipped with the reason', async (code) => {
    const otherId = await approveMessage(world, await addMember(world));
    await world.fault('whatsapp', 'error', { code });
    await send();
    expect(await world.sql`select status from campaigns.templates where language = 'cs'`).toMatchObject([{ status: 'PAUSED' }]);
    await later(60_000);
    await send();
    const states = await Promise.all([messageId, otherId].map((id) => readMessage(world, id)));
    expect(states.map((state) => state.status).toSorted()).not.toContain('queued');
    expect(await world.sql`select status from campaigns.templates where language = 'uk'`).toMatchObject([{ status: 'APPROVED' }]);
  });

  it.each([190, 131042, 368, 131048])('stops the number at %i: one alert, and the queue keeps its messages', async (code) => {
    for (let number = 0; number < 3; number += 1) await approveMessage(world, await addMember(world));
    await world.fault('whatsapp', 'error', { code, times: 'always' });
    expect(await send()).toEqual({ sent: 0, failed: 1, uncertain: 0, complete: false });
    expect((await settings()).sending_paused_at).not.toBeNull();
    expect(await world.sql`select detail from core.audit_log where action = 'sending.stopped'`).toMatchObject([
      { detail: { error_code: code } },
    ]);
    await later(10 * 60_000);
    expect(await send()).toMatchObject({ sent: 0, failed: 0 });

    await world.outside.control('DELETE', '/whatsapp/faults');
    await world.sql`update core.settings set sending_paused_at = null`;
    await send();
    await later(60_000);
    await send();
    expect(await sends()).toHaveLength(4);
  });

  it('stops the number when our own number id is wrong, and burns no message', async () => {
    expect((await sendWith({ phoneNumberId: '999' })).body).toMatchObject({ failed: 1 });
    expect((await settings()).sending_paused_at).not.toBeNull();
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'failed', error_code: 100 });
  });
});

describe('When nobody can know whether WhatsApp took the message, it', () => {
  it.each([
    ['did not answer in time', 'accept_then_slow', { ms: 1000 }, 'did not answer within 0.3 s'],
    ['answered with a page of a proxy', 'accept_then_error', { status: 502 }, 'answered 502'],
    ['never saw the message, which looks the same', 'http_error', { status: 503 }, 'answered 503'],
  ])('%s: the message is uncertain and never sent again', async (_, kind, more, reason) => {
    await world.fault('whatsapp', kind, more);
    expect(await send()).toEqual({ sent: 0, failed: 0, uncertain: 1, complete: true });
    expect(await readMessage(world, messageId)).toMatchObject({
      status: 'uncertain',
      status_reason: expect.stringContaining(reason),
      contacts: 1,
      token: null,
    });
    await later(24 * 3600_000);
    expect(await send()).toMatchObject({ sent: 0 });
    expect((await sends()).length).toBe(kind === 'http_error' ? 0 : 1);
  });

  it('took it after all: the status that carries our id settles it', async () => {
    await world.fault('whatsapp', 'accept_then_slow', { ms: 1000 });
    await send();
    expect((await readMessage(world, messageId)).status).toBe('uncertain');
    await world.deliver(2000);
    expect(await readMessage(world, messageId)).toMatchObject({
      status: 'sent',
      delivery: 'delivered',
      wamid: (await sends())[0].id,
      status_reason: null,
    });
  });

  it('is uncertain as well when the connection breaks', async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect((await sendWith({ apiUrl: `http://127.0.0.1:${port}` })).body).toMatchObject({ uncertain: 1, failed: 0 });
    await new Promise((resolve) => server.close(resolve));
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'uncertain', contacts: 1 });
  });
});

describe('When the database is away, send-messages', () => {
  const away = (name: string) => new DatabaseError(name, undefined, true, 'fetch failed.');
  /** Fails the first `times` calls of one function; `isDone`: the call had its effect, only its answer was lost. */
  function failing(name: string, times: number, isDone = false): Database {
    let left = times;
    return {
      call: async (called, args, answer) => {
        if (called !== name || left === 0) return world.database.call(called, args, answer);
        left -= 1;
        if (isDone) await world.database.call(called, args, answer);
        throw away(name);
      },
    };
  }

  it('repeats its report until it is stored', async () => {
    expect((await sendWith({ database: failing('settle_message', 3) })).body).toMatchObject({ sent: 1 });
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'sent' });
  });

  it('may report twice', async () => {
    expect((await sendWith({ database: failing('settle_message', 1, true) })).body).toMatchObject({ sent: 1 });
    expect((await readMessage(world, messageId)).attempts).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('leaves a message it cannot report uncertain, and nobody sends it again', async () => {
    const answer = await sendWith({ database: failing('settle_message', 99) });
    expect(answer.status).toBe(503);
    await later(61_000);
    expect(await send()).toMatchObject({ sent: 0 });
    expect(await sends()).toHaveLength(1);
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'uncertain', contacts: 1 });
    await world.deliver(2000);
    expect(await readMessage(world, messageId)).toMatchObject({ status: 'sent', delivery: 'delivered' });
  });

  it('does not call WhatsApp when the database did not say that it may', async () => {
    expect((await sendWith({ database: failing('start_send', 1, true) })).body).toMatchObject({ sent: 0, failed: 1 });
    expect(await sends()).toEqual([]);
    await later(60_000);
    expect(await send()).toMatchObject({ sent: 1 });
  });

  it('says so, and sends nothing, when nothing could be claimed', async () => {
    const answer = await sendWith({ database: failing('claim_messages', 1) });
    expect(answer).toMatchObject({ status: 503, body: { error: expect.stringContaining('the next run tries again') } });
    expect(await sends()).toEqual([]);
  });
});
