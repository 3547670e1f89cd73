import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging({ dashboardUrl: 'https://club.example' });
});
afterAll(() => world.closeAll());

interface Told {
  text: string;
  buttons: { text: string; url?: string }[][];
}

/** The chat after a round that has time enough. */
async function told(minutes = 1): Promise<Told[]> {
  world.pass(minutes * 60_000);
  await world.run('draft-messages');
  return (await world.outside.control('GET', '/telegram/chat')).messages;
}
const stop = () => world.sql`select outbox.stop_sending(190, 'the <b>token</b> has expired', ${world.now()})`;

it('An incident of all clubs is one message, as plain text, with the way to the dashboard', async () => {
  await stop();
  await told();
  await stop();
  const messages = await told();
  expect(messages).toHaveLength(1);
  expect(messages[0]!.text).toContain('<b>token</b> has expired');
  expect(messages[0]!.text).toContain('resume sending in Settings → Who approves');
  expect(messages[0]!.buttons).toEqual([[{ text: expect.any(String), url: 'https://club.example/' }]]);
});

it('Over, the same message says so; what comes back within the hour opens it again, later it is another', async () => {
  const resume = () => world.sql`select outbox.resume_sending(1, 'operator:eva', ${world.now()})`;
  await resume();
  const [over, ...others] = await told();
  expect(others).toEqual([]);
  expect(over).toMatchObject({
    text: expect.stringMatching(/^✅ .*10:02/),
    buttons: [],
  });
  await stop();
  const [again, ...more] = await told();
  expect(more).toEqual([]);
  expect(again!.text).toMatch(/^⚠️ /);
  await resume();
  expect(await told(61)).toHaveLength(1);
  await stop();
  expect(await told()).toHaveLength(2);
});

it('An incident of a club names the club and what to do, in the language of the chat', async () => {
  await world.sql`update core.settings set moderation_language = 'cs'`;
  await world.sql`
    select outbox.raise_alert(
      'dead_letters', 'Messages that need a person.', ${world.now()}, 1, '', '{"dead": 2, "uncertain": 1}'
    )`;
  const message = (await told()).at(-1)!;
  expect(message.text).toContain('Vltava Fit: ');
  expect(message.text).not.toContain('need a person');
  expect(message.buttons[0]![0]!.url).toBe('https://club.example/clubs/1/messages/problems');
});

it('An alert that Telegram did not take is told by a later run', async () => {
  const before = (await told()).length;
  await world.sql`select outbox.raise_alert('account', 'Look.', ${world.now()}, 1)`;
  await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
  expect(await told()).toHaveLength(before);
  expect(await told(2)).toHaveLength(before + 1);
});
