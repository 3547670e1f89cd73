import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import type { ClubEnvironment } from './environment.ts';
import { REPO } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';

export async function hasClub(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ is_there: boolean }[]>`select exists (select from core.clubs) as is_there`;
  return row!.is_there;
}

/** The demo club with its operators. One implicit transaction: all of it or nothing. */
export async function seedDemo(sql: Sql): Promise<void> {
  try {
    await sql.unsafe(readFileSync(join(REPO, 'supabase/seed.sql'), 'utf8')).simple();
  } catch (error) {
    throw new StackProblem(
      `The demo data (supabase/seed.sql) could not be loaded: ${errorMessage(error)} Mend it, or start with --empty.`,
      { cause: error },
    );
  }
}

export async function createClub(sql: Sql, club: ClubEnvironment, now: Date): Promise<void> {
  const { CLUB_NAME: name, CLUB_TIMEZONE: timezone, CLUB_COUNTRY: country, CLUB_CURRENCY: currency } = club;
  try {
    await sql`select core.create_club(${name}, ${timezone}, ${country}, ${currency}, ${now})`;
  } catch (error) {
    throw new StackProblem(
      `The club could not be created: ${errorMessage(error)} Correct CLUB_NAME, CLUB_TIMEZONE, CLUB_COUNTRY or CLUB_CURRENCY and start again.`,
      { cause: error },
    );
  }
}
