// The platform's webhooks: where to and about what, as set by hooks_settings; each is sent once, five seconds late, unsigned.
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { WebhookQueue, WebhookReceiver } from '../delivery/webhook-queue.ts';

const flag = z.literal([0, 1]).default(0);

export const hookSettingsSchema = z.strictObject({
  urls: z.array(z.url()).max(10).default([]),
  active: flag,
  salon: flag,
  service_category: flag,
  service: flag,
  good: flag,
  master: flag,
  client: flag,
  record: flag,
  schedule: flag,
  loyalty_card: flag,
  goods_operations_sale: flag,
  goods_operations_receipt: flag,
  goods_operations_consumable: flag,
  goods_operations_stolen: flag,
  goods_operations_move: flag,
  finances_operation: flag,
});

export type HookSettings = z.output<typeof hookSettingsSchema>;
/** What the sandbox tells of. */
export type HookResource =
  | 'service_category'
  | 'service'
  | 'master'
  | 'client'
  | 'record'
  | 'goods_operations_sale'
  | 'finances_operation';
export type HookStatus = 'create' | 'update' | 'delete';

export interface HookEvent {
  resource: HookResource;
  resourceId: number;
  status: HookStatus;
  /** Only asked for when somebody wants to know. */
  data: () => unknown;
}

interface OwedCall {
  url: string;
  envelope: unknown;
}

const SERVICE = 'booking';
const DELAY_MS = 5_000;
const TIMEOUT_MS = 15_000;

export interface HooksDeps {
  db: DatabaseSync;
  now: () => Date;
  companyId: number;
}

export class Hooks implements WebhookReceiver {
  readonly concurrency = 4;
  readonly triesOnce = true;
  readonly #deps: HooksDeps;
  #queue: WebhookQueue | null = null;
  #fetch: typeof fetch = fetch;

  constructor(deps: HooksDeps) {
    deps.db.exec(
      'create table if not exists booking_hooks (id integer primary key check (id = 1), settings text not null) strict',
    );
    this.#deps = deps;
  }

  /** Until this is called nobody is told anything. */
  deliverThrough(queue: WebhookQueue, fetchIt: typeof fetch = fetch): void {
    this.#queue = queue;
    this.#fetch = fetchIt;
    queue.addReceiver(SERVICE, this);
  }

  settings(): HookSettings {
    const row = this.#deps.db.prepare('select settings from booking_hooks').get() as
      { settings: string } | undefined;
    return hookSettingsSchema.parse(row ? JSON.parse(row.settings) : {});
  }

  change(settings: HookSettings): void {
    this.#deps.db
      .prepare(
        'insert into booking_hooks values (1, ?) on conflict do update set settings = excluded.settings',
      )
      .run(JSON.stringify(settings));
  }

  tell({ resource, resourceId, status, data }: HookEvent): void {
    const { companyId, now } = this.#deps;
    if (this.#queue === null) return;
    const settings = this.settings();
    if (settings.active === 0 || settings[resource] === 0) return;
    const envelope = { company_id: companyId, resource, resource_id: resourceId, status, data: data() };
    const dueAt = new Date(now().getTime() + DELAY_MS);
    for (const url of settings.urls) {
      const call: OwedCall = { url, envelope };
      this.#queue.enqueue({ service: SERVICE, body: JSON.stringify(call), dueAt });
    }
  }

  isConfigured(): boolean {
    return true;
  }

  post(body: string): Promise<Response> {
    const { url, envelope } = JSON.parse(body) as OwedCall;
    return this.#fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(envelope),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}
