import { DatabaseSync } from 'node:sqlite';
import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, test } from 'vitest';
import { createFaults } from '../../../../stack/sandbox/faults.ts';
import { createClaude } from '../../../../stack/sandbox/claude/service.ts';
import type { Answer } from '../answer.ts';

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['language', 'message', 'facts_used', 'refuse_reason'],
  properties: {
    language: { type: 'string', enum: ['cs', 'uk', 'ru', 'en', 'bg'] },
    message: { type: 'string' },
    facts_used: { type: 'array', items: { type: 'string' } },
    refuse_reason: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
};
const facts = [
  { id: 'days_since_last_visit', value: 74 },
  { id: 'visits_total', value: 31 },
  { id: 'usual_weekday', value: 'tuesday' },
];
const ask = (more: object = {}) =>
  JSON.stringify({ scenario: 'reactivation', language: 'cs', facts, max_length: 200, ...more });
const request = (more: object = {}) => ({
  model: 'claude-haiku-5-5',
  max_tokens: 1000,
  messages: [{ role: 'user', content: ask() }],
  output_config: { effort: 'low', format: { type: 'json_schema', schema } },
  thinking: { type: 'disabled' },
  ...more,
});
const rightHeaders = {
  authorization: 'Bearer key',
  'anthropic-version': '2026-10-21',
  'content-type': 'application/json',
};

function createSandbox() {
  const db = new DatabaseSync(':memory:');
  const faults = createFaults(db);
  const claude = createClaude({ db, faults, now: () => new Date(), credentials: { apiKey: 'key' } });
  return {
    ...claude,
    fault: (kind: string, options: Record<string, unknown> = {}) =>
      void faults.add('claude', kind, 1, options),
    async post(body: unknown, headers: Record<string, string> = rightHeaders, path = '/v1/messages') {
      const response = await claude.api.request(path, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Answer,
      };
    },
  };
}

/** The draft in an answer, found by the block's type: a thinking block may come before it. */
const draftOf = (body: Answer) =>
  JSON.parse(body.content.find((block: { type: string }) => block.type === 'text').text) as {
    language: string;
    message: string;
    facts_used: string[];
    refuse_reason: string | null;
  };

describe('who may ask', () => {
  test('a Bearer key and the version of October 2026', async () => {
    const { status, headers, body } = await createSandbox().post(request());
    expect(status).toBe(200);
    expect(headers.get('request-id')).toMatch(/^req_/);
    expect(body).toMatchObject({
      type: 'message',
      role: 'assistant',
      stop_reason: 'end_turn',
      model: 'claude-haiku-5-5',
    });
    expect(body.usage.input_tokens).toBeGreaterThan(50);
  });

  test.each([
    ['another key', { ...rightHeaders, authorization: 'Bearer stolen' }, 401, 'authentication_error'],
    [
      'the key of old',
      { 'x-api-key': 'key', 'anthropic-version': '2026-10-21' },
      401,
      'authentication_error',
    ],
    ['no version', { authorization: 'Bearer key' }, 400, 'invalid_request_error'],
    [
      'the version of 2023',
      { ...rightHeaders, 'anthropic-version': '2023-06-01' },
      400,
      'invalid_request_error',
    ],
  ])('not %s', async (_, headers, status, type) => {
    const answer = await createSandbox().post(request(), headers as Record<string, string>);
    expect(answer).toMatchObject({
      status,
      body: { type: 'error', error: { type }, request_id: expect.any(String) },
    });
  });
});

describe('what is refused', () => {
  const looseSchema = { ...schema, additionalProperties: undefined };
  const longSchema = {
    ...schema,
    properties: { ...schema.properties, message: { type: 'string', maxLength: 200 } },
  };
  const withSchema = (changed: object) =>
    request({ output_config: { format: { type: 'json_schema', schema: changed } } });

  test.each([
    ['temperature', request({ temperature: 1 }), 'temperature'],
    ['top_p', request({ top_p: 0.9 }), 'top_p'],
    ['top_k', request({ top_k: 5 }), 'top_k'],
    ['an unknown key', request({ creativity: 11 }), 'creativity: Extra inputs are not permitted'],
    ['no max_tokens', request({ max_tokens: undefined }), 'max_tokens'],
    [
      'a prefilled answer',
      request({
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: '{' },
        ],
      }),
      'prefill',
    ],
    ['a thinking budget', request({ thinking: { type: 'enabled', budget_tokens: 2000 } }), 'budget_tokens'],
    ['no thinking on Sonnet 5.5', request({ model: 'claude-sonnet-5-5' }), 'disabled'],
    ['no thinking at top effort', request({ output_config: { effort: 'max' } }), 'effort'],
    ['a schema with open objects', withSchema(looseSchema), 'additionalProperties'],
    ['a schema with a length', withSchema(longSchema), 'maxLength'],
  ])('%s', async (_, body, reason) => {
    const answer = await createSandbox().post(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(reason);
  });

  test('a model that does not exist is not found', async () => {
    const answer = await createSandbox().post(request({ model: 'claude-2' }));
    expect(answer).toMatchObject({
      status: 404,
      body: { error: { type: 'not_found_error', message: 'model: claude-2' } },
    });
  });
});

