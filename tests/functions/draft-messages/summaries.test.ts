import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, planDraft } from '../members.ts';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

const [PETRA, TOMAS] = TELEGRAM.allowedUserIds as [number, number];
const STRANGER = 666;

let world: Messaging;
let draftId: string;
beforeAll(async () => {
  world = await openMessaging();
  await world.sql`update core.settings set moderation_language = 'cs'`;
  await world.run('sync-templates', { mode: 'submit' });
  draftId = await planDraft(world, await addMember(world), { deliveryMode: 'notification' });
  await world.run('draft-messages');
  await world.run('send-messages');
  await world.deliver();
  await world.sql`select outbox.process_events(1000, ${world.now()})`;
  // From ten in the morning to five past eight in the evening.
  world.pass((10 * 60 + 5) * 60_000);
  await world.sql`select outbox.make_summaries(${world.now()})`;
  await world.run('draft-messages');
});
afterAll(() => world.closeAll());

const chat = () => world.outside.control('GET', '/telegram/chat');
const summary = async () => {
  const { messages } = await chat();
  expect(messages).toHaveLength(1);
  return messages[0] as {
    message_id: number;
    text: string;
    buttons: { text: string; callback_data?: string }[][];
  };
};

/** Somebody taps a button of the summary; what they are told, and whether it interrupts them. */
async function tap(letter: string, userId: number): Promise<{ answer: string | null; show_alert: boolean }> {
  const { message_id } = await summary();
  world.pass(60_000);
  await world.outside.control('POST', '/telegram/press', {
    message_id,
    data: `${letter}:${draftId}`,
    user_id: userId,
  });
  await world.deliver();
  return (await chat()).presses[0];
}

it('What went out by itself is summed up in the evening, with its words and two buttons', async () => {
  const { text, buttons } = await summary();
  expect(text).toContain('Odesláno bez schválení · 20. 11. 2026 Vltava Fit');
  expect(text).toContain('Reaktivace: 1 odeslaná');
  expect(text).toContain('1. Eva N. · Reaktivace · CS');
  const [message] = await world.sql<{ rendered: string }[]>`select rendered from outbox.messages`;
  expect(text).toContain(message!.rendered);
  expect(buttons).toEqual([
    [
      { text: '👍 1', callback_data: `jg:${draftId}` },
      { text: '👎 1', callback_data: `jb:${draftId}` },
    ],
  ]);
});

it('A tap on it is a judgement, which the same message then shows; a mind may be changed', async () => {
  expect((await tap('jg', PETRA)).answer).toBe('Noted: a good message.');
  expect((await summary()).text).toContain('👍 Petra');
  expect((await tap('jb', TOMAS)).answer).toContain('counts as a rejection');
  expect((await summary()).text).toMatch(/👍 Petra · 👎 Tom/);
  expect((await tap('jb', PETRA)).answer).toContain('Noted: a bad message.');
  expect((await summary()).text).toMatch(/👎 Tom.*Petra/);
  expect((await tap('jb', PETRA)).answer).toBe('You have said so already.');
});

it('A stranger’s tap changes nothing, and they are told nothing', async () => {
  const before = await summary();
  expect(await tap('jg', STRANGER)).toMatchObject({ answer: null, show_alert: false });
  expect(await summary()).toEqual(before);
  expect(await world.sql`select from campaigns.judgements where is_good`).toEqual([]);
  expect(world.logged).toContainEqual(
    expect.objectContaining({ level: 'warn', event: 'denied', telegram_user_id: STRANGER }),
  );
});

it('One that the chat did not redraw in time is redrawn by the next round', async () => {
  await world.fault('telegram', 'bad_gateway', { method: 'editMessageText' });
  await tap('jg', PETRA);
  expect((await summary()).text).not.toContain('👍 Petra');
  await world.run('draft-messages');
  expect((await summary()).text).toContain('👍 Petra');
});
