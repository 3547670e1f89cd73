// Presses of inline buttons, and what the bot answered to them.
import type { DatabaseSync } from 'node:sqlite';

export interface CallbackPress {
  id: string;
  messageId: number;
  userId: number;
  data: string;
  at: number;
  answeredAt: number | null;
  answerText: string | null;
  showAlert: boolean;
}

const schema = `create table if not exists tg_presses (
  id text primary key,
  message_id integer not null,
  user_id integer not null,
  data text not null,
  at integer not null,
  answered_at integer,
  answer_text text,
  show_alert integer not null default 0
) strict`;

interface PressRow {
  id: string;
  message_id: number;
  user_id: number;
  data: string;
  at: number;
  answered_at: number | null;
  answer_text: string | null;
  show_alert: number;
}

const toPress = (row: PressRow): CallbackPress => ({
  id: row.id,
  messageId: row.message_id,
  userId: row.user_id,
  data: row.data,
  at: row.at,
  answeredAt: row.answered_at,
  answerText: row.answer_text,
  showAlert: row.show_alert === 1,
});

export class PressStore {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    db.exec(schema);
    this.#db = db;
  }

  insert({
    id,
    messageId,
    userId,
    data,
    at,
  }: Pick<CallbackPress, 'id' | 'messageId' | 'userId' | 'data' | 'at'>): void {
    this.#db
      .prepare('insert into tg_presses (id, message_id, user_id, data, at) values (?, ?, ?, ?, ?)')
      .run(id, messageId, userId, data, at);
  }

  find(id: string): CallbackPress | undefined {
    const row = this.#db.prepare('select * from tg_presses where id = ?').get(id);
    return row ? toPress(row as unknown as PressRow) : undefined;
  }

  answer(id: string, text: string | null, showAlert: boolean, at: Date): void {
    this.#db
      .prepare('update tg_presses set answered_at = ?, answer_text = ?, show_alert = ? where id = ?')
      .run(at.getTime(), text, showAlert ? 1 : 0, id);
  }

  latest(): CallbackPress[] {
    const rows = this.#db.prepare('select * from tg_presses order by rowid desc limit 20').all();
    return (rows as unknown as PressRow[]).map(toPress);
  }
}
