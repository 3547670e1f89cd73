import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary } from './binaries.ts';
import type { ServiceName, Variables } from './environment.ts';
import type { PartLog } from './log.ts';
import { Part } from './part.ts';
import { REPO } from './paths.ts';
import type { Home, Ports } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';
import { responds } from './probes.ts';

/** The stand-ins for the outside services, with the credentials they are to insist on. */
export function prepareSandbox(
  home: Home,
  ports: Ports,
  credentials: Record<ServiceName, Variables>,
  log: PartLog,
): Part {
  const folder = join(home.root, 'sandbox');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const functions = `http://127.0.0.1:${ports.gateway}/functions/v1`;
  return new Part(
    {
      name: 'sandbox',
      program: {
        file: nodeBinary(),
        args: [join(REPO, 'stack/sandbox/main.ts')],
        cwd: REPO,
        env: {
          ...Object.assign({}, ...Object.values(credentials)),
          PATH: process.env.PATH,
          HOME: home.root,
          TZ: 'UTC',
          PORT: String(ports.sandbox),
          SANDBOX_HOME: folder,
          WHATSAPP_WEBHOOK_URL: `${functions}/whatsapp-webhook`,
        },
      },
      isReady: () => responds(`http://127.0.0.1:${ports.sandbox}/health`),
      readyWithinMs: 60_000,
    },
    home,
    log,
  );
}

/** What docs/ tells an operator to do once with the real Telegram: say where updates go and with which secret. */
export function registerTelegramWebhook(telegram: Variables, functionsUrl: string): Promise<void> {
  const { TELEGRAM_API_ROOT: root, TELEGRAM_BOT_TOKEN: token, TELEGRAM_WEBHOOK_SECRET: secret } = telegram;
  return register("sandbox's Telegram", `${root}/bot${token}/setWebhook`, {
    url: `${functionsUrl}/telegram-webhook`,
    secret_token: secret,
    allowed_updates: ['message', 'callback_query', 'my_chat_member'],
  });
}

/** The same for the booking platform, whose webhooks have their secret in the path. */
export function registerBookingWebhook(booking: Variables, functionsUrl: string): Promise<void> {
  const { BOOKING_API_URL: root, BOOKING_COMPANY_ID: company, BOOKING_WEBHOOK_SECRET: secret } = booking;
  const settings = {
    urls: [`${functionsUrl}/booking-webhook/${secret}`],
    active: 1,
    service: 1,
    service_category: 1,
    master: 1,
    client: 1,
    record: 1,
    goods_operations_sale: 1,
    finances_operation: 1,
  };
  return register("sandbox's booking platform", `${root}/hooks_settings/${company}`, settings, {
    accept: 'application/vnd.api.v2+json',
    authorization: `Bearer ${booking.BOOKING_PARTNER_TOKEN}, User ${booking.BOOKING_USER_TOKEN}`,
  });
}

async function register(
  service: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  let answer: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return;
    answer = `${response.status} ${await response.text()}`;
  } catch (error) {
    throw new StackProblem(`The ${service} did not take the webhook: ${errorMessage(error)}`, {
      cause: error,
    });
  }
  throw new StackProblem(`The ${service} refused the webhook: ${answer}`);
}
