import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMember, approveMessage, isSuppressed, readMessage } from '../members.ts';
import { CLUB } from '../messaging.ts';
import { openApprovedMessage } from './approved-message.ts';
import type { ApprovedMessage } from './approved-message.ts';

let at: ApprovedMessage;
beforeEach(async () => {
  at = await openApprovedMessage();
});
afterEach(() => at.world.closeAll());

const settings = async () => (await at.world.sql`select * from core.settings`)[0]!;

describe('After an error that passes, send-messages', () => {
  it.each([130429, 131056, 131000, 80007])('%i tries again, later, and not before', async (code) => {
    await at.world.fault('whatsapp', 'error', { code });
    expect(await at.send()).toEqual({ sent: 0, failed: 1, uncertain: 0, complete: true });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'failed',
      error_code: code,
      contacts: 0,
    });
    expect(await at.send()).toMatchObject({ sent: 0 });

    await at.later(10 * 60_000);
    expect(await at.send()).toMatchObject({ sent: 1 });
    const message = await readMessage(at.world, at.messageId);
    expect(message).toMatchObject({ status: 'sent', contacts: 1 });
    expect(message.attempts).toMatchObject([{ outcome: 'retry', error_code: code }, { outcome: 'accepted' }]);
  });

  it('waits two minutes when the account is asked to slow down', async () => {
    await at.world.fault('whatsapp', 'error', { code: 80007 });
    await at.send();
    const { run_at } = await readMessage(at.world, at.messageId);
    expect(run_at.getTime() - at.world.now().getTime()).toBeGreaterThanOrEqual(120_000);
  });

  it('gives up after three tries when the trouble is of unknown kind, and after six else', async () => {
    await at.world.fault('whatsapp', 'error', { code: 131000, times: 'always', number: at.member.number });
    const other = await addMember(at.world);
    const otherId = await approveMessage(at.world, other);
    await at.world.fault('whatsapp', 'error', { code: 130429, times: 'always', number: other.number });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await at.send();
      await at.later(61 * 60_000);
    }
    expect(await readMessage(at.world, at.messageId)).toMatchObject({
      status: 'dead',
      error_code: 131000,
      token: null,
    });
    expect((await readMessage(at.world, at.messageId)).attempts).toHaveLength(3);
    expect((await readMessage(at.world, otherId)).attempts).toHaveLength(6);
    expect(await readMessage(at.world, otherId)).toMatchObject({
      status: 'dead',
      status_reason: expect.stringContaining('Rate limit hit'),
    });
    expect(await at.sends()).toEqual([]);
  });

  it('tries again when nobody listens at the address', async () => {
    const free = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });
    const refused = await at.sendWith({ apiUrl: `http://127.0.0.1:${free}/whatsapp` });
    expect(refused.body).toMatchObject({ failed: 1, uncertain: 0 });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'failed', contacts: 0 });
    await at.later(60_000);
    expect(await at.send()).toMatchObject({ sent: 1 });
  });
});

describe('After an error that stays, send-messages', () => {
  it.each([
    ['the cap of Meta', 131049],
    ['an experiment of Meta', 130472],
    ['a wrong parameter', 131009],
    ['a verdict on pacing', 135000],
  ])('gives up at %s', async (_, code) => {
    await at.world.fault('whatsapp', 'error', { code });
    expect(await at.send()).toMatchObject({ failed: 1 });
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'dead', error_code: code });
    await at.later(24 * 3600_000);
    expect(await at.send()).toMatchObject({ sent: 0 });
    expect(await isSuppressed(at.world, at.member)).toBeUndefined();
  });

  it.each([
    [131050, 'error_131050', 'who said no: the consent is withdrawn', 'error_131050'],
    [131026, 'unreachable', 'who cannot be reached, and took no consent back', null],
  ])('never writes to the member again at %i (%s), %s', async (code, cause, _, withdrawnBy) => {
    await at.world.fault('whatsapp', 'error', { code });
    await at.send();
    expect(await isSuppressed(at.world, at.member)).toBe(cause);
    expect(await at.world.sql`select withdrawn_by from campaigns.consents`).toMatchObject([
      { withdrawn_by: withdrawnBy },
    ]);
  });

  it.each([132001, 132015, 132018])(
    'stops the template at %i, and what waits for it is skipped with the reason',
    async (code) => {
      const otherId = await approveMessage(at.world, await addMember(at.world));
      await at.world.fault('whatsapp', 'error', { code });
      await at.send();
      expect(
        await at.world
          .sql`select status from campaigns.templates where name = 'reactivation_v1' and language = 'cs'`,
      ).toMatchObject([{ status: 'PAUSED' }]);
      await at.later(60_000);
      await at.send();
      const states = await Promise.all([at.messageId, otherId].map((id) => readMessage(at.world, id)));
      expect(states.map((state) => state.status).toSorted()).not.toContain('queued');
      expect(
        await at.world
          .sql`select status from campaigns.templates where name = 'reactivation_v1' and language = 'uk'`,
      ).toMatchObject([{ status: 'APPROVED' }]);
    },
  );

  it.each([190, 131042, 368, 131048])(
    'stops the number at %i: one alert, and the queue keeps its messages',
    async (code) => {
      for (let number = 0; number < 3; number += 1) await approveMessage(at.world, await addMember(at.world));
      await at.world.fault('whatsapp', 'error', { code, times: 'always' });
      // Those that were under way together: each was told no, and none after them was begun.
      expect(await at.send()).toMatchObject({ sent: 0, uncertain: 0, complete: false });
      const { sending_paused_by: pausedBy } = await settings();
      expect(pausedBy).toBe('system:whatsapp');
      expect(await at.world.sql`select kind from outbox.alerts where ended_at is null`).toEqual([
        { kind: 'sending_stopped' },
      ]);
      const [alert] = await at.world.sql`select what from outbox.alerts where ended_at is null`;
      expect(alert!.what).toContain(`(error ${code})`);
      await at.later(10 * 60_000);
      expect(await at.send()).toMatchObject({ sent: 0, failed: 0 });

      await at.world.outside.control('DELETE', '/whatsapp/faults');
      await at.world.sql`select outbox.resume_sending(${CLUB}, 'operator:test', ${at.world.now()})`;
      await at.send();
      await at.later(60_000);
      await at.send();
      expect(await at.sends()).toHaveLength(4);
    },
  );

  it('stops the number when our own number id is wrong, and burns no message', async () => {
    expect((await at.sendWith({ phoneNumberId: '999' })).body).toMatchObject({ failed: 1 });
    expect((await settings()).sending_paused_at).not.toBeNull();
    expect(await readMessage(at.world, at.messageId)).toMatchObject({ status: 'failed', error_code: 100 });
  });
});
