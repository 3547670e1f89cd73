import { STARTER_TEMPLATES } from '../../../shared/starter-templates/starter-templates.ts';
import { systemNow } from '../_shared/clock.ts';
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
import { createAccountTemplates } from './account-templates.ts';
import { createApp } from './app.ts';
import { createNumberReader } from './number.ts';

const needed = supabaseVariables.extend({
  ...whatsappVariables.shape,
  WHATSAPP_BUSINESS_ACCOUNT_ID: digits,
  WHATSAPP_PHONE_NUMBER_ID: digits,
});

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
    log: createLog({ name: 'sync-templates', now: systemNow, secrets }),
    database: openDatabase(access),
    templates: createAccountTemplates(graph, env.WHATSAPP_BUSINESS_ACCOUNT_ID),
    starters: STARTER_TEMPLATES,
    readNumber: createNumberReader(graph, env.WHATSAPP_PHONE_NUMBER_ID),
    now: systemNow,
  }).fetch;
});
