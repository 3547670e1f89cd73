// The bot's webhook and the updates on their way to it.
import type { DatabaseSync } from 'node:sqlite';
import type { WebhookQueue, WebhookReceiver } from '../delivery/webhook-queue.ts';
import type { Faults } from '../faults.ts';
import { badRequest } from './telegram-error.ts';

export type UpdateKind = 'message' | 'callback_query' | 'my_chat_member';

export interface WebhookSettings {
  url: string;
  secretToken: string | null;
  maxConnections: number;
  allowedUpdates: string[];
}

const allowedPorts = ['', '443', '80', '88', '8443'];
const timeoutMs = 10_000;

/** https on Telegram's four ports; on this machine plain http on any port, as a local Bot API server allows. */
function checkUrl(url: string): void {
  if (!URL.canParse(url)) throw badRequest('bad webhook: invalid webhook URL specified');
  const { protocol, hostname, port } = new URL(url);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  if (isLoopback && ['http:', 'https:'].includes(protocol)) return;
  if (protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  if (!allowedPorts.includes(port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
}

export interface TelegramWebhookDeps {
  db: DatabaseSync;
  queue: WebhookQueue;
  faults: Faults;
  now: () => Date;
  fetch: typeof fetch;
}

const schema = `create table if not exists tg_webhook (
  id integer primary key check (id = 1), settings text not null
) strict;
create table if not exists tg_updates (
  update_id integer primary key autoincrement, body text not null, at integer not null
) strict;
-- Update ids start at an arbitrary number and only ever grow.
insert into sqlite_sequence (name, seq) select 'tg_updates', 731000000
  where not exists (select 1 from sqlite_sequence where name = 'tg_updates')`;

export class TelegramWebhook implements WebhookReceiver {
  /** One after the other: a moderator's presses arrive in the order they were made. */
  readonly concurrency = 1;
  readonly #deps: TelegramWebhookDeps;

  constructor(deps: TelegramWebhookDeps) {
    this.#deps = deps;
    deps.db.exec(schema);
    deps.queue.addReceiver('telegram', this);
  }

  current(): WebhookSettings | null {
    const row = this.#deps.db.prepare('select settings from tg_webhook').get() as
      { settings: string } | undefined;
    return row ? (JSON.parse(row.settings) as WebhookSettings) : null;
  }

  isConfigured(): boolean {
    return this.current() !== null;
  }

  async post(body: string): Promise<Response> {
    const webhook = this.current();
    if (!webhook) throw new Error('The webhook was removed while an update was on its way.');
    const headers = new Headers({ 'content-type': 'application/json' });
    if (webhook.secretToken !== null) headers.set('x-telegram-bot-api-secret-token', webhook.secretToken);
    return this.#deps.fetch(webhook.url, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  set(settings: WebhookSettings): void {
    checkUrl(settings.url);
    if (settings.secretToken !== null && !/^[A-Za-z0-9_-]{1,256}$/.test(settings.secretToken)) {
      throw badRequest('secret token contains unallowed characters');
    }
    this.#deps.db
      .prepare('insert into tg_webhook values (1, ?) on conflict do update set settings = excluded.settings')
      .run(JSON.stringify(settings));
    this.#deps.queue.wake();
  }

  remove(): void {
    this.#deps.db.exec('delete from tg_webhook');
  }

  dropPending(): void {
    this.#deps.queue.dropPending('telegram');
  }

  info() {
    const webhook = this.current();
    const error = this.#deps.queue.lastError('telegram');
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#deps.queue.pending('telegram'),
      max_connections: webhook?.maxConnections ?? 40,
      ...(webhook && webhook.allowedUpdates.length > 0 ? { allowed_updates: webhook.allowedUpdates } : {}),
      ...(error && webhook
        ? { last_error_date: Math.floor(error.at.getTime() / 1000), last_error_message: error.message }
        : {}),
    };
  }

  /** Stores an update and puts it on its way. Null when the webhook did not ask for this kind. */
  send(kind: UpdateKind, content: unknown): number | null {
    const { db, queue, faults, now } = this.#deps;
    const allowed = this.current()?.allowedUpdates ?? [];
    if (allowed.length > 0 && !allowed.includes(kind)) return null;
    const at = now();
    const row = db
      .prepare('insert into tg_updates (body, at) values (?, ?) returning update_id')
      .get(JSON.stringify({ [kind]: content }), at.getTime()) as { update_id: number };
    const body = JSON.stringify({ update_id: row.update_id, [kind]: content });
    const copies = faults.take('telegram', 'duplicate') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) queue.enqueue({ service: 'telegram', body, dueAt: at });
    return row.update_id;
  }
}
