// The booking platform's webhook. It is unsigned, so the secret is in the path, and what it says is only a hint where to look;
// it is sent once, so the answer is quick, and what is lost the next tick finds.
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { readHint } from '../../../shared/booking/altegio/hint.ts';
import type { Hint } from '../../../shared/booking/altegio/hint.ts';
import type { Now } from '../_shared/clock.ts';
import { isSame } from '../_shared/constant-time.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';

export interface BookingWebhookDeps {
  database: Database;
  /** The last part of the path; undefined: nobody may call. */
  secret: string | undefined;
  /** Of clubs that name none. */
  installationCompanyId: string;
  now: Now;
  log: Log;
}

const PROVIDER = 'altegio';
const LARGEST_BODY = 1024 * 1024;
const outcomeSchema = z.enum(['new', 'known', 'stranger']);

export function createApp(deps: BookingWebhookDeps): Hono {
  const { secret, log } = deps;
  const app = new Hono();
  app.post(
    '/booking-webhook/:secret',
    async (c, next) => {
      if (secret === undefined) {
        log.warn('no_secret_configured');
        return c.text('Set BOOKING_WEBHOOK_SECRET to receive webhooks of the booking platform.', 503);
      }
      if (!(await isSame(c.req.param('secret'), secret))) {
        log.warn('secret_refused');
        return c.notFound();
      }
      return next();
    },
    bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => c.text('Payload Too Large', 413) }),
    (c) => answerHint(c, deps),
  );
  app.notFound((c) => c.text('Not Found', 404));
  app.onError((error, c) => {
    log.error('failed', error);
    return c.text('Internal Server Error', 500);
  });
  return app;
}

async function answerHint(c: Context, deps: BookingWebhookDeps): Promise<Response> {
  const { log } = deps;
  const hint = readHint(await readJson(c));
  if (hint === null) {
    log.warn('body_refused');
    return c.text('This is no webhook of the booking platform.', 400);
  }
  const { companyId: company_id, resource, externalId: external_id, operation } = hint;
  const about = { company_id, resource, external_id, operation };
  if (hint.entity === null) {
    log.info('ignored', about);
    return c.text('OK');
  }
  try {
    const outcome = await store(hint, deps);
    if (outcome === 'stranger') log.warn('company_refused', about);
    else log.info('stored', { ...about, outcome });
    return c.text('OK');
  } catch (error) {
    log.error('storing_failed', error, about);
    return c.text('Not stored', 503);
  }
}

/** Undefined when the body is no JSON. */
async function readJson(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function store(hint: Hint, { database, installationCompanyId, now }: BookingWebhookDeps) {
  const args = {
    p_provider: PROVIDER,
    p_company_id: hint.companyId,
    p_installation_company_id: installationCompanyId,
    p_entity: hint.entity,
    p_external_id: hint.externalId,
    p_operation: hint.operation,
    p_dedupe_key: await dedupeKey(hint, now()),
    p_now: now().toISOString(),
  };
  return database.call('store_hint', args, outcomeSchema);
}

/** Without the platform's mark of the change, what comes in another minute is another change. */
async function dedupeKey(hint: Hint, now: Date): Promise<string> {
  const { companyId, resource, externalId, operation, changedMark } = hint;
  const mark = changedMark ?? now.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length);
  const text = JSON.stringify([companyId, resource, externalId, operation, mark]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
