// Control of the Telegram stand-in: what a person in the moderation chat sees and does.
import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../database.ts';
import { createFaultControl } from '../faults.ts';
import type { Faults } from '../faults.ts';
import type { MessageEntity } from './html.ts';
import type { ChatStore, StoredMessage } from './message-store.ts';
import type { People } from './people.ts';
import type { CallbackPress, PressStore } from './press-store.ts';
import type { TelegramWebhook } from './webhook.ts';

export interface TelegramControlDeps {
  db: DatabaseSync;
  now: () => Date;
  people: People;
  store: ChatStore;
  presses: PressStore;
  webhook: TelegramWebhook;
  faults: Faults;
}

const method = { method: z.string().optional() };
const faultOptions: Record<string, z.ZodType> = {
  rate_limit: z.strictObject({ ...method, retry_after: z.int().positive().default(3) }),
  error: z.strictObject({ ...method, code: z.int().min(400).max(599), description: z.string() }),
  bad_gateway: z.strictObject(method),
  lost_answer: z.strictObject(method),
  slow: z.strictObject({ ...method, ms: z.int().min(0).max(600_000) }),
  duplicate: z.strictObject({}),
};

const pressBody = z.strictObject({ message_id: z.int(), data: z.string(), user_id: z.int().optional() });
const messageBody = z.strictObject({
  text: z.string().min(1).max(4096),
  user_id: z.int().optional(),
  reply_to_message_id: z.int().nullish(),
});

/** A command at the start is marked, as Telegram's clients mark it: bots look at the entity, not at the text. */
function commandEntities(text: string): MessageEntity[] {
  const command = /^\/[a-z0-9_]+(@[a-z0-9_]+)?/i.exec(text)?.[0];
  return command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
}

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());

const describePress = (press: CallbackPress) => ({
  id: press.id,
  message_id: press.messageId,
  user_id: press.userId,
  data: press.data,
  at: iso(press.at),
  answered_at: iso(press.answeredAt),
  answer: press.answerText,
  show_alert: press.showAlert,
});

const describeMessage = (people: People, message: StoredMessage) => ({
  message_id: message.messageId,
  from: people.userOf(message.senderId),
  text: message.text,
  entities: message.entities,
  buttons: message.keyboard?.inline_keyboard ?? [],
  reply_to_message_id: message.replyTo,
  at: iso(message.at),
  edited_at: iso(message.editedAt),
});

/** Presses a button for someone; null when the message has none like it. */
function press(deps: TelegramControlDeps, body: z.infer<typeof pressBody>, userId: number) {
  const { store, presses, webhook, people, now } = deps;
  const message = store.find(body.message_id);
  const buttons = message?.keyboard?.inline_keyboard.flat() ?? [];
  if (!message || !buttons.some((button) => button.callback_data === body.data)) return null;
  const id = String(randomInt(1_000_000, 281_474_976_710_655));
  return inTransaction(deps.db, () => {
    presses.insert({ id, messageId: message.messageId, userId, data: body.data, at: now().getTime() });
    const updateId = webhook.send('callback_query', {
      id,
      from: people.userOf(userId),
      message: store.toApi(message),
      chat_instance: String(people.chat.id),
      data: body.data,
    });
    return { callback_query_id: id, update_id: updateId };
  });
}

function write(deps: TelegramControlDeps, body: z.infer<typeof messageBody>, userId: number): StoredMessage {
  const { store, webhook, now } = deps;
  return inTransaction(deps.db, () => {
    const message = store.insert({
      senderId: userId,
      text: body.text,
      entities: commandEntities(body.text),
      keyboard: null,
      replyTo: body.reply_to_message_id ?? null,
      at: now().getTime(),
    });
    webhook.send('message', store.toApi(message));
    return message;
  });
}

export function createTelegramControl(deps: TelegramControlDeps): Hono {
  const { people, store, presses, webhook } = deps;
  const app = new Hono();
  const defaultUser = people.moderators[0]?.id ?? people.chat.id;

  app.route('/', createFaultControl(deps.faults, 'telegram', faultOptions));
  app.get('/chat', (c) =>
    c.json({
      chat: people.chat,
      bot: people.bot,
      users: people.moderators,
      webhook: webhook.info(),
      messages: store.all().map((message) => describeMessage(people, message)),
      presses: presses.latest().map(describePress),
    }),
  );
  app.post('/press', async (c) => {
    const body = pressBody.parse(await c.req.json());
    const pressed = press(deps, body, body.user_id ?? defaultUser);
    if (pressed) return c.json(pressed, 201);
    return c.json({ error: `Message ${body.message_id} has no button with the data "${body.data}".` }, 404);
  });
  app.post('/message', async (c) => {
    const body = messageBody.parse(await c.req.json());
    return c.json({ message_id: write(deps, body, body.user_id ?? defaultUser).messageId }, 201);
  });
  return app;
}
