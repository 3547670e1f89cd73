import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../supabase/functions/_shared/database.ts';
import { DatabaseError } from '../../../supabase/functions/_shared/database.ts';
import { readMessage } from '../members.ts';
import { openApprovedMessage } from './approved-message.ts';
import type { ApprovedMessage } from './approved-message.ts';

let at: ApprovedMessage;
beforeEach(async () => {
  at = await openApprovedMessage();
});
afterEach(() => at.world.closeAll());

describe('When nobody can know whether WhatsApp took the message, it', () => {
  it.each([
    ['did not answer in time', 'accept_then_slow', { ms: 600 }, 'did not answer within 0.3 s'],
    ['answered with a page of a proxy', 'accept_then_error', { status: 502 }, 'answered 502'],
    ['never saw the message, which looks the same', 'http_error', { status: 503 }, 'answered 503'],
  ])('%s: the message is uncertain and never sent again', async (_, kind, more, reason) => {
    await at.world.fault('whatsapp', kind, more);
    expect(await at.send()).toEqual({ sent: 0, failed: 0, uncertain: 1, complete: true });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'uncertain',
      status_reason: expect.stringContaining(reason),
      contacts: 1,
      token: null,
    });
    await at.later(24 * 3600_000);
    expect(await at.send()).toMatchObject({ sent: 0 });
    expect((await at.sends()).length).toBe(kind === 'http_error' ? 0 : 1);
  });

  it('took it after all: the status that carries our id settles it', async () => {
    await at.world.fault('whatsapp', 'accept_then_slow', { ms: 600 });
    await at.send();
    expect((await readMessage(at.world, at.messageId)).status).toBe('uncertain');
    await at.world.deliver(2000);
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'sent',
      delivery: 'delivered',
      wamid: (await at.sends())[0].id,
      status_reason: null,
    });
  });

  it('is uncertain as well when the connection breaks', async () => {
    const server = createServer((request) => request.socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect((await at.sendWith({ apiUrl: `http://127.0.0.1:${port}` })).body).toMatchObject({
      uncertain: 1,
      failed: 0,
    });
    await new Promise((resolve) => server.close(resolve));
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'uncertain', contacts: 1 });
  });
});

describe('When the database is away, send-messages', () => {
  const away = (name: string) => new DatabaseError(name, undefined, true, 'fetch failed.');
  /** Fails the first `times` calls of one function; `isDone`: the call had its effect, only its answer was lost. */
  function failing(name: string, times: number, isDone = false): Database {
    let left = times;
    return {
      call: async (called, args, answer) => {
        if (called !== name || left === 0) return at.world.database.call(called, args, answer);
        left -= 1;
        if (isDone) await at.world.database.call(called, args, answer);
        throw away(name);
      },
    };
  }

  it('repeats its report until it is stored', async () => {
    expect((await at.sendWith({ database: failing('settle_message', 3) })).body).toMatchObject({ sent: 1 });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'sent' });
  });

  it('may report twice', async () => {
    expect((await at.sendWith({ database: failing('settle_message', 1, true) })).body).toMatchObject({
      sent: 1,
    });
    expect((await readMessage(at.world, at.messageId)).attempts).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('leaves a message it cannot report uncertain, and nobody sends it again', async () => {
    const answer = await at.sendWith({ database: failing('settle_message', 99) });
    expect(answer.status).toBe(503);
    await at.later(61_000);
    expect(await at.send()).toMatchObject({ sent: 0 });
    expect(await at.sends()).toHaveLength(1);
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'uncertain', contacts: 1 });
    await at.world.deliver(2000);
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'sent',
      delivery: 'delivered',
    });
  });

  it('does not call WhatsApp when the database did not say that it may', async () => {
    expect((await at.sendWith({ database: failing('start_send', 1, true) })).body).toMatchObject({
      sent: 0,
      failed: 1,
    });
    expect(await at.sends()).toEqual([]);
    await at.later(60_000);
    expect(await at.send()).toMatchObject({ sent: 1 });
  });

  it('says so, and sends nothing, when nothing could be claimed', async () => {
    const answer = await at.sendWith({ database: failing('claim_messages', 1) });
    expect(answer).toMatchObject({
      status: 503,
      body: { error: expect.stringContaining('the next run tries again') },
    });
    expect(await at.sends()).toEqual([]);
  });
});
