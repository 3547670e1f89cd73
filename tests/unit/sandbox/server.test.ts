import { afterEach, expect, test } from 'vitest';
import { readEnvironment } from '../../../stack/sandbox/environment.ts';
import { createSandbox } from '../../../stack/sandbox/server.ts';
import type { Sandbox } from '../../../stack/sandbox/server.ts';

const environment = {
  PORT: '54324',
  SANDBOX_HOME: ':memory:',
  BOOKING_PARTNER_TOKEN: 'partner',
  BOOKING_USER_TOKEN: 'user',
  BOOKING_COMPANY_ID: '1001',
  BOOKING_CHAIN_ID: '501',
  ANTHROPIC_API_KEY: 'key',
  TELEGRAM_BOT_TOKEN: '700100:secret',
  TELEGRAM_CHAT_ID: '-1001234567890',
  TELEGRAM_ALLOWED_USER_IDS: '11,12',
  WHATSAPP_TOKEN: 'token',
  WHATSAPP_PHONE_NUMBER_ID: '1065',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '2065',
  WHATSAPP_APP_SECRET: 'secret',
  WHATSAPP_VERIFY_TOKEN: 'verify',
};

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

function open(): Sandbox {
  sandbox = createSandbox({
    ...readEnvironment(environment),
    now: () => new Date('2026-11-20T10:00:00Z'),
    demo: { clients: 20, visits: 200 },
  });
  return sandbox;
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  open().app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test.each(Object.keys(environment).filter((name) => name !== 'SANDBOX_HOME'))(
  'without %s it does not start, and says so',
  (name) => {
    expect(() => readEnvironment({ ...environment, [name]: undefined })).toThrow(
      `The sandbox cannot start: ${name} is missing.`,
    );
  },
);

test('a value that cannot be right is named with what it must be', () => {
  const wrong = { ...environment, TELEGRAM_BOT_TOKEN: 'secret' };
  expect(() => readEnvironment(wrong)).toThrow('TELEGRAM_BOT_TOKEN must look like 123456:secret');
});

test('one server answers for all four services, and the page', async () => {
  const { app } = open();
  expect((await app.request('/health')).status).toBe(200);
  expect((await app.request('/whatsapp/v26.0/1065')).status).toBe(401);
  expect((await app.request('/telegram/bot1:x/getMe')).status).toBe(401);
  expect((await app.request('/claude/v1/messages', { method: 'POST' })).status).toBe(401);
  expect((await app.request('/booking/api/v1/company/1001')).status).toBeGreaterThanOrEqual(400);
  const page = await app.request('/');
  expect(await page.text()).toContain('Sandbox');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
});

test('every file the page names is served', async () => {
  const { app } = open();
  const html = await (await app.request('/')).text();
  const paths = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) {
    const file = await app.request(path);
    expect(file.status).toBe(200);
    for (const [, module] of (await file.text()).matchAll(/from '\.\/([^']+)'/g)) {
      expect((await app.request(`/assets/${module}`)).status).toBe(200);
    }
  }
});

test('the members of the demo club have names on their phones', async () => {
  const { app } = open();
  const { clients } = (await (await app.request('/control/booking/clients?count=20')).json()) as {
    clients: { id: number; phone: string; display_name: string }[];
  };
  const member = clients.find(({ phone }) => /^\+420\d{9}$/.test(String(phone).replace(/\s/g, '')));
  const answer = await app.request(`/control/whatsapp/phones/${String(member?.phone).replace(/\D/g, '')}`);
  expect(await answer.json()).toMatchObject({
    name: member?.display_name,
    client_id: member?.id,
    messages: [],
  });
});

test('the clock goes forward when told to', async () => {
  expect(await (await post('/control/clock', { advance_seconds: 3600 })).json()).toEqual({
    now: '2026-11-20T11:00:00.000Z',
    offset_seconds: 3600,
  });
});

test('a page of another origin may not command it', async () => {
  const answer = await post('/control/telegram/message', { text: 'Hi' }, { origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
});

test('a body that is wrong is answered with what is wrong', async () => {
  const answer = await post('/control/telegram/message', { words: 'Hi' });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toContain('text');
});
