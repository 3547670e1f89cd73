// Messages of the moderation chat.
import type { DatabaseSync } from 'node:sqlite';
import type { MessageEntity } from './html.ts';
import type { InlineKeyboard } from './keyboard.ts';
import type { People, TelegramChat, TelegramUser } from './people.ts';

export interface StoredMessage {
  messageId: number;
  senderId: number;
  text: string;
  entities: MessageEntity[];
  keyboard: InlineKeyboard | null;
  replyTo: number | null;
  at: number;
  editedAt: number | null;
}

export type MessageContent = Pick<StoredMessage, 'text' | 'entities' | 'keyboard'>;

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
}

const schema = `create table if not exists tg_messages (
  message_id integer primary key autoincrement,
  sender_id integer not null,
  text text not null,
  entities text not null,
  keyboard text,
  reply_to integer,
  at integer not null,
  edited_at integer
) strict`;

interface MessageRow {
  message_id: number;
  sender_id: number;
  text: string;
  entities: string;
  keyboard: string | null;
  reply_to: number | null;
  at: number;
  edited_at: number | null;
}

const toMessage = (row: MessageRow): StoredMessage => ({
  messageId: row.message_id,
  senderId: row.sender_id,
  text: row.text,
  entities: JSON.parse(row.entities) as MessageEntity[],
  keyboard: row.keyboard === null ? null : (JSON.parse(row.keyboard) as InlineKeyboard),
  replyTo: row.reply_to,
  at: row.at,
  editedAt: row.edited_at,
});

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
const keyboardJson = (keyboard: InlineKeyboard | null) =>
  keyboard === null ? null : JSON.stringify(keyboard);

export class ChatStore {
  readonly #db: DatabaseSync;
  readonly #people: People;

  constructor(db: DatabaseSync, people: People) {
    db.exec(schema);
    this.#db = db;
    this.#people = people;
  }

  find(messageId: number): StoredMessage | undefined {
    const row = this.#db.prepare('select * from tg_messages where message_id = ?').get(messageId);
    return row ? toMessage(row as unknown as MessageRow) : undefined;
  }

  all(): StoredMessage[] {
    const rows = this.#db.prepare('select * from tg_messages order by message_id').all();
    return (rows as unknown as MessageRow[]).map(toMessage);
  }

  /** A message as updates and answers carry it; the one it replies to comes along, but not that one's own parent. */
  toApi(message: StoredMessage, withReply = true): ApiMessage {
    const parent = withReply && message.replyTo !== null ? this.find(message.replyTo) : undefined;
    return {
      message_id: message.messageId,
      from: this.#people.userOf(message.senderId),
      chat: this.#people.chat,
      date: seconds(message.at),
      ...(message.editedAt === null ? {} : { edit_date: seconds(message.editedAt) }),
      text: message.text,
      ...(message.entities.length === 0 ? {} : { entities: message.entities }),
      ...(message.keyboard === null ? {} : { reply_markup: message.keyboard }),
      ...(parent ? { reply_to_message: this.toApi(parent, false) } : {}),
    };
  }

  insert(message: Omit<StoredMessage, 'messageId' | 'editedAt'>): StoredMessage {
    const { senderId, text, entities, keyboard, replyTo, at } = message;
    const row = this.#db
      .prepare(
        'insert into tg_messages (sender_id, text, entities, keyboard, reply_to, at) values (?, ?, ?, ?, ?, ?) returning *',
      )
      .get(senderId, text, JSON.stringify(entities), keyboardJson(keyboard), replyTo, at);
    return toMessage(row as unknown as MessageRow);
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
