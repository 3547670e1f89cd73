// The environment, parsed once when a function starts. Each function merges the parts it needs.
import { z } from 'zod';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable is missing or weak. The message is one sentence with its name and the cure. */
export class EnvironmentError extends Error {
  constructor(faults: string[]) {
    super(
      `This function cannot start: ${faults.join('; ')}. Cure: \`supabase secrets set NAME=value\`, or a line in supabase/functions/.env.`,
    );
    this.name = 'EnvironmentError';
  }
}

/** A secret of at least `length` characters. */
export const secret = (length: number) =>
  z.string().min(length, `is too weak, it needs at least ${length} characters`);
export const text = z.string().trim().min(1);
/** An address without its trailing slash, so that paths can be added. */
export const address = z
  .url({ protocol: /^https?$/, error: 'must be a http or https address' })
  .transform((url) => url.replace(/\/+$/, ''));
export const digits = z.string().regex(/^-?\d+$/, 'must be a number');

const keys = z.string().transform((value, context): Record<string, string> => {
  const parsed = z.record(z.string(), z.string()).safeParse(parseJson(value));
  if (parsed.success) return parsed.data;
  context.addIssue('must be JSON such as {"default":"sb_secret_…","cron":"sb_secret_…"}');
  return z.NEVER;
});

/** Supabase's own: where the Data API is, and the keys. The cron key comes with the others or as CRON_SECRET. */
export const supabaseVariables = z.object({
  SUPABASE_URL: address,
  SUPABASE_SECRET_KEYS: keys.optional(),
  SUPABASE_SERVICE_ROLE_KEY: text.optional(),
  CRON_SECRET: secret(24).optional(),
});

export const telegramVariables = z.object({
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d+:[\w-]+$/, 'must look like 123456:secret'),
  TELEGRAM_API_ROOT: address.default('https://api.telegram.org'),
  TELEGRAM_CHAT_ID: digits,
});

export const whatsappVariables = z.object({
  WHATSAPP_TOKEN: secret(16),
  WHATSAPP_API_URL: address.default('https://graph.facebook.com'),
  WHATSAPP_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v26.0')
    .default('v26.0'),
});

export const bookingWebhookVariables = z.object({
  // Part of an address. Without it the webhook answers 503, and the sync goes on by itself.
  BOOKING_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{32,256}$/, 'must be 32 to 256 letters, digits, _ or -')
    .optional(),
  BOOKING_COMPANY_ID: digits,
});

/** Parses what a function needs; an empty variable counts as missing. */
export function readEnvironment<Schema extends z.ZodType>(
  variables: Variables,
  schema: Schema,
): z.output<Schema> {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value?.trim()));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? 'the environment');
      return name in present || issue.path.length === 0 ? `${name} ${issue.message}` : `${name} is missing`;
    }),
  );
}

export interface SupabaseAccess {
  url: string;
  /** Of the service: reads and writes through schema api only. */
  serviceKey: string;
  /** By name; `cron` is the key that pg_cron sends. */
  secretKeys: Record<string, string>;
}

/** The keys of Supabase, wherever this kind of installation puts them. */
export function supabaseAccess(variables: z.output<typeof supabaseVariables>): SupabaseAccess {
  const given = variables.SUPABASE_SECRET_KEYS ?? {};
  const serviceKey = given.default ?? variables.SUPABASE_SERVICE_ROLE_KEY;
  if (!serviceKey) {
    throw new EnvironmentError([
      'SUPABASE_SECRET_KEYS has no key named "default" and there is no SUPABASE_SERVICE_ROLE_KEY',
    ]);
  }
  const cron = given.cron ?? variables.CRON_SECRET;
  return { url: variables.SUPABASE_URL, serviceKey, secretKeys: cron ? { ...given, cron } : given };
}

/** The same for a function that pg_cron calls: without its key nobody could call it. */
export function cronAccess(variables: z.output<typeof supabaseVariables>): SupabaseAccess {
  const access = supabaseAccess(variables);
  if (!access.secretKeys.cron) {
    throw new EnvironmentError(['CRON_SECRET is missing and SUPABASE_SECRET_KEYS has no key named "cron"']);
  }
  return access;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // The schema that reads it says what is wrong.
  }
}
