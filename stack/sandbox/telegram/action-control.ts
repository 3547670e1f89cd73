// What the control does for people: write, press, delete, forward, throw the bot out and take it back.
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { changeMembership, migrate } from './chat-events.ts';
import { ActionError, findMessage, forward, press, write } from './person-actions.ts';
import type { ActionDeps } from './person-actions.ts';

const someone = { user_id: z.int().optional(), language_code: z.string().optional() };
const inChat = { chat_id: z.int().optional() };
const pressBody = z.strictObject({ message_id: z.int(), data: z.string(), ...someone, ...inChat });
const messageBody = z.strictObject({
  text: z.string().min(1).max(4096),
  reply_to_message_id: z.int().nullish(),
  ...someone,
  ...inChat,
});
const forwardBody = z.strictObject({
  message_id: z.int(),
  to_chat_id: z.int(),
  user_id: z.int().optional(),
});
const deleteBody = z.strictObject({ message_id: z.int() });
const membershipBody = z.strictObject({ user_id: z.int().optional(), ...inChat });
const migrateBody = z.strictObject(inChat);

/** What the apps refuse a person is an answer like any other. */
async function attempt(c: Context, act: () => Promise<object>) {
  try {
    return c.json(await act(), 201);
  } catch (error) {
    if (error instanceof ActionError) return c.json({ error: error.message }, 404);
    throw error;
  }
}

export function createActionControl(deps: ActionDeps): Hono {
  const app = new Hono();
  const { people, chats, store } = deps;
  const defaultUser = people.moderators[0]?.id ?? people.chat.id;
  const chatIn = (id?: number) => id ?? chats.moderation().id;
  /** In a private chat it is the person themselves who acts. */
  const userIn = (chatId: number, userId?: number) => userId ?? (chatId > 0 ? chatId : defaultUser);

  app.post('/press', (c) =>
    attempt(c, async () => {
      const body = pressBody.parse(await c.req.json());
      const { chatId } = findMessage(deps, body.message_id);
      return press(deps, { ...body, user_id: userIn(body.chat_id ?? chatId, body.user_id) });
    }),
  );
  app.post('/message', (c) =>
    attempt(c, async () => {
      const body = messageBody.parse(await c.req.json());
      const id = chatIn(body.chat_id);
      const message = write(deps, { ...body, chat_id: id, user_id: userIn(id, body.user_id) });
      return { message_id: message.messageId };
    }),
  );
  app.post('/delete', (c) =>
    attempt(c, async () => {
      const { messageId } = findMessage(deps, deleteBody.parse(await c.req.json()).message_id);
      store.delete(messageId);
      return { message_id: messageId };
    }),
  );
  app.post('/forward', (c) =>
    attempt(c, async () => {
      const body = forwardBody.parse(await c.req.json());
      const userId = userIn(body.to_chat_id, body.user_id);
      return { message_id: forward(deps, body.message_id, body.to_chat_id, userId).messageId };
    }),
  );
  for (const [path, membership] of [
    ['/kick', 'kicked'],
    ['/invite', 'member'],
  ] as const) {
    app.post(path, (c) =>
      attempt(c, async () => {
        const body = membershipBody.parse(await c.req.json());
        const id = chatIn(body.chat_id);
        return changeMembership(deps, id, userIn(id, body.user_id), membership);
      }),
    );
  }
  app.post('/migrate', (c) =>
    attempt(c, async () => {
      const body = migrateBody.parse(await c.req.json());
      return migrate(deps, chatIn(body.chat_id));
    }),
  );
  return app;
}
