// The sandbox's environment: read once, and a missing value stops the start with its name and the cure.
import { z } from 'zod';
import type { SandboxCredentials } from './server.ts';

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  SANDBOX_HOME: z.string().min(1),
  WHATSAPP_WEBHOOK_URL: z.url().optional(),
  BOOKING_PARTNER_TOKEN: z.string().min(1),
  BOOKING_USER_TOKEN: z.string().min(1),
  BOOKING_COMPANY_ID: z.coerce.number().int().positive(),
  BOOKING_CHAIN_ID: z.coerce.number().int().positive(),
  ANTHROPIC_API_KEY: z.string().min(1),
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d+:[\w-]+$/, 'must look like 123456:secret'),
  TELEGRAM_CHAT_ID: z.string().regex(/^-?\d+$/, 'must be a number'),
  TELEGRAM_ALLOWED_USER_IDS: z
    .string()
    .transform((list) => list.split(',').map(Number))
    .refine(
      (ids) => ids.length > 0 && ids.every((id) => Number.isInteger(id) && id > 0),
      'must be numbers parted by commas',
    ),
  WHATSAPP_TOKEN: z.string().min(1),
  WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d+$/, 'must be a number'),
  WHATSAPP_BUSINESS_ACCOUNT_ID: z.string().regex(/^\d+$/, 'must be a number'),
  WHATSAPP_APP_SECRET: z.string().min(1),
  WHATSAPP_VERIFY_TOKEN: z.string().min(1),
});

export class EnvironmentError extends Error {
  constructor(name: string, problem: string) {
    super(
      `The sandbox cannot start: ${name} ${problem}. Set it in the environment, or let \`npm start\` set it.`,
    );
    this.name = 'EnvironmentError';
  }
}

export interface SandboxEnvironment {
  port: number;
  home: string;
  whatsappWebhookUrl: string | undefined;
  credentials: SandboxCredentials;
}

export function readEnvironment(source: Record<string, string | undefined>): SandboxEnvironment {
  const parsed = environment.safeParse(source);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new EnvironmentError(name, source[name] ? (issue?.message ?? 'is not valid') : 'is missing');
  }
  const values = parsed.data;
  return {
    port: values.PORT,
    home: values.SANDBOX_HOME,
    whatsappWebhookUrl: values.WHATSAPP_WEBHOOK_URL,
    credentials: {
      booking: {
        partnerToken: values.BOOKING_PARTNER_TOKEN,
        userToken: values.BOOKING_USER_TOKEN,
        companyId: values.BOOKING_COMPANY_ID,
        chainId: values.BOOKING_CHAIN_ID,
      },
      whatsapp: {
        token: values.WHATSAPP_TOKEN,
        phoneNumberId: values.WHATSAPP_PHONE_NUMBER_ID,
        businessAccountId: values.WHATSAPP_BUSINESS_ACCOUNT_ID,
        appSecret: values.WHATSAPP_APP_SECRET,
        verifyToken: values.WHATSAPP_VERIFY_TOKEN,
      },
      telegram: {
        botToken: values.TELEGRAM_BOT_TOKEN,
        chatId: values.TELEGRAM_CHAT_ID,
        allowedUserIds: values.TELEGRAM_ALLOWED_USER_IDS,
      },
      claude: { apiKey: values.ANTHROPIC_API_KEY },
    },
  };
}
