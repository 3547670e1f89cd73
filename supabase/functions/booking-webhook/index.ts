import { systemNow } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import {
  bookingWebhookVariables,
  readEnvironment,
  supabaseAccess,
  supabaseVariables,
} from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';

const needed = supabaseVariables.extend(bookingWebhookVariables.shape);

start((variables) => {
  const env = readEnvironment(variables, needed);
  const access = supabaseAccess(env);
  return createApp({
    database: openDatabase({ ...access, timeoutMs: 10_000 }),
    secret: env.BOOKING_WEBHOOK_SECRET,
    installationCompanyId: env.BOOKING_COMPANY_ID,
    now: systemNow,
    log: createLog({
      name: 'booking-webhook',
      now: systemNow,
      secrets: [access.serviceKey, env.BOOKING_WEBHOOK_SECRET],
    }),
  }).fetch;
});
