import { fitBgNbd } from '../../../shared/bg-nbd/fit.ts';
import { systemNow } from '../_shared/clock.ts';
import { openDatabase } from '../_shared/database.ts';
import { cronAccess, readEnvironment, supabaseVariables } from '../_shared/environment.ts';
import { createLog } from '../_shared/log.ts';
import { start } from '../_shared/runtime.ts';
import { createApp } from './app.ts';

/** As long as the database allows a door through which a whole club is replayed. */
const REPLAY_TIMEOUT_MS = 100_000;

start((variables) => {
  const env = readEnvironment(variables, supabaseVariables);
  const access = cronAccess(env);
  const secrets = [...Object.values(access.secretKeys), access.serviceKey];
  return createApp({
    access,
    log: createLog({ name: 'fit-bg-nbd', now: systemNow, secrets }),
    database: openDatabase({ ...access, timeoutMs: REPLAY_TIMEOUT_MS }),
    fit: fitBgNbd,
    now: systemNow,
  }).fetch;
});
