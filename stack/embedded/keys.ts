import { randomBytes } from 'node:crypto';
import { generateApiKey } from '@supabase/lite';
import { z } from 'zod';
import { readIfThere, writeWhole } from './home.ts';
import type { Home } from './paths.ts';
import { StackProblem } from './problem.ts';

const secret = z.string().min(8);

/** Every key and password of one stack, made once and kept in its home. */
const keysShape = z.object({
  adminPassword: secret,
  postgresPassword: secret,
  jwtSecret: z.string().min(32),
  publishableKey: z.string().startsWith('sb_publishable_'),
  secretKey: z.string().startsWith('sb_secret_'),
  cronKey: z.string().startsWith('sb_secret_'),
  sandbox: z.object({
    bookingPartnerToken: secret,
    bookingUserToken: secret,
    bookingWebhookSecret: z.string().min(32),
    anthropicApiKey: secret,
    telegramBotToken: secret,
    telegramWebhookSecret: secret,
    whatsappToken: secret,
    whatsappAppSecret: secret,
    whatsappVerifyToken: secret,
  }),
});
export type Keys = z.infer<typeof keysShape>;

function random(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

export async function generateKeys(): Promise<Keys> {
  const [publishable, secretKey, cron] = await Promise.all([
    generateApiKey('publishable'),
    generateApiKey('secret'),
    generateApiKey('secret'),
  ]);
  return {
    adminPassword: random(),
    postgresPassword: random(),
    jwtSecret: random(48),
    publishableKey: publishable.key,
    secretKey: secretKey.key,
    cronKey: cron.key,
    sandbox: {
      bookingPartnerToken: random(),
      bookingUserToken: random(),
      bookingWebhookSecret: random(),
      anthropicApiKey: `sk-ant-sandbox-${random()}`,
      telegramBotToken: `4200:${random()}`,
      telegramWebhookSecret: random(),
      whatsappToken: `EAA${random()}`,
      whatsappAppSecret: randomBytes(16).toString('hex'),
      whatsappVerifyToken: random(),
    },
  };
}

export function readKeys(home: Home): Keys | undefined {
  const text = readIfThere(home.keys);
  if (text === undefined) return undefined;
  try {
    return keysShape.parse(JSON.parse(text));
  } catch (error) {
    throw new StackProblem(
      `${home.keys} is damaged: put it back from a copy, or delete ${home.root} to begin anew.`,
      { cause: error },
    );
  }
}

/** The home's keys; made when the home is new. */
export async function keysOf(home: Home): Promise<Keys> {
  const existing = readKeys(home);
  if (existing) return existing;
  const keys = await generateKeys();
  writeWhole(home.keys, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}
