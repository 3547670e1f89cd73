import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createGraph,
  GraphError,
  GraphUnansweredError,
  isCertainlyUnsent,
} from '../../../supabase/functions/_shared/graph.ts';

const answering = (status: number, body: string) =>
  createGraph({
    apiUrl: 'https://graph.test',
    version: 'v26.0',
    token: 't',
    fetch: () => Promise.resolve(new Response(body, { status })),
  });
const ask = (status: number, body: string) =>
  answering(status, body).get('1', {}, z.object({ id: z.string() }));

describe('An answer of the Graph API', () => {
  it('is what was agreed', async () => {
    expect(await ask(200, '{"id":"1","more":true}')).toEqual({ id: '1' });
  });

  it.each([400, 500, 200])('with an error of Meta in it is that error, at status %i too', async (status) => {
    const body = {
      error: {
        message: '(#131049) Not delivered',
        code: 131049,
        error_subcode: 7,
        error_data: { details: 'Healthy ecosystem' },
      },
    };
    const error = await ask(status, JSON.stringify(body)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({
      code: 131049,
      subcode: 7,
      httpStatus: status,
      message: '(#131049) Not delivered: Healthy ecosystem',
    });
  });

  it.each([
    [200, '<html>'],
    [200, '{"id":7}'],
    [502, '<html>Bad Gateway'],
    [404, ''],
    [500, '{"error":"no object"}'],
  ])('%i %s tells nothing: it may have had its effect', async (status, body) => {
    const error = await ask(status, body).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GraphUnansweredError);
    expect(error).toMatchObject({ isCertainlyUnsent: false });
  });
});

describe('A request was certainly not sent', () => {
  const failed = (cause: unknown) => new TypeError('fetch failed', { cause });
  const withCode = (code: string) => Object.assign(new Error(code), { code });

  it.each([
    ['refused', failed(withCode('ECONNREFUSED'))],
    ['an unknown name', failed(withCode('ENOTFOUND'))],
    ['no route', failed(withCode('EHOSTUNREACH'))],
    [
      'refused, as Deno says it',
      failed(
        new Error(
          'error sending request for url (http://x/): client error (Connect): tcp connect error: Connection refused',
        ),
      ),
    ],
    [
      'an unknown name, as Deno says it',
      failed(new Error('client error (Connect): dns error: failed to lookup address information')),
    ],
  ])('when connecting failed: %s', (_, error) => expect(isCertainlyUnsent(error)).toBe(true));

  it.each([
    ['a reset', failed(withCode('ECONNRESET'))],
    ['a closed socket', failed(withCode('UND_ERR_SOCKET'))],
    ['a time limit', new DOMException('timed out', 'TimeoutError')],
    [
      'a reset, as Deno says it',
      failed(
        new Error('error sending request for url (http://x/): client error (SendRequest): connection reset'),
      ),
    ],
    ['something that is no error', 'ECONNREFUSED'],
  ])('but not after %s', (_, error) => expect(isCertainlyUnsent(error)).toBe(false));
});
