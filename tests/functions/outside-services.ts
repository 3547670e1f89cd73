// The sandbox's stand-ins for Claude, Telegram and WhatsApp on a real port, so that the real clients talk real HTTP to them.
// Their webhooks go to the apps a test names, when the test says so.
import { DatabaseSync } from 'node:sqlite';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createClaude } from '../../stack/sandbox/claude/service.ts';
import { WebhookQueue } from '../../stack/sandbox/delivery/webhook-queue.ts';
import { createFaults } from '../../stack/sandbox/faults.ts';
import { createTelegram } from '../../stack/sandbox/telegram/service.ts';
import { createWhatsApp } from '../../stack/sandbox/whatsapp/service.ts';

export const ANTHROPIC_API_KEY = 'sk-ant-test-key-of-claude';
export const TELEGRAM = {
  botToken: '4200:token-of-the-bot',
  chatId: '-1004200',
  allowedUserIds: [7001, 7002],
};
export const WHATSAPP = {
  token: 'EAA-token-of-whatsapp',
  phoneNumberId: '1065',
  businessAccountId: '2065',
  appSecret: 'app-secret-of-meta',
  verifyToken: 'verify-token-of-ours',
};

type App = { fetch(request: Request): Response | Promise<Response> };

export interface OutsideServices {
  root: string;
  /** Where webhooks go, by the first part of their path. */
  receivers: Map<string, App>;
  /** The sandbox's control: what a test asks of it, and what people do on their phones. */
  control: (method: string, path: string, body?: unknown) => Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  /** Delivers every webhook that is due. */
  deliver: () => Promise<void>;
  close: () => Promise<void>;
}

export const WEBHOOK_ROOT = 'https://functions.test';

export async function openOutsideServices(now: () => Date): Promise<OutsideServices> {
  const db = new DatabaseSync(':memory:');
  const faults = createFaults(db);
  const queue = new WebhookQueue({ db, now });
  const receivers = new Map<string, App>();
  const toReceiver: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const name = new URL(request.url).pathname.slice(1);
    const app = receivers.get(name);
    return app ? app.fetch(request) : new Response('no such function', { status: 404 });
  };
  const shared = { db, now, queue, faults, fetch: toReceiver };
  const delays = { sentMs: 300, deliveredMs: 900, templateReviewMs: 0 };
  const whatsapp = createWhatsApp({ ...shared, credentials: WHATSAPP, delays });
  const telegram = createTelegram({ ...shared, credentials: TELEGRAM });
  const claude = createClaude({ db, now, faults, credentials: { apiKey: ANTHROPIC_API_KEY } });
  whatsapp.webhook.configure(`${WEBHOOK_ROOT}/whatsapp-webhook`);

  const controls = { whatsapp: whatsapp.control, telegram: telegram.control, claude: claude.control };
  const app = new Hono();
  // Somebody who gave up waiting leaves a request behind: it ends before its database does.
  const answering = new Set<Promise<void>>();
  app.use('*', async (_, next) => {
    const answer = next().finally(() => answering.delete(answer));
    answering.add(answer);
    await answer;
  });
  app.route('/whatsapp', whatsapp.graph);
  app.route('/telegram', telegram.bot);
  app.route('/claude', claude.api);
  const { server, port } = await listen(app);

  return {
    root: `http://127.0.0.1:${port}`,
    receivers,
    async control(method, path, body) {
      const [, service = '', rest = ''] = /^\/(\w+)(\/.*)$/.exec(path) ?? [];
      const control = controls[service as keyof typeof controls];
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await control.request(rest, {
        ...init,
        headers: { 'content-type': 'application/json' },
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
    deliver: () => queue.deliverDue(),
    async close() {
      await queue.stop();
      await Promise.allSettled(answering);
      await new Promise((resolve) => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close(resolve);
      });
      db.close();
    },
  };
}

function listen(app: Hono): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ server, port }),
    );
  });
}
