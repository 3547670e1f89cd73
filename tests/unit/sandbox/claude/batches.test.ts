import { DatabaseSync } from 'node:sqlite';
import Anthropic from '@anthropic-ai/sdk';
import { beforeEach, describe, expect, test } from 'vitest';
import { createClaude } from '../../../../stack/sandbox/claude/service.ts';
import { createFaults } from '../../../../stack/sandbox/faults.ts';

type Params = Anthropic.MessageCreateParamsNonStreaming;
type Outcomes = Record<string, Anthropic.Messages.MessageBatchResult>;

const params: Params = {
  model: 'claude-haiku-5-5',
  max_tokens: 500,
  thinking: { type: 'disabled' },
  messages: [{ role: 'user', content: 'Hello' }],
};
const requests = (...ids: string[]) => ids.map((id) => ({ custom_id: id, params }));

let db: DatabaseSync;
let at: number;
let client: Anthropic;
let sandbox: ReturnType<typeof open>;

/** The service on the database of the test: opened again, it is what a restart leaves. */
function open() {
  const faults = createFaults(db);
  const { api, control } = createClaude({
    db,
    faults,
    now: () => new Date(at),
    credentials: { apiKey: 'key' },
  });
  client = new Anthropic({
    apiKey: 'key',
    baseURL: 'http://sandbox:57024/claude',
    maxRetries: 0,
    logLevel: 'off',
    // The SDK follows results_url to whatever host it names, with the key.
    fetch: async (url, init) => {
      const { host, pathname, search } = new URL(String(url));
      expect(host).toBe('sandbox:57024');
      return api.request(`http://${host}${pathname.replace(/^\/claude/, '')}${search}`, init as RequestInit);
    },
  });
  return {
    fault: (kind: string, options: Record<string, unknown> = {}, times = 1) =>
      void faults.add('claude', kind, times, options),
    control: async (path: string, init?: RequestInit) =>
      (await control.request(path, init)).json() as Promise<any>, // eslint-disable-line @typescript-eslint/no-explicit-any
  };
}

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  at = Date.parse('2026-11-20T09:00:00Z');
  sandbox = open();
});

const pass = (seconds: number) => void (at += seconds * 1000);

async function outcomesOf(id: string): Promise<Outcomes> {
  const outcomes: Outcomes = {};
  for await (const line of await client.messages.batches.results(id)) outcomes[line.custom_id] = line.result;
  return outcomes;
}

const typesOf = async (id: string) =>
  Object.fromEntries(Object.entries(await outcomesOf(id)).map(([name, { type }]) => [name, type]));

