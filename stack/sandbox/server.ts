// The sandbox: stand-ins for the booking platform, WhatsApp, Telegram and Claude on one port, with one database file.
import { join } from 'node:path';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { createBookingApp } from './booking/app.ts';
import { openBooking } from './booking/booking.ts';
import type { BookingCredentials, BookingOptions } from './booking/booking.ts';
import { createBookingControl } from './booking/control.ts';
import { createClaude } from './claude/service.ts';
import { createClock } from './clock.ts';
import { createControl } from './control.ts';
import { openDatabase } from './database.ts';
import { WebhookQueue } from './delivery/webhook-queue.ts';
import { createFaults } from './faults.ts';
import { createMemberDirectory } from './member-directory.ts';
import { createPage } from './page/page.ts';
import { createTelegram } from './telegram/service.ts';
import type { TelegramCredentials } from './telegram/service.ts';
import type { WhatsAppCredentials, WhatsAppDelays } from './whatsapp/context.ts';
import { createWhatsApp } from './whatsapp/service.ts';

export interface SandboxCredentials {
  booking: BookingCredentials;
  whatsapp: WhatsAppCredentials;
  telegram: TelegramCredentials;
  claude: { apiKey: string };
}

export interface SandboxOptions {
  /** Directory of `sandbox.db`; `:memory:` keeps nothing. */
  home: string;
  credentials: SandboxCredentials;
  now?: () => Date;
  fetch?: typeof fetch;
  /** Verified by Meta's handshake before the first call to it. */
  whatsappWebhookUrl?: string;
  whatsappDelays?: Partial<WhatsAppDelays>;
  retryDelayMs?: (attempts: number) => number;
  /** The demo club generated when the database holds none. */
  demo?: BookingOptions['demo'];
}

export interface Sandbox {
  app: Hono;
  queue: WebhookQueue;
  /** Starts delivering webhooks in the background. */
  start(): void;
  close(): Promise<void>;
}

/** The caller's address; in-process requests have none. */
function peer(c: Context): string {
  return c.env && 'incoming' in (c.env as object)
    ? (getConnInfo(c).remote.address ?? 'unknown')
    : 'in-process';
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { home, credentials, retryDelayMs } = options;
  const db = openDatabase(home === ':memory:' ? home : join(home, 'sandbox.db'));
  const clock = createClock(db, options.now ?? (() => new Date()));
  const { now } = clock;
  const faults = createFaults(db);
  const queue = new WebhookQueue({ db, now, retryDelayMs });
  const booking = openBooking({ db, now, credentials: credentials.booking, peer, demo: options.demo });
  booking.hooks.deliverThrough(queue, options.fetch);
  const shared = { db, now, queue, faults, fetch: options.fetch };
  const whatsapp = createWhatsApp({
    ...shared,
    credentials: credentials.whatsapp,
    delays: options.whatsappDelays,
    findMember: createMemberDirectory(booking.store, now),
  });
  const telegram = createTelegram({ ...shared, credentials: credentials.telegram });
  const claude = createClaude({ db, now, faults, credentials: credentials.claude });
  if (options.whatsappWebhookUrl) whatsapp.webhook.configure(options.whatsappWebhookUrl);

  const app = new Hono();
  app.get('/health', (c) => c.json({ status: 'ok', sandbox: true, webhooks: queue.summary() }));
  app.route('/', createBookingApp(booking));
  app.route('/whatsapp', whatsapp.graph);
  app.route('/telegram', telegram.bot);
  app.route('/claude', claude.api);
  app.route('/', createBookingControl(booking));
  app.route('/control', createControl({ clock, queue, whatsapp, telegram, claude }));
  app.route('/', createPage());

  return {
    app,
    queue,
    start: () => queue.start(),
    async close() {
      await queue.stop();
      db.close();
    },
  };
}
