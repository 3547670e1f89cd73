// Telegram's flood limits: about one message a second per chat with a small burst, and 20 a minute in a group.
import type { DatabaseSync } from 'node:sqlite';
import { tooManyRequests } from './telegram-error.ts';

const burst = { count: 5, windowMs: 5000 };
const perGroup = { count: 20, windowMs: 60_000 };

export function createFloodLimits(db: DatabaseSync, isGroup: boolean) {
  db.exec(`create table if not exists tg_calls (kind text not null, at integer not null) strict;
    create index if not exists tg_calls_at on tg_calls (kind, at)`);

  /** Seconds until the oldest of the calls that fill the window has left it; 0 when there is room. */
  function wait(kind: string, limit: { count: number; windowMs: number }, now: number): number {
    const recent = db
      .prepare('select at from tg_calls where kind = ? and at > ? order by at desc')
      .all(kind, now - limit.windowMs) as unknown as { at: number }[];
    const oldest = recent[limit.count - 1];
    return oldest ? Math.max(1, Math.ceil((oldest.at + limit.windowMs - now) / 1000)) : 0;
  }

  /** Counts one call of this kind, or throws 429 with the seconds to wait. */
  return function check(kind: 'send' | 'edit', at: Date): void {
    const now = at.getTime();
    db.prepare('delete from tg_calls where at <= ?').run(now - perGroup.windowMs);
    const seconds = Math.max(wait(kind, burst, now), isGroup ? wait(kind, perGroup, now) : 0);
    if (seconds > 0) throw tooManyRequests(seconds);
    db.prepare('insert into tg_calls values (?, ?)').run(kind, now);
  };
}
