import { Api } from 'grammy';
import { z } from 'zod';
import { systemNow, systemWait } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import {
  address,
  cronAccess,
  readEnvironment,
  secret,
  supabaseVariables,
  telegramVariables,
  text,
} from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { createModerationChat } from '../_shared/moderation-chat.ts';
import { start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';
import { createBatchClient } from './batch-client.ts';
import { createClaude } from './claude.ts';
import { createTranslator } from './translator.ts';
import { createWriter } from './writer.ts';

const needed = supabaseVariables.extend({
  ...telegramVariables.shape,
  /** Without it every message has the scenario's standard wording. */
  ANTHROPIC_API_KEY: secret(16).optional(),
  ANTHROPIC_BASE_URL: address.optional(),
  ANTHROPIC_MODEL: text.default('claude-haiku-5-5'),
  /** So many drafts of a club that have time are asked for together, at half the price. */
  ANTHROPIC_BATCH_FROM: z.coerce
    .number('must be a whole number, 1 or more')
    .int('must be a whole number, 1 or more')
    .min(1, 'must be a whole number, 1 or more')
    .default(100),
  DASHBOARD_URL: address.optional(),
});

start((variables) => {
  const env = readEnvironment(variables, needed);
  const access = cronAccess(env);
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_MODEL: model, ANTHROPIC_BASE_URL: baseURL } = env;
  const secrets = [...Object.values(access.secretKeys), access.serviceKey, apiKey, env.TELEGRAM_BOT_TOKEN];
  const database = openDatabase(access);
  return createApp({
    access,
    log: createLog({ name: 'draft-messages', now: systemNow, secrets }),
    database,
    write: createWriter({ claude: apiKey ? createClaude({ apiKey, model, baseURL }) : null, now: systemNow }),
    translator: apiKey ? createTranslator({ apiKey, model, baseURL, now: systemNow }) : null,
    model: apiKey ? model : null,
    batches: apiKey ? createBatchClient({ apiKey, model, baseURL }) : null,
    batchFrom: env.ANTHROPIC_BATCH_FROM,
    chat: createModerationChat({
      api: new Api(env.TELEGRAM_BOT_TOKEN, { apiRoot: env.TELEGRAM_API_ROOT, timeoutSeconds: 10 }),
      database,
      chatId: env.TELEGRAM_CHAT_ID,
      dashboardUrl: env.DASHBOARD_URL,
      now: systemNow,
      wait: systemWait,
    }),
    now: systemNow,
    wait: systemWait,
  }).fetch;
});
