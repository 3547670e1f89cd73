import { z } from 'zod';
import { systemNow, systemWait } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import {
  address,
  readEnvironment,
  supabaseAccess,
  supabaseVariables,
  telegramVariables,
} from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { createModerationChat } from '../_shared/moderation-chat.ts';
import { afterAnswer, start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';
import { createBot } from './bot.ts';

const needed = supabaseVariables.extend({
  ...telegramVariables.shape,
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, 'must be 16 to 256 letters, digits, _ or -'),
  /** Without it only people who linked their account in the dashboard may decide; without those, nobody. */
  TELEGRAM_ALLOWED_USER_IDS: z
    .string()
    .regex(/^\d+(\s*,\s*\d+)*$/, 'must be user numbers with commas between')
    .transform((list) => list.split(',').map(Number))
    .default([]),
  DASHBOARD_URL: address.optional(),
});

start((variables) => {
  const env = readEnvironment(variables, needed);
  const access = supabaseAccess(env);
  const database = openDatabase({ ...access, timeoutMs: 10_000 });
  const bot = createBot({ token: env.TELEGRAM_BOT_TOKEN, apiRoot: env.TELEGRAM_API_ROOT });
  const chatId = env.TELEGRAM_CHAT_ID;
  return createApp({
    bot,
    secretToken: env.TELEGRAM_WEBHOOK_SECRET,
    database,
    chat: createModerationChat({
      api: bot.api,
      database,
      chatId,
      dashboardUrl: env.DASHBOARD_URL,
      now: systemNow,
      wait: systemWait,
    }),
    chatId,
    allowedUserIds: env.TELEGRAM_ALLOWED_USER_IDS,
    now: systemNow,
    wait: systemWait,
    afterAnswer,
    log: createLog({
      name: 'telegram-webhook',
      now: systemNow,
      secrets: [access.serviceKey, env.TELEGRAM_BOT_TOKEN, env.TELEGRAM_WEBHOOK_SECRET],
    }),
  }).fetch;
});
