// What people do in Telegram: press buttons, write, forward and delete.
import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../database.ts';
import type { Chats } from './chats.ts';
import type { MessageEntity } from './html.ts';
import type { InlineKeyboard } from './keyboard.ts';
import type { ChatStore, StoredMessage } from './message-store.ts';
import type { People } from './people.ts';
import type { PressStore } from './press-store.ts';
import type { TelegramWebhook } from './webhook.ts';

export interface ActionDeps {
  db: DatabaseSync;
  now: () => Date;
  people: People;
  chats: Chats;
  store: ChatStore;
  presses: PressStore;
  webhook: TelegramWebhook;
}

export interface Press {
  message_id: number;
  data: string;
  user_id: number;
  language_code?: string | undefined;
  /** Where it is pressed, when that is not where the message was written: such a press is forged. */
  chat_id?: number | undefined;
}

export interface Writing {
  text: string;
  chat_id: number;
  user_id: number;
  language_code?: string | undefined;
  reply_to_message_id?: number | null | undefined;
}

/** What a person asks for and Telegram's apps would not let them do. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}

/** A command at the start is marked, as Telegram's clients mark it: bots look at the entity, not at the text. */
function commandEntities(text: string): MessageEntity[] {
  const command = /^\/[a-z0-9_]+(@[a-z0-9_]+)?/i.exec(text)?.[0];
  return command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
}

const hasButton = (message: StoredMessage, data: string) =>
  (message.keyboard?.inline_keyboard.flat() ?? []).some((button) => button.callback_data === data);

export function findMessage({ store }: ActionDeps, messageId: number): StoredMessage {
  const message = store.findAnywhere(messageId);
  if (message) return message;
  throw new ActionError(`There is no message ${messageId}.`);
}

/** Presses a button for someone. Only one that is there, but for what somebody forged. */
export function press(deps: ActionDeps, { message_id: messageId, data, ...by }: Press) {
  const { db, now, people, store, presses, webhook } = deps;
  const message = findMessage(deps, messageId);
  const chatId = by.chat_id ?? message.chatId;
  const isForged = chatId !== message.chatId || message.isForwarded;
  if (!isForged && !hasButton(message, data))
    throw new ActionError(`Message ${messageId} has no button with the data "${data}".`);
  const id = String(randomInt(1_000_000, 281_474_976_710_655));
  return inTransaction(db, () => {
    presses.insert({ id, messageId, userId: by.user_id, data, at: now().getTime() });
    const updateId = webhook.send('callback_query', {
      id,
      from: people.userOf(by.user_id, by.language_code),
      message: store.toApi({ ...message, chatId }),
      chat_instance: String(chatId),
      data,
    });
    return { callback_query_id: id, update_id: updateId };
  });
}

/** Stores what a person wrote, and tells the bot where it is in the chat. */
function tell(deps: ActionDeps, message: StoredMessage, language?: string): StoredMessage {
  const { chats, store, webhook } = deps;
  if (chats.hasBot(message.chatId)) webhook.send('message', store.toApi(message, { language }));
  return message;
}

export function write(deps: ActionDeps, writing: Writing): StoredMessage {
  const { db, now, chats, store } = deps;
  const { chat_id: chatId, user_id: userId, text } = writing;
  if (chatId > 0 && chatId !== userId)
    throw new ActionError(`Only user ${chatId} writes in their private chat with the bot.`);
  const replyTo = writing.reply_to_message_id ?? null;
  if (replyTo !== null && !store.find(chatId, replyTo))
    throw new ActionError(`There is no message ${replyTo} in the chat ${chatId}.`);
  return inTransaction(db, () => {
    // Whoever writes to a bot has started it, or unblocked it.
    if (chatId > 0) chats.setMembership(chatId, 'member');
    const message = store.insert({
      chatId,
      senderId: userId,
      text,
      entities: commandEntities(text),
      replyTo,
      at: now().getTime(),
    });
    return tell(deps, message, writing.language_code);
  });
}

/** Forwarding takes the buttons away that call the bot, and keeps links. */
function linksOf(keyboard: InlineKeyboard | null): InlineKeyboard | null {
  const rows = (keyboard?.inline_keyboard ?? [])
    .map((row) => row.filter((button) => button.url !== undefined))
    .filter((row) => row.length > 0);
  return rows.length === 0 ? null : { inline_keyboard: rows };
}

export function forward(
  deps: ActionDeps,
  messageId: number,
  toChatId: number,
  userId: number,
): StoredMessage {
  const { db, now, store } = deps;
  const { text, entities, keyboard } = findMessage(deps, messageId);
  return inTransaction(db, () =>
    tell(
      deps,
      store.insert({
        chatId: toChatId,
        senderId: userId,
        text,
        entities,
        keyboard: linksOf(keyboard),
        isForwarded: true,
        at: now().getTime(),
      }),
    ),
  );
}
