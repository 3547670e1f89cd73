import { systemNow, systemWait } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import {
  cronAccess,
  digits,
  readEnvironment,
  supabaseVariables,
  whatsappVariables,
} from '../_shared/environment.ts';
import { createGraph } from '../_shared/graph.ts';
import { createLog } from '../_shared/log.ts';
import { start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';
import { createWhatsAppClient } from './whatsapp-client.ts';

const needed = supabaseVariables.extend({ ...whatsappVariables.shape, WHATSAPP_PHONE_NUMBER_ID: digits });

start((variables) => {
  const env = readEnvironment(variables, needed);
  const access = cronAccess(env);
  const graph = createGraph({
    apiUrl: env.WHATSAPP_API_URL,
    version: env.WHATSAPP_API_VERSION,
    token: env.WHATSAPP_TOKEN,
  });
  const secrets = [...Object.values(access.secretKeys), access.serviceKey, env.WHATSAPP_TOKEN];
  return createApp({
    access,
    log: createLog({ name: 'send-messages', now: systemNow, secrets }),
    database: openDatabase({ ...access, timeoutMs: 10_000 }),
    whatsapp: createWhatsAppClient(graph, env.WHATSAPP_PHONE_NUMBER_ID),
    now: systemNow,
    wait: systemWait,
  }).fetch;
});
