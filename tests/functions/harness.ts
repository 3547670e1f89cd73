// What every test of an edge function stands on: a database of its own with all migrations, the Data API in this process,
// and the keys. Outside services are up to the test.
import { startLite } from '../../stack/embedded/lite.ts';
import { generateKeys } from '../../stack/embedded/keys.ts';
import { readSupabaseConfig } from '../../stack/embedded/supabase-config.ts';
import { openDatabase } from '../../supabase/functions/_shared/database.ts';
import type { Database } from '../../supabase/functions/_shared/database.ts';
import type { SupabaseAccess } from '../../supabase/functions/_shared/environment.ts';
import { createLog } from '../../supabase/functions/_shared/log.ts';
import type { Log } from '../../supabase/functions/_shared/log.ts';
import { cloneDatabase } from '../setup/database.ts';
import type { ClonedDatabase } from '../stack.ts';

const API_URL = 'http://api.test';

export interface Harness {
  /** Connected as the owner, beside the Data API. */
  sql: ClonedDatabase['sql'];
  /** As functions see it: schema api, service key, over the Data API. */
  database: Database;
  access: SupabaseAccess;
  log: Log;
  /** What was logged, parsed. */
  logged: Record<string, unknown>[];
  /** Calls a function as cron does and returns status and JSON. */
  callFunction(
    app: { fetch(request: Request): Response | Promise<Response> },
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: any }>; // eslint-disable-line @typescript-eslint/no-explicit-any
  close(): Promise<void>;
}

/** Close it when done. */
export async function openHarness(name: string, now: () => Date): Promise<Harness> {
  const clone = await cloneDatabase();
  const keys = await generateKeys();
  const lite = await startLite({
    databaseUrl: clone.url,
    keys,
    config: readSupabaseConfig(),
    siteUrl: 'http://dashboard.test',
  });
  const access: SupabaseAccess = {
    url: API_URL,
    serviceKey: keys.secretKey,
    secretKeys: { default: keys.secretKey, cron: keys.cronKey },
  };
  const logged: Record<string, unknown>[] = [];
  const write = (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>);
  return {
    sql: clone.sql,
    database: openDatabase({
      url: API_URL,
      serviceKey: keys.secretKey,
      fetch: (input, init) => lite.fetch(new Request(input, init)),
    }),
    access,
    log: createLog({ name, now, secrets: [keys.secretKey, keys.cronKey], write }),
    logged,
    async callFunction(app, body = {}, headers = { apikey: keys.cronKey }) {
      const request = new Request(`http://functions.test/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const response = await app.fetch(request);
      return { status: response.status, body: await response.json() };
    },
    async close() {
      await lite.stop();
      await clone.drop();
    },
  };
}
