// The app's webhook: its URL, the handshake that verifies it, and how events get into the delivery queue.
import { randomInt } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { WebhookQueue, WebhookReceiver } from '../delivery/webhook-queue.ts';
import type { Faults } from '../faults.ts';
import { escapePayload, signBody } from './signature.ts';

export interface WhatsAppWebhookDeps {
  db: DatabaseSync;
  queue: WebhookQueue;
  faults: Faults;
  fetch: typeof fetch;
  appSecret: string;
  verifyToken: string;
  businessAccountId: string;
}

/** The receiver did not answer the handshake as Meta demands. */
export class HandshakeError extends Error {
  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(
      `The callback URL ${url} couldn't be validated: ${reason}. It must answer 200 with the value of hub.challenge when hub.verify_token matches.`,
      options,
    );
    this.name = 'HandshakeError';
  }
}

interface Envelope {
  object: string;
  entry: { id: string; changes: unknown[] }[];
}

const timeoutMs = 10_000;

const schema = `create table if not exists wa_webhook (
  id integer primary key check (id = 1), url text not null, is_verified integer not null
) strict`;

export class WhatsAppWebhook implements WebhookReceiver {
  readonly concurrency = 8;
  readonly #deps: WhatsAppWebhookDeps;

  constructor(deps: WhatsAppWebhookDeps) {
    this.#deps = deps;
    deps.db.exec(schema);
    deps.queue.addReceiver('whatsapp', this);
  }

  #current(): { url: string; is_verified: number } | undefined {
    return this.#deps.db.prepare('select url, is_verified from wa_webhook where id = 1').get() as
      { url: string; is_verified: number } | undefined;
  }

  #save(url: string, isVerified: boolean): void {
    this.#deps.db
      .prepare(
        `insert into wa_webhook values (1, ?, ?)
         on conflict do update set url = excluded.url, is_verified = excluded.is_verified`,
      )
      .run(url, isVerified ? 1 : 0);
  }

  url(): string | null {
    return this.#current()?.url ?? null;
  }

  isVerified(): boolean {
    return this.#current()?.is_verified === 1;
  }

  isConfigured(): boolean {
    return this.#current() !== undefined;
  }

  /** Sets the URL; it is verified before the first call. */
  configure(url: string): void {
    if (this.#current()?.url !== url) this.#save(url, false);
    this.#deps.queue.wake();
  }

  /** Sets the URL after a handshake that must succeed, as in Meta's app dashboard. */
  async subscribe(url: string): Promise<void> {
    await this.#verify(url);
    this.#deps.queue.wake();
  }

  remove(): void {
    this.#deps.db.exec('delete from wa_webhook');
  }

  async #verify(url: string): Promise<void> {
    const challenge = String(randomInt(1_000_000_000, 2_000_000_000));
    const query = new URL(url);
    query.searchParams.set('hub.mode', 'subscribe');
    query.searchParams.set('hub.challenge', challenge);
    query.searchParams.set('hub.verify_token', this.#deps.verifyToken);
    let response: Response;
    try {
      response = await this.#deps.fetch(query, { signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new HandshakeError(url, 'no answer', { cause });
    }
    const answer = await response.text();
    if (response.status !== 200) throw new HandshakeError(url, `it answered ${response.status}`);
    if (answer !== challenge) throw new HandshakeError(url, 'it did not return the challenge');
    this.#save(url, true);
  }

  async post(body: string): Promise<Response> {
    const webhook = this.#current();
    if (!webhook) throw new Error('The webhook was removed while a call was on its way.');
    // A URL given in the environment is verified late: its server may start after the sandbox.
    if (!webhook.is_verified) await this.#verify(webhook.url);
    return this.#deps.fetch(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature-256': signBody(body, this.#deps.appSecret),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  merge(bodies: string[]): string {
    const envelopes = bodies.map((body) => JSON.parse(body) as Envelope);
    return this.#toBody(envelopes.flatMap((envelope) => envelope.entry.flatMap((entry) => entry.changes)));
  }

  #toBody(changes: unknown[]): string {
    return escapePayload({
      object: 'whatsapp_business_account',
      entry: [{ id: this.#deps.businessAccountId, changes }],
    });
  }

  /** Puts one change on its way. Faults may send it twice, or hold it to travel in one call with others. */
  notify(field: string, value: unknown, dueAt: Date): void {
    const { queue, faults } = this.#deps;
    const body = this.#toBody([{ field, value }]);
    const copies = faults.take('whatsapp', 'duplicate') ? 2 : 1;
    const windowMs = Number(faults.take('whatsapp', 'batch')?.options.seconds ?? 0) * 1000;
    const bucket = windowMs > 0 ? Math.ceil(dueAt.getTime() / windowMs) : null;
    const batched =
      bucket === null ? { dueAt } : { dueAt: new Date(bucket * windowMs), batch: `${windowMs}:${bucket}` };
    for (let copy = 0; copy < copies; copy += 1) queue.enqueue({ service: 'whatsapp', body, ...batched });
  }
}
