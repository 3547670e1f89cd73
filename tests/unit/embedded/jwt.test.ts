import { sign } from 'hono/jwt';
import { describe, expect, test } from 'vitest';
import { hasValidToken } from '../../../stack/embedded/jwt.ts';

const SECRET = 'a secret that is long enough for a test';
const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const request = (authorization?: string, method = 'POST') =>
  new Request('http://127.0.0.1/functions/v1/any', {
    method,
    headers: authorization ? { authorization } : {},
  });

describe('verify_jwt at the gateway', () => {
  test('a token that our auth signed is let in', async () => {
    const token = await sign({ role: 'authenticated', exp: inAnHour }, SECRET, 'HS256');
    expect(await hasValidToken(request(`Bearer ${token}`), SECRET)).toBe(true);
  });

  test('a token signed with another secret is not', async () => {
    const token = await sign(
      { role: 'service_role', exp: inAnHour },
      'another secret, also long enough',
      'HS256',
    );
    expect(await hasValidToken(request(`Bearer ${token}`), SECRET)).toBe(false);
  });

  test('an expired token is not', async () => {
    const token = await sign({ exp: inAnHour - 7200 }, SECRET, 'HS256');
    expect(await hasValidToken(request(`Bearer ${token}`), SECRET)).toBe(false);
  });

  test('a token that claims to need no signature is not', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${encode({ role: 'service_role', exp: inAnHour })}.`;
    expect(await hasValidToken(request(`Bearer ${unsigned}`), SECRET)).toBe(false);
  });

  test.each([undefined, 'Bearer', 'Bearer sb_secret_key', 'Basic abc'])(
    '"%s" is not',
    async (authorization) => {
      expect(await hasValidToken(request(authorization), SECRET)).toBe(false);
    },
  );

  test("a browser's preflight needs none", async () => {
    expect(await hasValidToken(request(undefined, 'OPTIONS'), SECRET)).toBe(true);
  });
});
