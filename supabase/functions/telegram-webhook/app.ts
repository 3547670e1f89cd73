// Telegram's webhook. Telegram repeats whatever is not answered with 2xx: so trouble that passes is a 500, and an update that
// will never work is logged and answered 200.
import { BotError, webhookCallback } from 'grammy';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { DatabaseError } from '../_shared/database.ts';
import { addModeration } from './bot.ts';
import type { TapDeps } from './tap.ts';
import type { Bot } from 'grammy';

export interface TelegramWebhookDeps extends TapDeps {
  bot: Bot;
  /** As given to setWebhook; Telegram sends it back with every update. */
  secretToken: string;
}

const LARGEST_BODY = 1024 * 1024;
const TIMEOUT_MS = 25_000;

function willPass(error: unknown): boolean {
  const cause = error instanceof BotError ? error.error : error;
  if (cause instanceof DatabaseError) return cause.isTransient;
  return cause instanceof Error && cause.message.startsWith('Request timed out');
}

export function createApp(deps: TelegramWebhookDeps): Hono {
  const { bot, secretToken, log } = deps;
  addModeration(bot, deps);
  // Compares the secret header in constant time, before the body is read.
  const answer = webhookCallback(bot, 'std/http', { secretToken, timeoutMilliseconds: TIMEOUT_MS });

  const app = new Hono();
  app.post(
    '/*',
    bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.text('Payload Too Large', 413) }),
    async (c) => {
      try {
        const response = await answer(c.req.raw);
        if (response.status === 401) log.warn('secret_refused');
        return response;
      } catch (error) {
        log.error('update_failed', error instanceof BotError ? error.error : error);
        return willPass(error) ? c.text('Not done, please repeat', 500) : c.text('OK');
      }
    },
  );
  app.all('/*', (c) => c.text('Use POST.', 405));
  return app;
}
