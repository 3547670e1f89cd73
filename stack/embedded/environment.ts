import { z } from 'zod';
import type { Keys } from './keys.ts';
import type { Ports } from './paths.ts';
import { StackProblem } from './problem.ts';

const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https?$/ });
const number = z.string().regex(/^-?\d+$/, 'must be a number');

/** What each outside service needs, and the official address where it is the same for everyone. */
const SERVICES = {
  booking: z.object({
    BOOKING_API_URL: url.default('https://api.alteg.io/api/v1'),
    BOOKING_PARTNER_TOKEN: text,
    BOOKING_USER_TOKEN: text,
    BOOKING_COMPANY_ID: number,
    BOOKING_CHAIN_ID: number.optional(),
    BOOKING_WEBHOOK_SECRET: z
      .string()
      .regex(/^[A-Za-z0-9_-]{32,256}$/, 'must be 32 to 256 letters, digits, _ or -')
      .optional(),
  }),
  claude: z.object({
    ANTHROPIC_API_KEY: text,
    ANTHROPIC_BASE_URL: url.optional(),
    ANTHROPIC_MODEL: text.optional(),
    ANTHROPIC_BATCH_FROM: z
      .string()
      .regex(/^[1-9]\d*$/, 'must be a whole number, 1 or more')
      .optional(),
  }),
  telegram: z.object({
    TELEGRAM_BOT_TOKEN: text,
    TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,256}$/, 'must be 16 to 256 letters, digits, _ or -'),
    TELEGRAM_CHAT_ID: number,
    TELEGRAM_ALLOWED_USER_IDS: z
      .string()
      .regex(/^\d+(\s*,\s*\d+)*$/, 'must be user numbers with commas between')
      .optional(),
  }),
  whatsapp: z.object({
    WHATSAPP_TOKEN: text,
    WHATSAPP_PHONE_NUMBER_ID: number,
    WHATSAPP_BUSINESS_ACCOUNT_ID: number,
    WHATSAPP_APP_SECRET: text,
    WHATSAPP_VERIFY_TOKEN: text,
    WHATSAPP_API_URL: url.default('https://graph.facebook.com'),
    WHATSAPP_API_VERSION: z
      .string()
      .regex(/^v\d+\.\d+$/, 'must look like v26.0')
      .default('v26.0'),
  }),
};

export type ServiceName = keyof typeof SERVICES;
export type Variables = Record<string, string>;

/** The credentials that both the functions and the sandbox get; the sandbox refuses any other. */
export function sandboxVariables(keys: Keys, ports: Ports): Record<ServiceName, Variables> {
  const root = `http://127.0.0.1:${ports.sandbox}`;
  const { sandbox } = keys;
  return {
    booking: {
      BOOKING_API_URL: `${root}/booking/api/v1`,
      BOOKING_PARTNER_TOKEN: sandbox.bookingPartnerToken,
      BOOKING_USER_TOKEN: sandbox.bookingUserToken,
      BOOKING_COMPANY_ID: '1001',
      BOOKING_CHAIN_ID: '501',
      BOOKING_WEBHOOK_SECRET: sandbox.bookingWebhookSecret,
    },
    claude: { ANTHROPIC_API_KEY: sandbox.anthropicApiKey, ANTHROPIC_BASE_URL: `${root}/claude` },
    telegram: {
      TELEGRAM_BOT_TOKEN: sandbox.telegramBotToken,
      TELEGRAM_API_ROOT: `${root}/telegram`,
      TELEGRAM_WEBHOOK_SECRET: sandbox.telegramWebhookSecret,
      TELEGRAM_CHAT_ID: '-1004200',
      TELEGRAM_ALLOWED_USER_IDS: '7001,7002',
    },
    whatsapp: {
      WHATSAPP_TOKEN: sandbox.whatsappToken,
      WHATSAPP_PHONE_NUMBER_ID: '1065',
      WHATSAPP_BUSINESS_ACCOUNT_ID: '2065',
      WHATSAPP_APP_SECRET: sandbox.whatsappAppSecret,
      WHATSAPP_VERIFY_TOKEN: sandbox.whatsappVerifyToken,
      WHATSAPP_API_URL: `${root}/whatsapp`,
      WHATSAPP_API_VERSION: 'v26.0',
    },
  };
}

export interface ServiceEnvironment {
  variables: Variables;
  /** Which services the sandbox stands in for. */
  sandboxed: ServiceName[];
  /** Which services nobody plays, with the variables that would turn them on. */
  off: Partial<Record<ServiceName, string[]>>;
}

/**
 * The outside services' variables. A service none of whose variables is set is played by the sandbox, and is off without the
 * sandbox: what needs it says so and does nothing. One that is set in part is a mistake and stops the start.
 */
export function serviceEnvironment(
  given: NodeJS.ProcessEnv,
  sandbox: Record<ServiceName, Variables> | undefined,
): ServiceEnvironment {
  const result: ServiceEnvironment = { variables: {}, sandboxed: [], off: {} };
  const faults: string[] = [];
  for (const name of Object.keys(SERVICES) as ServiceName[]) {
    const shape = SERVICES[name];
    const names = Object.keys(shape.shape);
    const present = Object.fromEntries(
      names.filter((key) => (given[key] ?? '') !== '').map((key) => [key, given[key]!]),
    );
    const parsed = shape.safeParse(present);
    if (parsed.success) {
      Object.assign(result.variables, withoutUndefined(parsed.data));
    } else if (Object.keys(present).length > 0) {
      faults.push(...parsed.error.issues.map((issue) => describeIssue(issue, present)));
    } else if (sandbox) {
      Object.assign(result.variables, sandbox[name]);
      result.sandboxed.push(name);
    } else {
      result.off[name] = parsed.error.issues.map((issue) => String(issue.path[0]));
    }
  }
  if (faults.length > 0) throw new StackProblem(describeFaults(faults));
  refuseStrangers(result);
  return result;
}

/** The demo's members are invented, their numbers may be somebody's. */
function refuseStrangers({ variables, sandboxed }: ServiceEnvironment): void {
  const isRealWhatsApp = variables.WHATSAPP_API_URL !== undefined && !isLoopback(variables.WHATSAPP_API_URL);
  if (sandboxed.includes('booking') && isRealWhatsApp) {
    throw new StackProblem(
      "The sandbox's members must not be written to for real, their invented numbers may belong to people: set the BOOKING_ variables of your club too, or unset the WHATSAPP_ ones.",
    );
  }
}

function isLoopback(address: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}

function describeIssue(issue: z.core.$ZodIssue, present: Variables): string {
  const name = String(issue.path[0]);
  return present[name] === undefined ? name : `${name} (${issue.message})`;
}

function describeFaults(faults: string[]): string {
  return `The environment lacks or has wrong values for ${faults.join(', ')}: set all variables of a service or none of them.`;
}

function withoutUndefined(values: Record<string, string | undefined>): Variables {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

const clubShape = z.object({
  CLUB_NAME: text.max(200).default('My club'),
  CLUB_TIMEZONE: text
    .refine(isTimeZone, 'is no IANA time zone such as Europe/Prague')
    .default('Europe/Prague'),
  CLUB_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters such as CZ')
    .default('CZ'),
  CLUB_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters such as CZK')
    .default('CZK'),
});
export type ClubEnvironment = z.infer<typeof clubShape>;

/** The one club of a stack that starts empty. */
export function clubEnvironment(given: NodeJS.ProcessEnv): ClubEnvironment {
  const parsed = clubShape.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  throw new StackProblem(`The club cannot be created: ${faults.join('; ')}. Correct it and start again.`);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // a RangeError is how Intl says no
  }
}
