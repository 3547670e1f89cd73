// Messages of all chats. Their ids are unique over all of them, which Telegram does not promise.
import type { DatabaseSync } from 'node:sqlite';
import type { Chats } from './chats.ts';
import type { MessageEntity } from './html.ts';
import type { InlineKeyboard } from './keyboard.ts';
import type { People, TelegramChat, TelegramUser } from './people.ts';

export interface StoredMessage {
  messageId: number;
  chatId: number;
  senderId: number;
  text: string;
  entities: MessageEntity[];
  keyboard: InlineKeyboard | null;
  /** Asks who sees it for a reply. */
  forceReply: boolean;
  replyTo: number | null;
  /** Written by the bot, and forwarded by a person. */
  isForwarded: boolean;
  at: number;
  editedAt: number | null;
}

export type MessageContent = Pick<StoredMessage, 'text' | 'entities' | 'keyboard'>;

export type NewMessage = Pick<StoredMessage, 'chatId' | 'senderId' | 'text' | 'entities' | 'at'> &
  Partial<Pick<StoredMessage, 'keyboard' | 'forceReply' | 'replyTo' | 'isForwarded'>>;

/** A message as updates and answers carry it. */
export interface ApiMessage {
  message_id: number;
  from: TelegramUser;
  chat: TelegramChat;
  date: number;
  edit_date?: number;
  text: string;
  entities?: MessageEntity[];
  reply_markup?: InlineKeyboard;
  reply_to_message?: ApiMessage;
  forward_origin?: { type: 'user'; sender_user: TelegramUser; date: number };
}

interface ApiOptions {
  /** What the sender's Telegram speaks. */
  language?: string;
  withReply?: boolean;
}

const schema = `create table if not exists tg_messages (
  message_id integer primary key autoincrement,
  chat_id integer not null,
  sender_id integer not null,
  text text not null,
  entities text not null,
  keyboard text,
  force_reply integer not null,
  reply_to integer,
  is_forwarded integer not null,
  at integer not null,
  edited_at integer
) strict`;

interface MessageRow {
  message_id: number;
  chat_id: number;
  sender_id: number;
  text: string;
  entities: string;
  keyboard: string | null;
  force_reply: number;
  reply_to: number | null;
  is_forwarded: number;
  at: number;
  edited_at: number | null;
}

const toMessage = (row: MessageRow): StoredMessage => ({
  messageId: row.message_id,
  chatId: row.chat_id,
  senderId: row.sender_id,
  text: row.text,
  entities: JSON.parse(row.entities) as MessageEntity[],
  keyboard: row.keyboard === null ? null : (JSON.parse(row.keyboard) as InlineKeyboard),
  forceReply: row.force_reply === 1,
  replyTo: row.reply_to,
  isForwarded: row.is_forwarded === 1,
  at: row.at,
  editedAt: row.edited_at,
});

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
const keyboardJson = (keyboard: InlineKeyboard | null) =>
  keyboard === null ? null : JSON.stringify(keyboard);

export class ChatStore {
  readonly #db: DatabaseSync;
  readonly #people: People;
  readonly #chats: Chats;

  constructor(db: DatabaseSync, people: People, chats: Chats) {
    db.exec(schema);
    this.#db = db;
    this.#people = people;
    this.#chats = chats;
  }

  find(chatId: number, messageId: number): StoredMessage | undefined {
    const message = this.findAnywhere(messageId);
    return message?.chatId === chatId ? message : undefined;
  }

  findAnywhere(messageId: number): StoredMessage | undefined {
    const row = this.#db.prepare('select * from tg_messages where message_id = ?').get(messageId);
    return row ? toMessage(row as unknown as MessageRow) : undefined;
  }

  all(chatId: number): StoredMessage[] {
    const rows = this.#db
      .prepare('select * from tg_messages where chat_id = ? order by message_id')
      .all(chatId);
    return (rows as unknown as MessageRow[]).map(toMessage);
  }

  /** A message as updates and answers carry it; the one it replies to comes along, but not that one's own parent. */
  toApi(message: StoredMessage, { language, withReply = true }: ApiOptions = {}): ApiMessage {
    const parent = withReply && message.replyTo !== null ? this.findAnywhere(message.replyTo) : undefined;
    return {
      message_id: message.messageId,
      from: this.#people.userOf(message.senderId, language),
      chat: this.#chats.of(message.chatId),
      date: seconds(message.at),
      ...(message.editedAt === null ? {} : { edit_date: seconds(message.editedAt) }),
      ...(message.isForwarded
        ? { forward_origin: { type: 'user', sender_user: this.#people.bot, date: seconds(message.at) } }
        : {}),
      text: message.text,
      ...(message.entities.length === 0 ? {} : { entities: message.entities }),
      ...(message.keyboard === null ? {} : { reply_markup: message.keyboard }),
      ...(parent ? { reply_to_message: this.toApi(parent, { withReply: false }) } : {}),
    };
  }

  insert(message: NewMessage): StoredMessage {
    const { chatId, senderId, text, entities, at } = message;
    const row = this.#db
      .prepare(
        `insert into tg_messages (chat_id, sender_id, text, entities, keyboard, force_reply, reply_to, is_forwarded, at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *`,
      )
      .get(
        chatId,
        senderId,
        text,
        JSON.stringify(entities),
        keyboardJson(message.keyboard ?? null),
        message.forceReply ? 1 : 0,
        message.replyTo ?? null,
        message.isForwarded ? 1 : 0,
        at,
      );
    return toMessage(row as unknown as MessageRow);
  }

  delete(messageId: number): void {
    this.#db.prepare('delete from tg_messages where message_id = ?').run(messageId);
  }

  edit(messageId: number, change: MessageContent, at: Date): StoredMessage {
    const row = this.#db
      .prepare(
        'update tg_messages set text = ?, entities = ?, keyboard = ?, edited_at = ? where message_id = ? returning *',
      )
      .get(
        change.text,
        JSON.stringify(change.entities),
        keyboardJson(change.keyboard),
        at.getTime(),
        messageId,
      );
    return toMessage(row as unknown as MessageRow);
  }
}
