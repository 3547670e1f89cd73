// What every function called by cron has in common: the cron key, a JSON body, a JSON answer, and one place where errors
// become HTTP.
import { verifyAuth } from '@supabase/server/core';
import { Hono } from 'hono';
import type { z } from 'zod';
import { DatabaseError } from './database.ts';
import type { SupabaseAccess } from './environment.ts';
import type { Log } from './log.ts';

export interface CronDeps {
  access: Pick<SupabaseAccess, 'url' | 'secretKeys'>;
  log: Log;
}

/** An outside service refused or did not answer; its sentence says what to do. */
export class OutsideServiceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutsideServiceError';
  }
}

/** The caller is not our cron, or (500) no key is configured that could ever match. */
class KeyError extends Error {
  readonly status: 401 | 500;

  constructor(status: 401 | 500, options: ErrorOptions) {
    super(status === 401 ? 'Send the cron key in the header apikey.' : 'No cron key is configured.', options);
    this.name = 'KeyError';
    this.status = status;
  }
}

class BodyError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The body was not understood: ${reason}. Send JSON as the function's documentation shows, or nothing.`,
      options,
    );
    this.name = 'BodyError';
  }
}

export interface Run<Body> {
  body: Body;
  log: Log;
}

/** A POST with the cron key calls `run` with the parsed body ({} when there is none) and answers its result as JSON. */
export function createCronApp<Body extends z.ZodType>(
  deps: CronDeps,
  body: Body,
  run: (call: Run<z.output<Body>>) => Promise<object>,
): Hono {
  const app = new Hono();
  app.post('/*', async (c) => {
    const log = deps.log.with({ request_id: c.req.header('sb-request-id') ?? crypto.randomUUID() });
    try {
      await checkKey(c.req.raw, deps);
      const answer = await run({ body: await readBody(c.req.raw, body), log });
      return c.json(answer);
    } catch (error) {
      const { status, message } = describeFailure(error);
      if (status === 401) log.warn('refused', { reason: message });
      else log.error('failed', error);
      return c.json({ error: message }, status);
    }
  });
  app.all('/*', (c) => c.json({ error: 'Use POST.' }, 405, { allow: 'POST' }));
  return app;
}

async function checkKey(request: Request, { access }: CronDeps): Promise<void> {
  const env = { url: access.url, secretKeys: access.secretKeys, publishableKeys: {}, jwks: null };
  const { error } = await verifyAuth(request, { auth: 'secret:cron', env });
  if (error) throw new KeyError(error.status === 401 ? 401 : 500, { cause: error });
}

async function readBody<Body extends z.ZodType>(request: Request, schema: Body): Promise<z.output<Body>> {
  const text = await request.text();
  let given: unknown;
  try {
    given = text.trim() === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new BodyError('it is not JSON', { cause });
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BodyError(`${issue?.path.join('.') || 'it'}: ${issue?.message}`, { cause: parsed.error });
}

function describeFailure(error: unknown): { status: 400 | 401 | 500 | 502 | 503; message: string } {
  if (error instanceof BodyError) return { status: 400, message: error.message };
  if (error instanceof KeyError) return { status: error.status, message: error.message };
  if (error instanceof DatabaseError)
    return { status: error.isTransient ? 503 : 500, message: error.message };
  if (error instanceof OutsideServiceError) return { status: 502, message: error.message };
  return { status: 500, message: 'Something unforeseen went wrong; the log has the details.' };
}
