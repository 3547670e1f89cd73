// A club with members, the functions that write to them, and the outside world, on one clock that nobody waits for.
import { STARTER_TEMPLATES } from '../../shared/starter-templates/starter-templates.ts';
import { createGraph } from '../../supabase/functions/_shared/graph.ts';
import { createModerationChat } from '../../supabase/functions/_shared/moderation-chat.ts';
import { createApp as createDraftMessages } from '../../supabase/functions/draft-messages/app.ts';
import { createBatchClient } from '../../supabase/functions/draft-messages/batch-client.ts';
import { createClaude } from '../../supabase/functions/draft-messages/claude.ts';
import { createTranslator } from '../../supabase/functions/draft-messages/translator.ts';
import { createWriter } from '../../supabase/functions/draft-messages/writer.ts';
import { createApp as createSendMessages } from '../../supabase/functions/send-messages/app.ts';
import { createWhatsAppClient } from '../../supabase/functions/send-messages/whatsapp-client.ts';
import { createAccountTemplates } from '../../supabase/functions/sync-templates/account-templates.ts';
import { createApp as createSyncTemplates } from '../../supabase/functions/sync-templates/app.ts';
import { createNumberReader } from '../../supabase/functions/sync-templates/number.ts';
import { createApp as createTelegramWebhook } from '../../supabase/functions/telegram-webhook/app.ts';
import { createBot } from '../../supabase/functions/telegram-webhook/bot.ts';
import { createApp as createWhatsAppWebhook } from '../../supabase/functions/whatsapp-webhook/app.ts';
import { openHarness } from './harness.ts';
import type { Harness } from './harness.ts';
import {
  ANTHROPIC_API_KEY,
  openOutsideServices,
  TELEGRAM,
  WEBHOOK_ROOT,
  WHATSAPP,
} from './outside-services.ts';
import type { OutsideServices } from './outside-services.ts';

export const CLUB = 1;
export const TELEGRAM_SECRET = 'secret-of-the-webhook';

export interface Member {
  clientId: number;
  /** As WhatsApp knows it: digits only. */
  number: string;
}

export interface MessagingOptions {
  /** Milliseconds that Claude and WhatsApp are given. */
  claudeTimeoutMs?: number;
  whatsappTimeoutMs?: number;
  isDraftingOff?: boolean;
  /** So many drafts that have time make a batch. */
  batchFrom?: number;
  /** Another key than the one that Claude takes. */
  claudeApiKey?: string;
  dashboardUrl?: string;
  /** What the moderation chat reads; English unless told. Messages in another language are translated for it. */
  moderationLanguage?: string;
}

export type Messaging = Awaited<ReturnType<typeof openMessaging>>;

/** The clock stands at 10:00 in Prague on Friday 20 November 2026; waiting moves it. */
const START = '2026-11-20T09:00:00Z';

