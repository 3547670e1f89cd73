import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMessaging } from '../messaging.ts';
import type { Messaging } from '../messaging.ts';

let world: Messaging;
beforeAll(async () => {
  world = await openMessaging();
});
afterAll(() => world.closeAll());

const told = async () =>
  ((await world.outside.control('GET', '/telegram/chat')).messages as { text: string }[]).map(
    ({ text }) => text,
  );

it('An alert is told once in the moderation chat, as plain text, and again only when it comes back', async () => {
  const raise = () =>
    world.sql`select outbox.stop_sending(190, 'the <b>token</b> has expired', ${world.now()})`;
  await raise();
  await world.run('draft-messages');
  await raise();
  await world.run('draft-messages');
  expect(await told()).toHaveLength(1);
  expect((await told())[0]).toContain('<b>token</b> has expired');
  expect((await told())[0]).toContain('resume sending in Settings → Who approves');

  await world.sql`select outbox.resume_sending(1, 'operator:eva', ${world.now()})`;
  await raise();
  await world.run('draft-messages');
  expect(await told()).toHaveLength(2);
});

it('An alert that Telegram did not take is told by the next run', async () => {
  await world.sql`select outbox.end_alert('account', ${world.now()}), outbox.raise_alert('account', 'Look.', ${world.now()})`;
  const before = (await told()).length;
  await world.fault('telegram', 'bad_gateway', { method: 'sendMessage' });
  await world.run('draft-messages');
  expect((await told()).length).toBe(before);
  world.pass(61_000);
  await world.run('draft-messages');
  expect((await told()).length).toBe(before + 1);
});
