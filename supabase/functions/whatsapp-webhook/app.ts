// Meta's webhook: the handshake, and updates, stored before they are understood. Meta repeats until it reads 200, so 200 means
// "stored" and 5xx means "could not be stored", and nothing else does.
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import { isSame } from '../_shared/constant-time.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { readEvents } from './events.ts';
import { isSigned } from './signature.ts';
import { storeEvents } from './store-events.ts';

export interface WhatsAppWebhookDeps {
  database: Database;
  appSecret: string;
  verifyToken: string;
  now: Now;
  log: Log;
  /** Takes work that may go on after the answer. */
  afterAnswer: (work: Promise<void>) => void;
}

/** Meta's own limit of a payload. */
const LARGEST_BODY = 3 * 1024 * 1024;
/** In one transaction, so that none holds what others wait for any longer. */
const PROCESS_AT_ONCE = 200;
/** Ten calls of Meta's; what is left is processed by the schedule outbox-tick. */
const MOST_ROUNDS = 50;

async function answerHandshake(c: Context, { verifyToken, log }: WhatsAppWebhookDeps): Promise<Response> {
  const query = (name: string) => c.req.query(`hub.${name}`) ?? '';
  // Without a token of ours there is nothing to know.
  const isKnown = verifyToken !== '' && (await isSame(query('verify_token'), verifyToken));
  if (query('mode') === 'subscribe' && isKnown) return c.text(query('challenge'));
  log.warn('handshake_refused');
  return c.text('Forbidden', 403);
}

/** Understanding comes after the answer; a failure here loses nothing, the events wait in the database. */
async function processEvents({ database, now, log }: WhatsAppWebhookDeps): Promise<void> {
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const args = { p_limit: PROCESS_AT_ONCE, p_now: now().toISOString() };
      const processed = await database.call('process_events', args, z.number());
      log.info('processed', { events: processed });
      if (processed < PROCESS_AT_ONCE) return;
    }
  } catch (error) {
    log.error('processing_failed', error);
  }
}

async function answerUpdate(c: Context, deps: WhatsAppWebhookDeps): Promise<Response> {
  const { database, appSecret, now, log } = deps;
  const bytes = await c.req.arrayBuffer();
  if (!(await isSigned(bytes, c.req.header('x-hub-signature-256'), appSecret))) {
    log.warn('signature_refused');
    return c.text('Unauthorized', 401);
  }
  const events = await readEvents(new TextDecoder().decode(bytes));
  try {
    const stored = await storeEvents(database, events, now());
    log.info('stored', { events: events.length, new: stored });
  } catch (error) {
    log.error('storing_failed', error);
    return c.text('Not stored, please repeat', 503);
  }
  deps.afterAnswer(processEvents(deps));
  return c.text('OK');
}

export function createApp(deps: WhatsAppWebhookDeps): Hono {
  const app = new Hono();
  app.get('/*', (c) => answerHandshake(c, deps));
  app.post(
    '/*',
    bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.text('Payload Too Large', 413) }),
    (c) => answerUpdate(c, deps),
  );
  app.onError((error, c) => {
    deps.log.error('failed', error);
    return c.text('Internal Server Error', 500);
  });
  return app;
}
