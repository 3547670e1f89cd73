import { describe, expect, test } from 'vitest';
import { perform } from '../../../stack/embedded/net-worker.ts';

const request = {
  id: '7',
  method: 'post',
  url: 'http://127.0.0.1/functions/v1/crm-sync',
  headers: { apikey: 'k', 'Content-Type': 'application/json' },
  body: new TextEncoder().encode('{"mode":"full"}'),
  timeout_milliseconds: 50,
};

describe('a request queued by net.http_post', () => {
  test('is sent as it was written', async () => {
    let sent: Request | undefined;
    const answer = await perform(request, async (url, init) => {
      sent = new Request(url, init);
      return new Response('{"complete":true}', {
        status: 201,
        headers: { 'content-type': 'application/json' },
      });
    });
    expect(sent?.method).toBe('POST');
    expect(sent?.headers.get('apikey')).toBe('k');
    expect(await sent?.text()).toBe('{"mode":"full"}');
    expect(answer).toMatchObject({
      statusCode: 201,
      contentType: 'application/json',
      timedOut: false,
      errorMsg: null,
    });
    expect(answer.content).toBe('{"complete":true}');
  });

  test('that is not answered in time is recorded as timed out', async () => {
    const never: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const answer = await perform(request, never);
    expect(answer).toMatchObject({ statusCode: null, timedOut: true });
    expect(answer.errorMsg).toMatch(/Timeout of 50 ms reached/);
  });

  test('that cannot be delivered is recorded with the reason', async () => {
    const refused: typeof fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') }));
    expect(await perform(request, refused)).toMatchObject({
      statusCode: null,
      timedOut: false,
      errorMsg: 'connect ECONNREFUSED 127.0.0.1:1',
    });
  });
});