export async function openMessaging(options: MessagingOptions = {}) {
  let at = Date.parse(START);
  const now = () => new Date(at);
  const pass = (ms: number) => void (at += ms);
  const wait = (ms: number) => Promise.resolve(pass(ms));
  const harness = await openHarness('messaging', now);
  const outside = await openOutsideServices(now);
  const work: Promise<void>[] = [];
  const functions = createFunctions({
    harness,
    outside,
    now,
    wait,
    options,
    afterAnswer: (each) => void work.push(each),
  });
  const { sql } = harness;

  const world = {
    ...harness,
    outside,
    functions,
    now,
    pass,
    /** The booking platform was read right now. */
    async sync(): Promise<void> {
      await sql`
        insert into crm.listings (club_id, entity, lane, complete_until, completed_at)
        select ${CLUB}, entity, 'changes', ${now()}, ${now()}
        from unnest(array['clients', 'membership_sales', 'bookings', 'payments']) as entity
        on conflict (club_id, entity, lane) do update set
          complete_until = excluded.complete_until,
          completed_at = excluded.completed_at`;
    },
    /** Lets time pass, delivers what the outside services owe us, and waits for the work behind the answers. */
    async deliver(ms = 1000): Promise<void> {
      pass(ms);
      await outside.deliver();
      await Promise.all(work.splice(0));
    },
    run: (name: keyof typeof functions, body?: unknown) => harness.callFunction(functions[name], body),
    fault: (service: 'whatsapp' | 'telegram' | 'claude', kind: string, more: object = {}) =>
      outside.control('POST', `/${service}/faults`, { kind, ...more }),
    async closeAll(): Promise<void> {
      await Promise.all(work);
      await outside.close();
      await harness.close();
    },
  };
  await harness.sql`select core.create_club('Vltava Fit', 'Europe/Prague', 'CZ', 'CZK', ${now()})`;
  // Nobody is left out by chance.
  await harness.sql`
    update core.settings set holdout_share = 0, moderation_language = ${options.moderationLanguage ?? 'en'}`;
  await world.sync();
  const webhook = `${outside.root}/telegram/bot${TELEGRAM.botToken}/setWebhook`;
  await fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${WEBHOOK_ROOT}/telegram-webhook`, secret_token: TELEGRAM_SECRET }),
  });
  return world;
}

interface FunctionParts {
  harness: Harness;
  outside: OutsideServices;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  options: MessagingOptions;
  afterAnswer: (work: Promise<void>) => void;
}

function createFunctions({ harness, outside, now, wait, options, afterAnswer }: FunctionParts) {
  const { database, access, log } = harness;
  const shared = { database, access, log, now, wait };
  const graph = createGraph({
    apiUrl: `${outside.root}/whatsapp`,
    version: 'v26.0',
    token: WHATSAPP.token,
    timeoutMs: options.whatsappTimeoutMs,
  });
  const anthropic = {
    apiKey: options.claudeApiKey ?? ANTHROPIC_API_KEY,
    model: 'claude-haiku-5-5',
    baseURL: `${outside.root}/claude`,
    timeoutMs: options.claudeTimeoutMs,
  };
  const claude = createClaude(anthropic);
  const bot = createBot({ token: TELEGRAM.botToken, apiRoot: `${outside.root}/telegram` });
  const chat = createModerationChat({
    api: bot.api,
    database,
    chatId: TELEGRAM.chatId,
    dashboardUrl: options.dashboardUrl,
    now,
    wait,
  });
  const functions = {
    'sync-templates': createSyncTemplates({
      ...shared,
      templates: createAccountTemplates(graph, WHATSAPP.businessAccountId),
      readNumber: createNumberReader(graph, WHATSAPP.phoneNumberId),
      starters: STARTER_TEMPLATES,
    }),
    'draft-messages': createDraftMessages({
      ...shared,
      translator: options.isDraftingOff ? null : createTranslator({ ...anthropic, now }),
      write: createWriter({ claude: options.isDraftingOff ? null : claude, now }),
      model: options.isDraftingOff ? null : claude.model,
      batches: options.isDraftingOff ? null : createBatchClient(anthropic),
      batchFrom: options.batchFrom ?? 100,
      chat,
    }),
    'send-messages': createSendMessages({
      ...shared,
      whatsapp: createWhatsAppClient(graph, WHATSAPP.phoneNumberId),
    }),
    'telegram-webhook': createTelegramWebhook({
      ...shared,
      afterAnswer,
      bot,
      chat,
      secretToken: TELEGRAM_SECRET,
      chatId: TELEGRAM.chatId,
      allowedUserIds: TELEGRAM.allowedUserIds,
    }),
    'whatsapp-webhook': createWhatsAppWebhook({
      ...shared,
      afterAnswer,
      appSecret: WHATSAPP.appSecret,
      verifyToken: WHATSAPP.verifyToken,
    }),
  };
  for (const name of ['telegram-webhook', 'whatsapp-webhook'] as const)
    outside.receivers.set(name, functions[name]);
  return functions;
}