describe('structured output', () => {
  test('satisfies any schema, even when the question is none of ours', async () => {
    const odd = {
      type: 'object',
      additionalProperties: false,
      required: ['verdict', 'score', 'tags', 'nested'],
      properties: {
        verdict: { enum: ['good', 'bad'] },
        score: { type: 'number' },
        tags: { type: 'array', items: { type: 'string' }, minItems: 1 },
        nested: {
          type: 'object',
          additionalProperties: false,
          required: ['ok'],
          properties: { ok: { type: 'boolean' } },
        },
      },
    };
    const { body } = await createSandbox().post(
      request({
        messages: [{ role: 'user', content: 'Hello' }],
        output_config: { format: { type: 'json_schema', schema: odd } },
      }),
    );
    expect(JSON.parse(body.content[0].text)).toEqual({
      verdict: 'good',
      score: 0,
      tags: ['Sandbox'],
      nested: { ok: false },
    });
  });

  test('stands behind a thinking block when the model thinks', async () => {
    const { body } = await createSandbox().post(request({ thinking: { type: 'adaptive' } }));
    expect(body.content.map((block: { type: string }) => block.type)).toEqual(['thinking', 'text']);
    expect(draftOf(body).language).toBe('cs');
  });

  test('is cut off where max_tokens ends', async () => {
    const { body } = await createSandbox().post(request({ max_tokens: 10 }));
    expect(body.stop_reason).toBe('max_tokens');
    expect(() => draftOf(body)).toThrow();
  });
});

describe('faults', () => {
  test.each([
    ['invent', (message: string) => expect(message).toMatch(/50 %/)],
    ['empty', (message: string) => expect(message).toBe('')],
    ['wrong_language', (message: string) => expect(message).toMatch(/\p{Script=Cyrillic}/u)],
    ['too_long', (message: string) => expect(message.length).toBeGreaterThan(200)],
    ['multiline', (message: string) => expect(message).toContain('\n')],
  ])('%s spoils one draft and no more', async (kind, check) => {
    const sandbox = createSandbox();
    const sound = draftOf((await sandbox.post(request())).body).message;
    sandbox.fault(kind);
    check(draftOf((await sandbox.post(request())).body).message);
    expect(draftOf((await sandbox.post(request())).body).message).toBe(sound);
  });

  test('refuse ends without content', async () => {
    const sandbox = createSandbox();
    sandbox.fault('refuse');
    expect((await sandbox.post(request())).body).toMatchObject({ stop_reason: 'refusal', content: [] });
  });

  test('overloaded is 529', async () => {
    const sandbox = createSandbox();
    sandbox.fault('overloaded');
    expect(await sandbox.post(request())).toMatchObject({
      status: 529,
      body: { error: { type: 'overloaded_error' } },
    });
  });

  test('truncate and malformed break the JSON', async () => {
    const sandbox = createSandbox();
    for (const kind of ['truncate', 'malformed']) {
      sandbox.fault(kind);
      const { body } = await sandbox.post(request());
      expect(() => draftOf(body)).toThrow();
    }
  });
});

test('the SDK speaks with it', async () => {
  const sandbox = createSandbox();
  const client = new Anthropic({
    apiKey: 'key',
    baseURL: 'http://sandbox',
    maxRetries: 0,
    fetch: async (url, init) => sandbox.api.request(String(url), init as RequestInit),
  });
  const { model, messages } = request() as unknown as Anthropic.MessageCreateParamsNonStreaming;
  const count = await client.messages.countTokens({ model, messages });
  expect(count.input_tokens).toBeGreaterThan(10);
  const message = await client.messages.create(
    request() as unknown as Anthropic.MessageCreateParamsNonStreaming,
  );
  expect(message._request_id).toMatch(/^req_/);
  sandbox.fault('rate_limit');
  await expect(client.messages.create({ model, messages, max_tokens: 100 })).rejects.toMatchObject({
    status: 429,
  });
});
