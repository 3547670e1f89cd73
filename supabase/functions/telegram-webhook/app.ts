// Telegram's webhook. Telegram repeats whatever is not answered with 2xx: so trouble that passes is a 500, and what will never work is
// kept, logged and answered 200.
import type { Bot } from 'grammy';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { isSame } from '../_shared/constant-time.ts';
import { DatabaseError } from '../_shared/database.ts';
import { addModeration } from './bot.ts';
import type { BotDeps } from './bot.ts';
import { handleUpdate, updateShape } from './update.ts';
import type { Update, UpdateOutcome } from './update.ts';

export interface TelegramWebhookDeps extends BotDeps {
  bot: Bot;
  /** As given to setWebhook; Telegram sends it back with every update. */
  secretToken: string;
  /** What takes longer than Telegram waits goes on after the answer. */
  afterAnswer: (work: Promise<void>) => void;
  /** Milliseconds until Telegram is answered, whatever is not done by then. */
  patienceMs?: number;
}

const LARGEST_BODY = 1024 * 1024;
const PATIENCE_MS = 9000;

/** Undefined: not an update. */
function parseUpdate(text: string): Update | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined; // Nothing that could be repeated, or kept: the caller logs it.
  }
  const { data } = updateShape.safeParse(given);
  return data as Update | undefined;
}

/** The outcome, or `late` when Telegram must be answered before there is one. */
async function inTime(work: Promise<UpdateOutcome>, patienceMs: number): Promise<UpdateOutcome | 'late'> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function createApp(deps: TelegramWebhookDeps): Hono {
  const { bot, secretToken, log, afterAnswer, patienceMs = PATIENCE_MS } = deps;
  addModeration(bot, deps);

  const app = new Hono();
  app.post(
    '/*',
    // Before the body is read: strangers are told nothing, and cost nothing.
    async (c, next) => {
      const given = c.req.header('x-telegram-bot-api-secret-token');
      if (given === undefined || !(await isSame(given, secretToken))) {
        log.warn('secret_refused');
        return c.text('Unauthorized', 401);
      }
      return next();
    },
    bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.text('Payload Too Large', 413) }),
    async (c) => {
      const update = parseUpdate(await c.req.text());
      if (!update) {
        log.warn('not_an_update');
        return c.text('OK');
      }
      const work = handleUpdate(deps, update).catch((error: unknown) => {
        log.error('update_not_begun', error, { update_id: update.update_id });
        if (error instanceof DatabaseError && error.isTransient) return 'repeat' as const;
        throw error;
      });
      const outcome = await inTime(work, patienceMs);
      if (outcome === 'late') {
        log.warn('update_late', { update_id: update.update_id });
        afterAnswer(
          work.then(
            () => undefined,
            () => undefined, // Logged above.
          ),
        );
      }
      return outcome === 'settled' ? c.text('OK') : c.text('Not done, please repeat', 500);
    },
  );
  app.all('/*', (c) => c.text('Use POST.', 405));
  return app;
}
