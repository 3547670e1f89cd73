import type { Sql, TransactionSql } from 'postgres';

/** Runs as the Data API would for this person's token; without a person, as the anonymous role. Nothing is committed. */
export async function asPerson<T>(
  sql: Sql,
  userId: string | null,
  work: (transaction: TransactionSql) => PromiseLike<T>,
): Promise<T> {
  return asRole(sql, userId === null ? 'anon' : 'authenticated', work, { sub: userId });
}

export async function asRole<T>(
  sql: Sql,
  role: string,
  work: (transaction: TransactionSql) => PromiseLike<T>,
  claims: Record<string, string | null> = {},
): Promise<T> {
  let outcome: { value: T } | undefined;
  const rollback = new Error('rolled back on purpose');
  try {
    await sql.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claims', ${JSON.stringify({ role, ...claims })}, true)`;
      await transaction`set local role ${transaction(role)}`;
      outcome = { value: await work(transaction) };
      throw rollback;
    });
  } catch (error) {
    if (error !== rollback) throw error;
  }
  return outcome!.value;
}

/** Enters an operator of a club; returns the person's id. */
export async function operator(
  sql: Sql,
  clubId: number,
  role: string,
  { isActive = true } = {},
): Promise<string> {
  const userId = crypto.randomUUID();
  await sql`
    insert into core.operators (club_id, user_id, email, role, is_active, created_at)
    values (${clubId}, ${userId}, ${`${role}@example.com`}, ${role}, ${isActive}, '2026-01-01T00:00:00Z')`;
  return userId;
}
