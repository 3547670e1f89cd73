// Telegram's flood limits, each chat for itself: about one message a second with a small burst, and 20 a minute in a group.
import type { DatabaseSync } from 'node:sqlite';
import type { TelegramChat } from './people.ts';
import { tooManyRequests } from './telegram-error.ts';

const burst = { count: 5, windowMs: 5000 };
const perGroup = { count: 20, windowMs: 60_000 };

export type CallKind = 'send' | 'edit';

export function createFloodLimits(db: DatabaseSync) {
  db.exec(`create table if not exists tg_calls (
      chat_id integer not null, kind text not null, at integer not null
    ) strict;
    create index if not exists tg_calls_at on tg_calls (chat_id, kind, at)`);

  /** Seconds until the oldest of the calls that fill the window has left it; 0 when there is room. */
  function wait(calls: [number, CallKind], limit: { count: number; windowMs: number }, now: number): number {
    const recent = db
      .prepare('select at from tg_calls where chat_id = ? and kind = ? and at > ? order by at desc')
      .all(...calls, now - limit.windowMs) as unknown as { at: number }[];
    const oldest = recent[limit.count - 1];
    return oldest ? Math.max(1, Math.ceil((oldest.at + limit.windowMs - now) / 1000)) : 0;
  }

  /** Counts one call of this kind in the chat, or throws 429 with the seconds to wait. */
  return function check(kind: CallKind, chat: TelegramChat, at: Date): void {
    const now = at.getTime();
    db.prepare('delete from tg_calls where at <= ?').run(now - perGroup.windowMs);
    const inGroup = chat.type === 'private' ? 0 : wait([chat.id, kind], perGroup, now);
    const seconds = Math.max(wait([chat.id, kind], burst, now), inGroup);
    if (seconds > 0) throw tooManyRequests(seconds);
    db.prepare('insert into tg_calls values (?, ?, ?)').run(chat.id, kind, now);
  };
}

export type FloodLimits = ReturnType<typeof createFloodLimits>;
