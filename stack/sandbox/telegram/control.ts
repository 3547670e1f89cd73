// Control of the Telegram stand-in: what people see and do in the moderation chat and in private chats with the bot.
import { Hono } from 'hono';
import { z } from 'zod';
import { createFaultControl } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { createActionControl } from './action-control.ts';
import type { StoredMessage } from './message-store.ts';
import type { People } from './people.ts';
import type { ActionDeps } from './person-actions.ts';
import type { CallbackPress } from './press-store.ts';

export interface TelegramControlDeps extends ActionDeps {
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

const chatQuery = z.strictObject({ chat_id: z.coerce.number().int().optional() });

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
  force_reply: message.forceReply,
  reply_to_message_id: message.replyTo,
  is_forwarded: message.isForwarded,
  at: iso(message.at),
  edited_at: iso(message.editedAt),
});

export function createTelegramControl(deps: TelegramControlDeps): Hono {
  const { people, chats, store, presses, webhook } = deps;
  const app = new Hono();
  app.route('/', createFaultControl(deps.faults, 'telegram', faultOptions));
  app.get('/chat', (c) => {
    const { chat_id: chatId } = chatQuery.parse(c.req.query());
    const chat = chatId === undefined ? chats.moderation() : chats.of(chatId);
    return c.json({
      chat,
      bot: people.bot,
      has_bot: chats.hasBot(chat.id),
      users: people.moderators,
      webhook: webhook.info(),
      messages: store.all(chat.id).map((message) => describeMessage(people, message)),
      presses: presses.latest().map(describePress),
    });
  });
  app.route('/', createActionControl(deps));
  return app;
}
