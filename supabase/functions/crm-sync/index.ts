import { z } from 'zod';
import { systemNow, systemWait } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import {
  address,
  cronAccess,
  digits,
  readEnvironment,
  supabaseVariables,
  text,
} from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { start } from '../_shared/runtime.ts';
import { ALTEGIO_RATE, openAltegio } from './altegio/provider.ts';
import { createApp } from './app.ts';
import { clubOf } from './club-of.ts';

const REQUEST_TIMEOUT_MS = 20_000;

const variablesSchema = z.object({
  ...supabaseVariables.shape,
  BOOKING_API_URL: address.default('https://api.alteg.io/api/v1'),
  // The platform's own tokens: their length is not ours to judge.
  BOOKING_PARTNER_TOKEN: text,
  BOOKING_USER_TOKEN: text,
  BOOKING_COMPANY_ID: digits,
  BOOKING_CHAIN_ID: digits.optional(),
});

start((given) => {
  const variables = readEnvironment(given, variablesSchema);
  const access = cronAccess(variables);
  const altegio = {
    url: variables.BOOKING_API_URL,
    partnerToken: variables.BOOKING_PARTNER_TOKEN,
    userToken: variables.BOOKING_USER_TOKEN,
  };
  const secrets = [
    ...Object.values(access.secretKeys),
    access.serviceKey,
    altegio.partnerToken,
    altegio.userToken,
  ];
  const installation = {
    companyId: variables.BOOKING_COMPANY_ID,
    chainId: variables.BOOKING_CHAIN_ID ?? null,
  };
  return createApp({
    access,
    log: createLog({ name: 'crm-sync', now: systemNow, secrets }),
    database: openDatabase(access),
    rate: ALTEGIO_RATE,
    openProvider: (target, send) =>
      openAltegio(
        clubOf(target, installation),
        { access: altegio, fetch, timeoutMs: REQUEST_TIMEOUT_MS },
        send,
      ),
    now: systemNow,
    wait: systemWait,
  }).fetch;
});
