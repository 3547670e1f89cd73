// Puts the WhatsApp stand-in together: its stores, its webhook, the API and the control of it.
import type { DatabaseSync } from 'node:sqlite';
import type { Hono } from 'hono';
import type { WebhookQueue } from '../delivery/webhook-queue.ts';
import type { Faults } from '../faults.ts';
import type { FindMember, WhatsAppContext, WhatsAppCredentials, WhatsAppDelays } from './context.ts';
import { createWhatsAppControl } from './control.ts';
import { createGraphApp } from './graph-app.ts';
import type { Tier } from './limits.ts';
import { MemberActions } from './member-actions.ts';
import { createMessageStore } from './message-store.ts';
import { createPhoneStore } from './phone-store.ts';
import { createTemplateStore } from './template-store.ts';
import type { TemplateDefinition } from './template-types.ts';
import { WhatsAppWebhook } from './webhook.ts';

export interface WhatsAppDeps {
  db: DatabaseSync;
  now: () => Date;
  queue: WebhookQueue;
  faults: Faults;
  credentials: WhatsAppCredentials;
  /** What a new account has approved already; a real one has nothing. */
  approvedTemplates?: readonly TemplateDefinition[];
  delays?: Partial<WhatsAppDelays>;
  fetch?: typeof fetch;
  findMember?: FindMember;
}

export interface WhatsAppSandbox {
  graph: Hono;
  control: Hono;
  webhook: WhatsAppWebhook;
}

/** The club's own number, as it shows in every webhook. */
const displayPhoneNumber = '420228880100';
const defaultDelays: WhatsAppDelays = { sentMs: 300, deliveredMs: 900, templateReviewMs: 1500 };

function createTierSetting(db: DatabaseSync) {
  db.exec(
    'create table if not exists wa_limit (id integer primary key check (id = 1), tier text not null) strict',
  );
  db.exec(`insert into wa_limit values (1, 'TIER_2K') on conflict do nothing`);
  return {
    get: () => (db.prepare('select tier from wa_limit').get() as { tier: Tier }).tier,
    set: (tier: Tier) => void db.prepare('update wa_limit set tier = ?').run(tier),
  };
}

export function createWhatsApp(deps: WhatsAppDeps): WhatsAppSandbox {
  const { db, now, queue, faults, credentials } = deps;
  const templates = createTemplateStore(db, now);
  if (templates.all().length === 0)
    for (const template of deps.approvedTemplates ?? []) templates.add(template, 'APPROVED');
  const tier = createTierSetting(db);
  const context: WhatsAppContext = {
    db,
    now,
    credentials,
    faults,
    templates,
    delays: { ...defaultDelays, ...deps.delays },
    phones: createPhoneStore(db),
    messages: createMessageStore(db),
    webhook: new WhatsAppWebhook({ db, queue, faults, fetch: deps.fetch ?? fetch, ...credentials }),
    metadata: { display_phone_number: displayPhoneNumber, phone_number_id: credentials.phoneNumberId },
    findMember: deps.findMember ?? (() => undefined),
  };
  return {
    graph: createGraphApp(context, tier.get),
    control: createWhatsAppControl(context, new MemberActions(context), tier),
    webhook: context.webhook,
  };
}
