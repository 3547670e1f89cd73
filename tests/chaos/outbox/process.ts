// One process of the outbox, to be killed or frozen: `worker` sends without end, `webhook` takes what the provider tells. The product's
// own functions over the product's own client and Data API; only the pace is shorter, so that leases end while one watches.
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { z } from 'zod';
import { startLite } from '../../../stack/embedded/lite.ts';
import type { Lite } from '../../../stack/embedded/lite.ts';
import { readSupabaseConfig } from '../../../stack/embedded/supabase-config.ts';
import { openDatabase } from '../../../supabase/functions/_shared/database.ts';
import { createGraph } from '../../../supabase/functions/_shared/graph.ts';
import { createLog } from '../../../supabase/functions/_shared/log.ts';
import { createApp as createSendMessages } from '../../../supabase/functions/send-messages/app.ts';
import { createWhatsAppClient } from '../../../supabase/functions/send-messages/whatsapp-client.ts';
import { createApp as createWhatsAppWebhook } from '../../../supabase/functions/whatsapp-webhook/app.ts';
import { PACE, settingsOfProcess } from './settings.ts';
import type { ProcessSettings } from './settings.ts';

const API_URL = 'http://api.chaos';
const now = () => new Date();
const wait = (milliseconds: number) => sleep(milliseconds);

/** Postgres may be down just now: it comes back. */
async function openLite(settings: ProcessSettings): Promise<Lite> {
  for (;;) {
    try {
      return await startLite({
        ...settings,
        config: readSupabaseConfig(),
        siteUrl: 'http://dashboard.chaos',
      });
    } catch {
      await sleep(100);
    }
  }
}

async function send(settings: ProcessSettings, lite: Lite): Promise<never> {
  const { keys } = settings;
  const graph = createGraph({
    apiUrl: settings.providerUrl,
    version: 'v26.0',
    token: settings.credentials.token,
    timeoutMs: PACE.callTimeoutMs,
  });
  const app = createSendMessages({
    access: { url: API_URL, secretKeys: { default: keys.secretKey, cron: keys.cronKey } },
    log: createLog({ name: 'send-messages', now, secrets: [], write: () => undefined }),
    database: databaseOver(lite, keys.secretKey),
    whatsapp: createWhatsAppClient(graph, settings.credentials.phoneNumberId),
    now,
    wait,
    pace: PACE,
  });
  for (;;) {
    const request = new Request('http://functions.chaos/send-messages', {
      method: 'POST',
      headers: { apikey: keys.cronKey, 'content-type': 'application/json' },
      body: '{}',
    });
    await app.fetch(request);
    await sleep(50);
  }
}

const databaseOver = (lite: Lite, serviceKey: string) =>
  openDatabase({
    url: API_URL,
    serviceKey,
    timeoutMs: PACE.databaseTimeoutMs,
    fetch: (input, init) => lite.fetch(new Request(input, init)),
  });

function listen(settings: ProcessSettings, lite: Lite): void {
  const app = createWhatsAppWebhook({
    database: databaseOver(lite, settings.keys.secretKey),
    appSecret: settings.credentials.appSecret,
    verifyToken: settings.credentials.verifyToken,
    now,
    log: createLog({ name: 'whatsapp-webhook', now, secrets: [], write: () => undefined }),
    afterAnswer: (work) => void work,
  });
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: settings.webhookPort });
}

const role = z.enum(['worker', 'webhook']).parse(process.argv[2]);
const settings = settingsOfProcess.parse(JSON.parse(process.env.CHAOS_SETTINGS ?? ''));
const lite = await openLite(settings);
process.send?.('ready');
if (role === 'worker') await send(settings, lite);
else listen(settings, lite);
