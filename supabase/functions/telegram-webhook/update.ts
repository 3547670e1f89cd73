// One update of Telegram, done once: it is written down by its update_id before anything else happens.
import { BotError, GrammyError, HttpError } from 'grammy';
import type { Bot } from 'grammy';
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';

export interface UpdateDeps {
  bot: Bot;
  database: Database;
  now: Now;
  log: Log;
}

export type Update = Parameters<Bot['handleUpdate']>[0];

/** Done, or never to be done: Telegram need not repeat it. Not yet: it should. */
export type UpdateOutcome = 'settled' | 'repeat';

/** Longer than any update takes: whoever is at it longer has died. */
const LEASE_SECONDS = 60;

const begun = z.enum(['new', 'again', 'busy', 'done', 'poison']);
const failed = z.enum(['failed', 'poison']).nullable();

export const updateShape = z.looseObject({ update_id: z.number().int().nonnegative() });

/** Trouble that passes by itself: the database or Telegram is away, or too busy. Anything else would fail again. */
function willPass(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.isTransient;
  if (error instanceof GrammyError) return error.error_code === 429 || error.error_code >= 500;
  return error instanceof HttpError;
}

async function fail(deps: UpdateDeps, update: Update, error: unknown): Promise<UpdateOutcome> {
  const { database, now, log } = deps;
  const isHopeless = !willPass(error);
  const state = await database.call(
    'fail_telegram_update',
    {
      p_update_id: update.update_id,
      p_error: error instanceof Error ? error.message : String(error),
      p_body: update,
      p_is_hopeless: isHopeless,
      p_now: now().toISOString(),
    },
    failed,
  );
  log.error('update_failed', error, { update_id: update.update_id, state });
  return state === 'failed' ? 'repeat' : 'settled';
}

/** Throws DatabaseError when not even that can be written down: nothing was done then. */
export async function handleUpdate(deps: UpdateDeps, update: Update): Promise<UpdateOutcome> {
  const { bot, database, now, log } = deps;
  const args = { p_update_id: update.update_id, p_lease_seconds: LEASE_SECONDS, p_now: now().toISOString() };
  const state = await database.call('begin_telegram_update', args, begun);
  if (state === 'busy') return 'repeat';
  if (state === 'done' || state === 'poison') {
    log.info('update_known', { update_id: update.update_id, state });
    return 'settled';
  }
  try {
    await bot.handleUpdate(update);
  } catch (error) {
    return fail(deps, update, error instanceof BotError ? error.error : error);
  }
  const finished = { p_update_id: update.update_id, p_now: now().toISOString() };
  await database.call('finish_telegram_update', finished, z.null());
  return 'settled';
}
