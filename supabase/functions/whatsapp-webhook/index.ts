import { systemNow } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import { readEnvironment, secret, supabaseAccess, supabaseVariables } from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { afterAnswer, start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';

const needed = supabaseVariables.extend({
  WHATSAPP_APP_SECRET: secret(16),
  WHATSAPP_VERIFY_TOKEN: secret(16),
});

start((variables) => {
  const env = readEnvironment(variables, needed);
  const access = supabaseAccess(env);
  const secrets = [access.serviceKey, env.WHATSAPP_APP_SECRET, env.WHATSAPP_VERIFY_TOKEN];
  return createApp({
    database: openDatabase({ ...access, timeoutMs: 10_000 }),
    appSecret: env.WHATSAPP_APP_SECRET,
    verifyToken: env.WHATSAPP_VERIFY_TOKEN,
    now: systemNow,
    log: createLog({ name: 'whatsapp-webhook', now: systemNow, secrets }),
    afterAnswer,
  }).fetch;
});
