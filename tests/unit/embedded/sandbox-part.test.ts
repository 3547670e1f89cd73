import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxVariables } from '../../../stack/embedded/environment.ts';
import { generateKeys } from '../../../stack/embedded/keys.ts';
import { portsFrom } from '../../../stack/embedded/paths.ts';
import { StackProblem } from '../../../stack/embedded/problem.ts';
import { registerBookingWebhook, registerTelegramWebhook } from '../../../stack/embedded/sandbox-part.ts';
import { readEnvironment } from '../../../stack/sandbox/environment.ts';
import { createSandbox } from '../../../stack/sandbox/server.ts';
import type { Sandbox } from '../../../stack/sandbox/server.ts';
import { bookingWebhookVariables } from '../../../supabase/functions/_shared/environment.ts';

const FUNCTIONS = 'http://127.0.0.1:54321/functions/v1';

let sandbox: Sandbox;
let server: ReturnType<typeof serve>;
let variables: ReturnType<typeof sandboxVariables>;

beforeAll(async () => {
  const keys = await generateKeys();
  const given = Object.assign({}, ...Object.values(sandboxVariables(keys, portsFrom(54_321))));
  const { credentials } = readEnvironment({ ...given, PORT: '0', SANDBOX_HOME: ':memory:' });
  sandbox = createSandbox({ home: ':memory:', credentials, demo: { clients: 5, visits: 20 } });
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 0 }, (address: AddressInfo) =>
      resolve(address.port),
    );
  });
  variables = sandboxVariables(keys, { ...portsFrom(54_321), sandbox: port });
});
afterAll(async () => {
  await sandbox.close();
  await new Promise((resolve) => server.close(resolve));
});

async function hookSettings() {
  const {
    BOOKING_API_URL: root,
    BOOKING_PARTNER_TOKEN: partner,
    BOOKING_USER_TOKEN: user,
  } = variables.booking;
  const response = await fetch(`${root}/hooks_settings/1001`, {
    headers: {
      accept: 'application/vnd.api.v2+json',
      authorization: `Bearer ${partner}, User ${user}`,
    },
  });
  return ((await response.json()) as { data: Record<string, unknown> }).data;
}

test('the booking platform is told where its webhooks go, as often as the stack starts', async () => {
  await registerBookingWebhook(variables.booking, FUNCTIONS);
  await registerBookingWebhook(variables.booking, FUNCTIONS);
  const secret = variables.booking.BOOKING_WEBHOOK_SECRET;
  expect(await hookSettings()).toMatchObject({
    urls: [`${FUNCTIONS}/booking-webhook/${secret}`],
    active: 1,
    client: 1,
    record: 1,
    goods_operations_sale: 1,
    finances_operation: 1,
  });
});

test('the secret made for the stack is one the function takes', () => {
  expect(bookingWebhookVariables.safeParse(variables.booking).success).toBe(true);
});

test('a platform that refuses stops the start with its own words, and not with the secret', async () => {
  const wrong = { ...variables.booking, BOOKING_USER_TOKEN: 'another' };
  const refused = registerBookingWebhook(wrong, FUNCTIONS);
  await expect(refused).rejects.toThrow(StackProblem);
  await expect(refused).rejects.toThrow(/booking platform refused the webhook: 401 .*Authentication needed/);
  await expect(refused).rejects.not.toThrow(variables.booking.BOOKING_WEBHOOK_SECRET);
});

test('Telegram is told too', async () => {
  await registerTelegramWebhook(variables.telegram, FUNCTIONS);
  const { TELEGRAM_API_ROOT: root, TELEGRAM_BOT_TOKEN: token } = variables.telegram;
  const info = (await (await fetch(`${root}/bot${token}/getWebhookInfo`)).json()) as {
    result: { url: string };
  };
  expect(info.result.url).toBe(`${FUNCTIONS}/telegram-webhook`);
});
