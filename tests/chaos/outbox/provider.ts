// WhatsApp's stand-in on a port of its own, which outlives everything that is killed, and its faults, drawn at random.
import { DatabaseSync } from 'node:sqlite';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { freePort } from '../../../stack/embedded/free-ports.ts';
import { WebhookQueue } from '../../../stack/sandbox/delivery/webhook-queue.ts';
import { createFaults } from '../../../stack/sandbox/faults.ts';
import { createWhatsApp } from '../../../stack/sandbox/whatsapp/service.ts';
import type { ProviderSend } from './auditor.ts';
import { CREDENTIALS, PACE } from './settings.ts';

const now = () => new Date();
const LATE_MS = PACE.callTimeoutMs + 400;

/** What goes wrong at the provider, and how often: most of it leaves nobody knowing whether the message went out. */
export const FAULTS: { kind: string; options?: object; weight: number }[] = [
  { kind: 'accept_then_slow', options: { ms: LATE_MS }, weight: 4 },
  { kind: 'accept_then_error', weight: 4 },
  { kind: 'http_error', weight: 3 },
  { kind: 'slow', options: { ms: 200 }, weight: 3 },
  { kind: 'slow', options: { ms: LATE_MS }, weight: 2 },
  { kind: 'error', options: { code: 131000 }, weight: 3 },
  { kind: 'error', options: { code: 131056 }, weight: 2 },
  { kind: 'error', options: { code: 131049 }, weight: 1 },
  { kind: 'silent', weight: 2 },
  { kind: 'early_status', weight: 3 },
  { kind: 'reverse', weight: 2 },
  { kind: 'duplicate', weight: 2 },
  { kind: 'batch', weight: 2 },
  { kind: 'skip_delivered', weight: 1 },
];

export interface Provider {
  url: string;
  webhookPort: number;
  fault(kind: string, options?: object): Promise<void>;
  clearFaults(): Promise<void>;
  reply(number: string, text: string): Promise<void>;
  /** Delivers every webhook that is due. */
  deliver(): Promise<void>;
  sends(): Promise<ProviderSend[]>;
  close(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const db = new DatabaseSync(':memory:');
  const faults = createFaults(db);
  const queue = new WebhookQueue({ db, now, retryDelayMs: () => 300 });
  const whatsapp = createWhatsApp({
    db,
    now,
    queue,
    faults,
    credentials: CREDENTIALS,
    delays: { sentMs: 100, deliveredMs: 300 },
    approvedTemplates: [
      {
        name: 'reactivation_v1',
        language: 'cs',
        category: 'MARKETING',
        parameter_format: 'NAMED',
        components: [{ type: 'BODY', text: 'Dobrý den z {{club}}! {{message}} Těšíme se na vás.' }],
      } as never,
    ],
  });
  const webhookPort = await freePort();
  whatsapp.webhook.configure(`http://127.0.0.1:${webhookPort}/whatsapp-webhook`);
  const app = new Hono();
  app.route('/', whatsapp.graph);
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
    (resolve) => {
      const listening = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (address) =>
        resolve({ server: listening, port: address.port }),
      );
    },
  );
  const control = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await whatsapp.control.request(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return response;
  };
  await control('PUT', '/limit', { tier: 'TIER_UNLIMITED' });
  return {
    url: `http://127.0.0.1:${port}`,
    webhookPort,
    fault: async (kind, options = {}) => void (await control('POST', '/faults', { kind, ...options })),
    clearFaults: async () => void (await control('DELETE', '/faults')),
    reply: async (number, text) => void (await control('POST', `/phones/${number}/reply`, { text })),
    deliver: () => queue.deliverDue(),
    async sends() {
      const { sends } = (await (await control('GET', '/sends')).json()) as {
        sends: { callback_data: string; number: string; at: string }[];
      };
      return sends.map(({ callback_data, number, at }) => ({
        callbackId: callback_data,
        number,
        at: Date.parse(at),
      }));
    },
    async close() {
      await queue.stop();
      await new Promise((resolve) => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close(resolve);
      });
      db.close();
    },
  };
}
