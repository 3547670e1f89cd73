// POST or GET /bot<token>/<method>, as the Bot API answers it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { inTransaction } from '../database.ts';
import type { Faults } from '../faults.ts';
import type { Methods } from './method.ts';
import { readParameters } from './parameters.ts';
import { TelegramError, tooManyRequests } from './telegram-error.ts';

export interface BotAppDeps {
  db: DatabaseSync;
  botToken: string;
  faults: Faults;
  methods: Methods;
}

const badGateway = () => new TelegramError(502, 'Bad Gateway');

export function createBotApp({ db, botToken, faults, methods }: BotAppDeps): Hono {
  const app = new Hono();

  app.onError((error, c) => {
    const telegramError =
      error instanceof TelegramError ? error : new TelegramError(500, 'Internal Server Error');
    if (telegramError !== error) console.error('telegram sandbox:', error);
    const retryAfter = telegramError.parameters?.retry_after;
    if (retryAfter !== undefined) c.header('retry-after', String(retryAfter));
    return c.json(telegramError.toBody(), telegramError.code as ContentfulStatusCode);
  });

  app.on(['GET', 'POST'], '/:bot{bot[^/]+}/:method', async (c) => {
    if (decodeURIComponent(c.req.param('bot')) !== `bot${botToken}`)
      throw new TelegramError(401, 'Unauthorized');
    // Method names are case-insensitive at Telegram.
    const name = c.req.param('method').toLowerCase();
    const method = methods[name];
    if (!method) throw new TelegramError(404, 'Not Found: method not found');
    const parameters = await readParameters(c);

    const take = (kind: string) =>
      faults.take(
        'telegram',
        kind,
        ({ method: only }) => only === undefined || String(only).toLowerCase() === name,
      );
    const slow = take('slow');
    if (slow) await sleep(Number(slow.options.ms));
    if (take('bad_gateway')) throw badGateway();
    const flood = take('rate_limit');
    if (flood) throw tooManyRequests(Number(flood.options.retry_after));
    const refusal = take('error');
    if (refusal) throw new TelegramError(Number(refusal.options.code), String(refusal.options.description));

    const answer = inTransaction(db, () => method(parameters));
    // Done, but the caller does not learn of it.
    if (take('lost_answer')) throw badGateway();
    return c.json({ ok: true, ...answer });
  });

  app.all('/*', () => {
    throw new TelegramError(404, 'Not Found');
  });
  return app;
}
