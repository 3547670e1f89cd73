// What the processes of a run are told, and how fast they go.
import { z } from 'zod';
import type { Keys } from '../../../stack/embedded/keys.ts';

export const settingsOfProcess = z.object({
  databaseUrl: z.string(),
  keys: z.custom<Keys>(),
  providerUrl: z.string(),
  webhookPort: z.number(),
  credentials: z.object({
    token: z.string(),
    phoneNumberId: z.string(),
    businessAccountId: z.string(),
    appSecret: z.string(),
    verifyToken: z.string(),
  }),
});
export type ProcessSettings = z.infer<typeof settingsOfProcess>;

/** As in production, but in a thirtieth of the time: lease 60 s, call 25 s, database 10 s there. */
export const PACE = {
  batch: 10,
  concurrency: 4,
  leaseSeconds: 2,
  beginWithinMs: 600,
  budgetMs: 3_000,
  callTimeoutMs: 500,
  databaseTimeoutMs: 700,
};

export const CREDENTIALS = {
  token: 'token-of-the-number',
  phoneNumberId: '1065',
  businessAccountId: '2065',
  appSecret: 'app-secret-of-the-run',
  verifyToken: 'verify-token-of-the-run',
};
