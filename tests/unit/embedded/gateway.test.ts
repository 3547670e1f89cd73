import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway } from '../../../stack/embedded/gateway.ts';
import type { GatewayOptions } from '../../../stack/embedded/gateway.ts';

interface Seen {
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

describe('the gateway', () => {
  const seen: Seen[] = [];
  const backend = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ url: request.url!, headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(202, { 'x-from': 'function' }).end('taken');
    });
  });
  let options: GatewayOptions;

  beforeAll(async () => {
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const { port } = backend.address() as AddressInfo;
    options = {
      lite: (request) => Promise.resolve(new Response(`lite ${new URL(request.url).pathname}`)),
      functionPort: (name) => ({ open: port, closed: port, dead: 1 })[name],
      config: {
        api: { schemas: ['api'] },
        auth: {
          jwt_expiry: 3600,
          enable_signup: false,
          enable_refresh_token_rotation: true,
          refresh_token_reuse_interval: 10,
          minimum_password_length: 12,
          sessions: { timebox: '168h' },
        },
        functions: { open: { verify_jwt: false }, dead: { verify_jwt: false } },
      },
      jwtSecret: 'a secret that is long enough for a test',
      health: () => ({ isReady: false, parts: { postgres: 'starting' } }),
    };
  });
  afterAll(() => backend.close());

  const ask = (path: string, init?: RequestInit) =>
    createGateway(options).request(`http://127.0.0.1${path}`, init);

  test('hands a body on byte for byte with the headers that sign it', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x00, 0x0d, 0x0a, 0x7d]);
    const response = await ask('/functions/v1/open/hook?mode=x%20y', {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': 'sha256=abc', 'content-type': 'application/json' },
    });
    expect(response.status).toBe(202);
    expect(await response.text()).toBe('taken');
    const [call] = seen.splice(0);
    expect(call?.url).toBe('/open/hook?mode=x%20y');
    expect(call?.body).toEqual(body);
    expect(call?.headers['x-hub-signature-256']).toBe('sha256=abc');
  });

  test('a function that checks tokens is not reached without one', async () => {
    expect((await ask('/functions/v1/closed', { method: 'POST' })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('an unknown function is 404 as JSON', async () => {
    const response = await ask('/functions/v1/nobody');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a function that is being restarted is 503, so that the caller tries again', async () => {
    const response = await ask('/functions/v1/dead', { method: 'POST', body: '{}' });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });

  test('only the data and auth paths reach lite', async () => {
    expect(await (await ask('/rest/v1/clubs')).text()).toBe('lite /rest/v1/clubs');
    expect(await (await ask('/auth/v1/token')).text()).toBe('lite /auth/v1/token');
    expect((await ask('/_system/config')).status).toBe(404);
    expect((await ask('/storage/v1/object')).status).toBe(404);
  });

  test('health is 503 with the state of each part until all are ready', async () => {
    const response = await ask('/health');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ parts: { postgres: 'starting' } });
  });
});
