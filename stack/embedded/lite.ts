import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@supabase/lite';
import type { DefaultAppConfig } from '@supabase/lite';
import { createPostgresConnection } from '@supabase/lite/postgres';
import type { PostgresConnection } from '@supabase/lite/postgres';
import type { Keys } from './keys.ts';
import { leaveLostConnections } from './lost-connection.ts';
import { tellRefusals } from './refusals.ts';
import type { SupabaseConfig } from './supabase-config.ts';

const CONNECTIONS = 10;
const CLOSE_WITHIN_MS = 5_000;

function open(url: string, max: number): PostgresConnection {
  return createPostgresConnection({
    url,
    postgresOptions: {
      max,
      onnotice: () => undefined,
      types: { json: jsonType(114), jsonb: jsonType(3802) },
    },
  });
}

/**
 * lite gives the arguments of rpc as JSON text already, and its driver would stringify that text once more. Here JSON
 * stays as it is; only a plain string, which is not JSON yet, becomes it.
 */
function jsonType(oid: number) {
  const serialize = (value: unknown) =>
    typeof value === 'string' && isJson(value) ? value : JSON.stringify(value);
  return { to: oid, from: [oid], serialize, parse: (text: string): unknown => JSON.parse(text) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Creates or completes the schema `auth` as @supabase/lite knows it, before our migrations refer to it. */
export async function provisionAuth(adminUrl: string): Promise<void> {
  const connection = open(adminUrl, 1);
  try {
    // The history of migrations belongs to the Supabase CLI, so lite must not make its own.
    const config = { connection, auth: { enabled: true }, db: { migrations: { enabled: false } } };
    await new App(config as DefaultAppConfig).ensureSystemSchema();
  } finally {
    await connection.close();
  }
}

export interface Lite {
  fetch(request: Request): Promise<Response>;
  stop(): Promise<void>;
}

export interface LiteOptions {
  databaseUrl: string;
  keys: Keys;
  config: SupabaseConfig;
  siteUrl: string;
}

/** /rest/v1 and /auth/v1 in this process. */
export async function startLite({ databaseUrl, keys, config, siteUrl }: LiteOptions): Promise<Lite> {
  const connection = open(databaseUrl, CONNECTIONS);
  keepGrants(connection);
  leaveLostConnections(connection.driver);
  tellRefusals(connection);
  const app = new App({
    connection,
    api: { ...config.api, extra_search_path: ['extensions'] },
    auth: {
      ...config.auth,
      enabled: true,
      site_url: siteUrl,
      jwt_secret: keys.jwtSecret,
      publishable_key: keys.publishableKey,
      secret_key: keys.secretKey,
      email: { enable_signup: false, enable_confirmations: false },
    },
    db: { migrations: { enabled: false } },
    options: { server: { admin: false, disableStudio: true } },
  } as DefaultAppConfig);
  await app.init();
  return {
    fetch: (request) => app.fetch(withProfile(request, config.api.schemas[0]!), { peerAddress: null }),
    // A request given up on may hold its connection for as long as its query runs; Postgres, stopped next, ends that.
    stop: () => Promise.race([connection.close(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]),
  };
}

/** Without a profile PostgREST takes the first exposed schema, lite takes public. */
export function withProfile(request: Request, schema: string): Request {
  const { pathname } = new URL(request.url);
  if (!pathname.startsWith('/rest/v1/')) return request;
  if (request.headers.has('accept-profile') || request.headers.has('content-profile')) return request;
  const headers = new Headers(request.headers);
  headers.set('accept-profile', schema);
  headers.set('content-profile', schema);
  return new Request(request, { headers });
}

/**
 * On first use lite grants ALL on every schema that has a table with row-level security to anon and authenticated,
 * and switches roles only when it found such a table. The grants are the migrations' business, and every request must
 * run as its own role, so it is told that this has been decided. tests/functions and the e2e tests watch both.
 */
function keepGrants(connection: PostgresConnection): void {
  if (!('rlsState' in connection)) {
    throw new Error(
      'This version of @supabase/lite decides about grants elsewhere: read its ensureRlsContext again.',
    );
  }
  Reflect.set(connection, 'rlsState', 'active');
}
