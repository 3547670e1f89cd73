// The Message Batches API: /v1/messages/batches and what is below it.
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Faults } from '../faults.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import { parseBatchRequest, parseListQuery } from './batch-request.ts';
import type { BatchItem, BatchRow } from './batch-store.ts';
import type { Batches, Result } from './batches.ts';

const none = z.strictObject({});
export const batchFaults: Record<string, z.ZodType> = {
  /** It is not taken. */
  batch_refused: none,
  /** It is taken, and the answer gets lost. */
  batch_unanswered: none,
  /** It never ends by itself, with so many of its requests answered. */
  batch_hangs: z.strictObject({ answered: z.int().min(0).default(0) }),
  /** All of its requests expire. */
  batch_expires: none,
  batch_item_errored: none,
  batch_item_expired: none,
};

const toTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());

const typeOf = ({ result }: BatchItem): Result['type'] | 'processing' =>
  result === null ? 'processing' : (JSON.parse(result) as Result).type;

/** As Anthropic counts: until a batch has ended, everything is in processing. */
function countsOf(batch: BatchRow, items: BatchItem[]) {
  const counts = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  for (const item of items) counts[batch.ended_at === null ? 'processing' : typeOf(item)] += 1;
  return counts;
}

function toBatch(batch: BatchRow, items: BatchItem[], resultsUrl: string) {
  const { id, ended_at: endedAt, cancel_initiated_at: cancelledAt } = batch;
  return {
    id,
    type: 'message_batch',
    processing_status: endedAt !== null ? 'ended' : cancelledAt !== null ? 'canceling' : 'in_progress',
    request_counts: countsOf(batch, items),
    created_at: toTime(batch.created_at),
    expires_at: toTime(batch.created_at + 24 * 3600_000),
    ended_at: toTime(endedAt),
    cancel_initiated_at: toTime(cancelledAt),
    archived_at: null,
    results_url: endedAt === null ? null : resultsUrl,
  };
}

/** The SDK follows results_url wherever it leads, with the key: it leads back to the address the sandbox was called at. */
function resultsUrlOf(c: Context, id: string): string {
  const { origin, pathname } = new URL(c.req.url);
  const [prefix] = pathname.split('/v1/messages/batches');
  return `${origin}${prefix}/v1/messages/batches/${id}/results`;
}

export interface BatchRouteDeps {
  batches: Batches;
  faults: Faults;
  readJson: (c: Context) => Promise<unknown>;
  sufferFaults: (c: Context, faults: Faults) => Promise<void>;
}

export function createBatchRoutes({ batches, faults, readJson, sufferFaults }: BatchRouteDeps): Hono {
  const show = (c: Context, batch: BatchRow) =>
    toBatch(batch, batches.items(batch.id), resultsUrlOf(c, batch.id));
  const app = new Hono();
  app.post('/', async (c) => {
    const request = parseBatchRequest(await readJson(c));
    await sufferFaults(c, faults);
    if (faults.take('claude', 'batch_refused')) throw invalidRequest('requests: batch was refused');
    const batch = batches.create(request);
    if (faults.take('claude', 'batch_unanswered')) throw new ApiError('api_error', 'Internal server error');
    return c.json(show(c, batch));
  });
  app.get('/', async (c) => {
    const { limit, after_id: after, before_id: before } = parseListQuery(c.req.query());
    await sufferFaults(c, faults);
    const all = batches.all();
    const beginning = after ? all.findIndex(({ id }) => id === after) + 1 : 0;
    const ending = before ? all.findIndex(({ id }) => id === before) : all.length;
    const between = all.slice(beginning, Math.max(0, ending));
    const page = before ? between.slice(-limit) : between.slice(0, limit);
    return c.json({
      data: page.map((batch) => show(c, batch)),
      has_more: page.length < between.length,
      first_id: page[0]?.id ?? null,
      last_id: page.at(-1)?.id ?? null,
    });
  });
  app.get('/:id', async (c) => {
    await sufferFaults(c, faults);
    return c.json(show(c, batches.find(c.req.param('id'))));
  });
  app.get('/:id/results', async (c) => {
    await sufferFaults(c, faults);
    const { id, ended_at: endedAt } = batches.find(c.req.param('id'));
    if (endedAt === null) throw new ApiError('not_found_error', `Batch ${id} has no available results.`);
    // Not in the order of the requests: nobody may rely on it.
    const lines = batches.items(id).reverse();
    const body = lines.map(({ custom_id, result }) => `{"custom_id":"${custom_id}","result":${result}}\n`);
    return c.body(body.join(''), 200, { 'content-type': 'application/x-jsonl' });
  });
  app.post('/:id/cancel', async (c) => {
    await sufferFaults(c, faults);
    return c.json(show(c, batches.cancel(c.req.param('id'))));
  });
  return app;
}

const delayBody = z.strictObject({ seconds: z.int().min(0) });

/** `GET /batches`: what was asked together; `POST /batches/delay {seconds}`: how long a batch takes from now on. */
export function createBatchControl(batches: Batches): Hono {
  const app = new Hono();
  app.get('/', (c) =>
    c.json({
      batches: batches.all().map((batch) => ({
        ...toBatch(batch, batches.items(batch.id), ''),
        requests: batches
          .items(batch.id)
          .map((item) => ({ custom_id: item.custom_id, result: typeOf(item) })),
      })),
    }),
  );
  app.post('/delay', async (c) => {
    const { seconds } = delayBody.parse(await c.req.json());
    batches.setDelaySeconds(seconds);
    return c.json({ seconds });
  });
  return app;
}
