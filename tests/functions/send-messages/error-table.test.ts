import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMember, approveMessage, isSuppressed, readMessage } from '../members.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import type { Member, Messaging } from '../messaging.ts';
import { ERROR_TABLE } from './error-table.ts';
import type { Consequence } from './error-table.ts';

let world: Messaging;
let member: Member;
let messageId: string;
beforeAll(async () => {
  world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
});
afterAll(() => world.closeAll());

beforeEach(async () => {
  const { sql, now } = world;
  await world.outside.control('DELETE', '/whatsapp/faults');
  await sql`select outbox.resume_sending(${CLUB}, 'operator:test', ${now()})`;
  await sql`delete from outbox.queue`;
  await sql`update outbox.pace set slowed_until = null, filled_at = null`;
  await sql`update campaigns.templates set status = 'APPROVED', stopped_at = null, stopped_reason = null, stopped_for = '{}'`;
  world.pass(60_000);
  await world.sync();
  member = await addMember(world);
  await sql`select campaigns.note_inbound(${CLUB}, ${member.clientId}, ${`+${member.number}`}, ${now()}, ${now()})`;
  messageId = await approveMessage(world, member);
});

const MESSAGE_IS: Record<string, Consequence['message']> = {
  failed: 'tried again',
  dead: 'dead',
  cancelled: 'cancelled',
};

async function memberIs(): Promise<Consequence['member']> {
  const { sql, now } = world;
  const phone = `+${member.number}`;
  if (await isSuppressed(world, member)) return 'suppressed';
  const rests =
    await sql`select from campaigns.rests where phone = ${phone} and rests_until = ${now()}::timestamptz + interval '24 hours'`;
  if (rests.length > 0) return 'rests';
  const [row] = await sql`select campaigns.window_closes_at(${CLUB}, ${member.clientId}, ${now()}) as at`;
  return row!.at === null ? 'window closed' : 'as before';
}

async function consequence(): Promise<Consequence & { inQueue: boolean }> {
  const { sql, now } = world;
  const message = await readMessage(world, messageId);
  const [template] = await sql`
    select campaigns.is_usable(template) as is_usable from campaigns.templates as template
    where name = 'reactivation_v1' and language = 'cs'`;
  const [setting] = await sql`select sending_paused_at is not null as is_stopped from core.settings`;
  const [pace] = await sql`select slowed_until > ${now()} as is_slow from outbox.pace`;
  const queued = await sql`select from outbox.queue where message_id = ${messageId} and token is null`;
  return {
    message: MESSAGE_IS[message.status as string]!,
    member: await memberIs(),
    template: template!.is_usable ? 'as before' : 'stopped',
    queue: setting!.is_stopped ? 'stopped' : pace!.is_slow ? 'slower' : 'goes on',
    inQueue: queued.length > 0,
  };
}

describe('Error', () => {
  it.each(ERROR_TABLE)('%i as the answer to our call', async (code, expected) => {
    await world.fault('whatsapp', 'error', { code });
    await world.run('send-messages');
    expect(await consequence()).toEqual({ ...expected, inQueue: expected.message === 'tried again' });
    const message = await readMessage(world, messageId);
    expect(message).toMatchObject({ error_code: code, contacts: 0 });
    expect(message.attempts).toMatchObject([{ attempt: 1, error_code: code }]);
  });

  it.each(ERROR_TABLE)('%i in a status, after WhatsApp had taken the message', async (code, expected) => {
    await world.fault('whatsapp', 'fail_later', { code });
    await world.run('send-messages');
    await world.deliver(5_000);
    const came = await consequence();
    // It was sent, so it counts and is not sent again; all else is as for the answer.
    expect(came).toMatchObject({ template: expected.template, queue: expected.queue, inQueue: false });
    expect(await readMessage(world, messageId)).toMatchObject({
      status: 'sent',
      delivery: 'failed',
      error_code: code,
      contacts: 1,
    });
    if (expected.member !== 'rests') expect(came.member).toBe(expected.member);
    else
      expect(await world.sql`select from campaigns.rests where phone = ${`+${member.number}`}`).toHaveLength(
        1,
      );
  });

  it('of a member who rests: nothing is planned for them or sent to them for a day', async () => {
    await world.fault('whatsapp', 'error', { code: 131049 });
    await world.run('send-messages');
    const reason = async () => {
      const [row] = await world.sql`
        select campaigns.recheck(${CLUB}, draft_id, ${world.now()}) as reason from outbox.messages where message_id = ${messageId}`;
      return row!.reason as string | null;
    };
    expect(await reason()).toBe('resting');
    world.pass(24 * 3600_000);
    await world.sync();
    expect(await reason()).not.toBe('resting');
  });
});
