// The chats the bot is in: the moderation chat, whatever group it was invited to, and people who wrote to it themselves.
import type { DatabaseSync } from 'node:sqlite';
import type { People, TelegramChat } from './people.ts';
import { badRequest, TelegramError } from './telegram-error.ts';

export type Membership = 'member' | 'kicked' | 'left';

interface ChatRow {
  chat_id: number;
  membership: Membership;
  migrated_to: number | null;
}

const schema = `create table if not exists tg_chats (
  chat_id integer primary key,
  membership text not null,
  migrated_to integer
) strict`;

const forbidden = (reason: string) => new TelegramError(403, `Forbidden: ${reason}`);

/** An upgraded group goes on under another id, which only a supergroup can have. */
const supergroupAfter = (id: number) => Number(`-100${Number(String(id).replace(/^-(100)?/, '')) + 1}`);

export class Chats {
  readonly #db: DatabaseSync;
  readonly #people: People;

  constructor(db: DatabaseSync, people: People) {
    db.exec(schema);
    this.#db = db;
    this.#people = people;
    db.prepare("insert or ignore into tg_chats (chat_id, membership) values (?, 'member')").run(
      people.chat.id,
    );
  }

  #find(id: number): ChatRow | undefined {
    return this.#db.prepare('select * from tg_chats where chat_id = ?').get(id) as unknown as
      ChatRow | undefined;
  }

  /** The moderation chat, under the id that it has now. */
  moderation(): TelegramChat {
    let { id } = this.#people.chat;
    for (let row = this.#find(id); row?.migrated_to; row = this.#find(id)) id = row.migrated_to;
    return this.of(id);
  }

  of(id: number): TelegramChat {
    if (id === this.#people.chat.id) return this.#people.chat;
    if (id > 0) return { id, type: 'private', first_name: this.#people.userOf(id).first_name };
    const { title } = this.#people.chat;
    const isUpgraded = this.#db.prepare('select 1 from tg_chats where migrated_to = ?').get(id) !== undefined;
    return {
      id,
      type: String(id).startsWith('-100') ? 'supergroup' : 'group',
      title: isUpgraded && title ? title : 'Another group',
    };
  }

  hasBot(id: number): boolean {
    return this.#find(id)?.membership === 'member';
  }

  setMembership(id: number, membership: Membership): void {
    this.#db
      .prepare(
        'insert into tg_chats (chat_id, membership) values (?, ?) on conflict do update set membership = excluded.membership',
      )
      .run(id, membership);
  }

  migrate(id: number): number {
    const to = supergroupAfter(id);
    this.setMembership(to, 'member');
    this.#db.prepare('update tg_chats set migrated_to = ? where chat_id = ?').run(to, id);
    return to;
  }

  /** The chat a method names, or the refusal the Bot API has for it. */
  check(given: string): TelegramChat {
    const id = Number(given);
    const row = Number.isInteger(id) ? this.#find(id) : undefined;
    if (!row) {
      const isMet = this.#people.moderators.some((user) => user.id === id);
      throw isMet ? forbidden("bot can't initiate conversation with a user") : badRequest('chat not found');
    }
    if (row.migrated_to !== null) {
      const reason = 'Bad Request: group chat was upgraded to a supergroup chat';
      throw new TelegramError(400, reason, { migrate_to_chat_id: row.migrated_to });
    }
    const chat = this.of(id);
    if (row.membership === 'member') return chat;
    if (chat.type === 'private') throw forbidden('bot was blocked by the user');
    throw forbidden(
      row.membership === 'kicked'
        ? `bot was kicked from the ${chat.type} chat`
        : `bot is not a member of the ${chat.type} chat`,
    );
  }
}
