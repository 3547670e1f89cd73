import { expect } from 'vitest';
import type { Club } from './club.ts';
import type { useClubs } from './clubs.ts';

export const NOW = '2026-06-15T10:00:00Z';

export interface Linking {
  outcome: 'linked' | 'refused';
  clubs: { club_id: number; name: string; role: string }[];
}

export const REFUSED: Linking = { outcome: 'refused', clubs: [] };

let accounts = 7000;
/** A Telegram account that no other test has. */
export const account = () => ++accounts;

/** People who link their Telegram accounts in the clubs of one test file. */
export function useTelegram(clubs: ReturnType<typeof useClubs>) {
  /** A person who works in these clubs, as that role. */
  async function person(places: Club[], role = 'owner', { isActive = true, email = 'eva@example.com' } = {}) {
    const userId = crypto.randomUUID();
    for (const { id } of places)
      await clubs.sql`
        insert into core.operators (club_id, user_id, email, role, is_active, created_at)
        values (${id}, ${userId}, ${email}, ${role}, ${isActive}, ${NOW})`;
    return userId;
  }

  async function start(club: Club, userId: string, at = NOW): Promise<string> {
    const [row] = await clubs.sql<{ code: string }[]>`
      select core.start_telegram_link(${club.id}, ${userId}, ${at}) as code`;
    return row!.code;
  }

  async function finish(
    code: string,
    telegramId: number,
    { at = NOW, name = 'Eva N.', sql = clubs.sql } = {},
  ) {
    const [row] = await sql<{ linking: Linking }[]>`
      select core.finish_telegram_link(${code}, ${telegramId}, ${name}, ${at}) as linking`;
    return row!.linking;
  }

  /** Links a person; returns their account. */
  async function link(club: Club, userId: string, telegramId = account()): Promise<number> {
    expect(await finish(await start(club, userId), telegramId)).toMatchObject({ outcome: 'linked' });
    return telegramId;
  }

  async function accountsOf(userId: string): Promise<(number | null)[]> {
    const rows = await clubs.sql<{ telegram: number | null }[]>`
      select telegram_user_id::int as telegram from core.operators where user_id = ${userId} order by club_id`;
    return rows.map(({ telegram }) => telegram);
  }

  const auditOf = (club: Club) => clubs.sql`
    select actor, action, object, detail from core.audit_log
    where club_id = ${club.id} and action like any (array['telegram.%', 'operator.%']) order by audit_id`;

  async function unlink(club: Club, userId: string, by: string): Promise<boolean> {
    const [row] = await clubs.sql<{ done: boolean }[]>`
      select core.unlink_telegram(${club.id}, ${userId}, ${by}, ${NOW}) as done`;
    return row!.done;
  }

  return { person, start, finish, link, unlink, accountsOf, auditOf };
}
