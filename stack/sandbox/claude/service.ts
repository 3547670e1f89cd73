// The Claude API as @anthropic-ai/sdk 1.x calls it: Bearer key, anthropic-version 2026-10-21.
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { createFaultControl } from '../faults.ts';
import type { Faults } from '../faults.ts';
import { composeMessage, countRequestTokens, createId, draftFaults } from './answer.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import { batchFaults, createBatchControl, createBatchRoutes } from './batch-routes.ts';
import { Batches } from './batches.ts';
import { breakAnswer, brokenAnswerFaults } from './broken-answers.ts';
import { createRequestLog } from './request-log.ts';
import type { RequestLog } from './request-log.ts';
import { parseCountRequest, parseMessageRequest } from './request.ts';
import { translationFaults } from './translator.ts';

export interface ClaudeDeps {
  db: DatabaseSync;
  now: () => Date;
  faults: Faults;
  credentials: { apiKey: string };
}

const apiVersion = '2026-10-21';

interface Variables {
  requestId: string;
}

const none = z.strictObject({});
const faultOptions: Record<string, z.ZodType> = {
  refuse: none,
  truncate: none,
  malformed: none,
  overloaded: none,
  rate_limit: z.strictObject({ retry_after: z.int().min(0).default(1) }),
  server_error: none,
  slow: z.strictObject({ ms: z.int().min(0).max(600_000) }),
  ...brokenAnswerFaults,
  ...batchFaults,
  ...Object.fromEntries([draftFaults, translationFaults].flatMap(Object.keys).map((kind) => [kind, none])),
};

async function readJson(c: Context): Promise<unknown> {
  if (!(c.req.header('content-type') ?? '').startsWith('application/json')) {
    throw invalidRequest('content-type: must be application/json');
  }
  try {
    return await c.req.json();
  } catch (cause) {
    const error = invalidRequest('The request body is not valid JSON.');
    error.cause = cause;
    throw error;
  }
}

function checkHeaders(c: Context, apiKey: string): void {
  if (c.req.header('authorization') !== `Bearer ${apiKey}`) {
    throw new ApiError(
      'authentication_error',
      'invalid bearer token: send the API key as "Authorization: Bearer <key>"',
    );
  }
  const version = c.req.header('anthropic-version');
  if (version === undefined) throw invalidRequest('anthropic-version: header is required');
  if (version !== apiVersion)
    throw invalidRequest(`anthropic-version: "${version}" is not supported; use ${apiVersion}`);
}

async function sufferFaults(c: Context, faults: Faults): Promise<void> {
  const slow = faults.take('claude', 'slow');
  if (slow) await sleep(Number(slow.options.ms));
  if (faults.take('claude', 'overloaded')) throw new ApiError('overloaded_error', 'Overloaded');
  if (faults.take('claude', 'server_error')) throw new ApiError('api_error', 'Internal server error');
  const limit = faults.take('claude', 'rate_limit');
  if (limit) {
    c.header('retry-after', String(limit.options.retry_after));
    throw new ApiError('rate_limit_error', 'This request would exceed your rate limit.');
  }
}

function createApi(
  { faults, credentials }: ClaudeDeps,
  log: RequestLog,
  batches: Batches,
): Hono<{ Variables: Variables }> {
  const api = new Hono<{ Variables: Variables }>();
  api.onError((error, c) => {
    const apiError = error instanceof ApiError ? error : new ApiError('api_error', 'Internal server error');
    if (apiError !== error) console.error('claude sandbox:', error);
    return c.json(apiError.toBody(c.get('requestId')), apiError.status as ContentfulStatusCode);
  });
  api.use('*', async (c, next) => {
    c.set('requestId', createId('req'));
    c.header('request-id', c.get('requestId'));
    checkHeaders(c, credentials.apiKey);
    await next();
  });
  api.post('/v1/messages', async (c) => {
    const request = parseMessageRequest(await readJson(c));
    await sufferFaults(c, faults);
    const message = composeMessage(request, faults);
    log.add(c.get('requestId'), request, message);
    return breakAnswer(c, faults, message) ?? c.json(message);
  });
  api.post('/v1/messages/count_tokens', async (c) =>
    c.json({ input_tokens: countRequestTokens(parseCountRequest(await readJson(c))) }),
  );
  api.route('/v1/messages/batches', createBatchRoutes({ batches, faults, readJson, sufferFaults }));
  api.all('/*', () => {
    throw new ApiError('not_found_error', 'Not found');
  });
  return api;
}

export function createClaude(deps: ClaudeDeps): { api: Hono<{ Variables: Variables }>; control: Hono } {
  const log = createRequestLog(deps.db, deps.now);
  const batches = new Batches({ ...deps, log });
  const control = new Hono();
  control.route('/batches', createBatchControl(batches));
  control.route('/', createFaultControl(deps.faults, 'claude', faultOptions));
  control.get('/requests', (c) => c.json({ requests: log.all() }));
  return { api: createApi(deps, log, batches), control };
}