describe('a batch', () => {
  test('is answered after its delay, at the lower price, in any order, and the log shows what was asked', async () => {
    const batch = await client.messages.batches.create({ requests: requests('a', 'b', 'c') });
    expect(batch).toMatchObject({
      type: 'message_batch',
      processing_status: 'in_progress',
      request_counts: { processing: 3, succeeded: 0 },
      results_url: null,
      expires_at: '2026-11-21T09:00:00.000Z',
    });
    pass(59);
    expect((await client.messages.batches.retrieve(batch.id)).processing_status).toBe('in_progress');
    await expect(client.messages.batches.results(batch.id)).rejects.toThrow('No batch `results_url`');
    pass(1);
    expect(await client.messages.batches.retrieve(batch.id)).toMatchObject({
      processing_status: 'ended',
      ended_at: '2026-11-20T09:01:00.000Z',
      request_counts: { processing: 0, succeeded: 3 },
    });
    const outcomes = await outcomesOf(batch.id);
    expect(Object.keys(outcomes)).toEqual(['c', 'b', 'a']);
    expect(outcomes.a).toMatchObject({
      type: 'succeeded',
      message: { stop_reason: 'end_turn', usage: { service_tier: 'batch' } },
    });
    expect((await sandbox.control('/requests')).requests).toMatchObject([
      { request: params },
      { request: params },
      { request: params },
    ]);
  });

  test('survives a restart, and takes as long as the control says', async () => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    await sandbox.control('/batches/delay', { ...init, body: '{"seconds": 600}' });
    const { id } = await client.messages.batches.create({ requests: requests('a') });
    sandbox = open();
    pass(599);
    expect((await client.messages.batches.retrieve(id)).processing_status).toBe('in_progress');
    pass(1);
    expect(await typesOf(id)).toEqual({ a: 'succeeded' });
    expect((await sandbox.control('/batches')).batches).toMatchObject([
      { id, requests: [{ custom_id: 'a', result: 'succeeded' }] },
    ]);
  });

  test('says of a request that is wrong so when it is answered, and answers the others', async () => {
    const wrong = { ...params, temperature: 1 } as Params;
    const { id } = await client.messages.batches.create({
      requests: [...requests('right'), { custom_id: 'wrong', params: wrong }],
    });
    pass(60);
    const outcomes = await outcomesOf(id);
    expect(outcomes.right!.type).toBe('succeeded');
    expect(outcomes.wrong).toMatchObject({
      type: 'errored',
      error: { type: 'error', error: { type: 'invalid_request_error' } },
    });
  });

  test('that is cancelled keeps what was answered, and ends soon', async () => {
    sandbox.fault('batch_hangs', { answered: 1 });
    const { id } = await client.messages.batches.create({ requests: requests('a', 'b') });
    pass(3600);
    expect(await client.messages.batches.cancel(id)).toMatchObject({
      processing_status: 'canceling',
      cancel_initiated_at: '2026-11-20T10:00:00.000Z',
      results_url: null,
    });
    pass(10);
    expect(await typesOf(id)).toEqual({ a: 'succeeded', b: 'canceled' });
    await expect(client.messages.batches.cancel(id)).rejects.toMatchObject({ status: 400 });
  });

  test('that hangs expires after a day', async () => {
    sandbox.fault('batch_hangs', { answered: 0 });
    const { id } = await client.messages.batches.create({ requests: requests('a') });
    pass(24 * 3600);
    expect(await typesOf(id)).toEqual({ a: 'expired' });
  });

  test('is listed with the newest first, page by page', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c'])
      ids.unshift((await client.messages.batches.create({ requests: requests(name) })).id);
    const listed: string[] = [];
    for await (const { id } of client.messages.batches.list({ limit: 2 })) listed.push(id);
    expect(listed).toEqual(ids);
    const before = await client.messages.batches.list({ before_id: ids[2]!, limit: 1 });
    expect(before.data.map(({ id }) => id)).toEqual([ids[1]]);
  });
});

describe('what is refused', () => {
  test.each([
    ['no requests', { requests: [] }, 'requests'],
    ['an id twice', { requests: requests('a', 'a') }, 'not unique'],
    ['an id with a space', { requests: requests('a b') }, 'custom_id'],
    ['an id of 65 characters', { requests: requests('x'.repeat(65)) }, 'custom_id'],
    ['an unknown key', { requests: requests('a'), priority: 1 }, 'priority: Extra inputs'],
  ])('%s', async (_, body, reason) => {
    await expect(client.messages.batches.create(body)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(reason),
    });
  });

  test('a batch that does not exist', async () => {
    await expect(client.messages.batches.retrieve('msgbatch_x')).rejects.toMatchObject({ status: 404 });
  });
});

describe('faults', () => {
  test.each([
    ['overloaded', 529],
    ['batch_refused', 400],
  ])('%s: it is not taken (%i)', async (kind, status) => {
    sandbox.fault(kind);
    await expect(client.messages.batches.create({ requests: requests('a') })).rejects.toMatchObject({
      status,
    });
    expect((await client.messages.batches.list()).data).toEqual([]);
  });

  test('batch_unanswered: it is taken, and nobody hears of it', async () => {
    sandbox.fault('batch_unanswered');
    await expect(client.messages.batches.create({ requests: requests('a') })).rejects.toMatchObject({
      status: 500,
    });
    expect((await client.messages.batches.list()).data).toHaveLength(1);
  });

  test('some requests fail or expire, and drafts are spoiled, one by one', async () => {
    sandbox.fault('batch_item_errored');
    sandbox.fault('batch_item_expired');
    sandbox.fault('refuse');
    const { id } = await client.messages.batches.create({ requests: requests('a', 'b', 'c', 'd') });
    pass(60);
    const outcomes = await outcomesOf(id);
    expect(Object.values(outcomes).map(({ type }) => type)).toEqual([
      'succeeded',
      'succeeded',
      'errored',
      'expired',
    ]);
    expect(outcomes.c).toMatchObject({ message: { stop_reason: 'refusal' } });
    expect((await client.messages.batches.retrieve(id)).request_counts).toEqual({
      processing: 0,
      succeeded: 2,
      errored: 1,
      canceled: 0,
      expired: 1,
    });
  });

  test('all expire at once', async () => {
    sandbox.fault('batch_expires');
    const { id } = await client.messages.batches.create({ requests: requests('a', 'b') });
    pass(60);
    expect(await typesOf(id)).toEqual({ a: 'expired', b: 'expired' });
  });
});
