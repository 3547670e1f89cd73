import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import type { Keys } from './keys.ts';
import { provisionAuth } from './lite.ts';
import { isUpToDate, pushMigrations } from './migrations.ts';
import { REPO } from './paths.ts';
import { adminUrl, ownerUrl } from './postgres-server.ts';
import { errorMessage, StackProblem } from './problem.ts';

const PLATFORM = join(REPO, 'stack/embedded/platform');
const AFTER_LITE = '05-auth.sql';

export interface DatabaseOptions {
  port: number;
  keys: Keys;
  cliHome: string;
  /** The folder that holds supabase/. */
  workdir?: string;
}

/** One connection for set-up work; notices ("already exists, skipping") are no news. */
export function connect(url: string, max = 1): Sql {
  return postgres(url, {
    max,
    onnotice: () => undefined,
    connection: { application_name: 'regulars-stack' },
  });
}

export async function withConnection<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url);
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Everything a Supabase project has before the first migration, then the migrations. May be repeated. */
export async function prepareDatabase(options: DatabaseOptions): Promise<void> {
  const { port, keys } = options;
  const admin = adminUrl(keys, port);
  await withConnection(admin, async (sql) => {
    const files = readdirSync(PLATFORM).filter((file) => file.endsWith('.sql') && file !== AFTER_LITE);
    for (const file of files.sort()) await applyPlatform(sql, file);
    await givePasswords(sql, keys);
    await sql`alter database postgres owner to postgres`;
  });
  await provisionAuth(admin);
  await withConnection(admin, (sql) => applyPlatform(sql, AFTER_LITE));
  const url = ownerUrl(keys, port);
  if (await withConnection(url, (sql) => isUpToDate(sql, options.workdir))) return;
  await pushMigrations({ url, cliHome: options.cliHome, workdir: options.workdir });
}

async function applyPlatform(sql: Sql, file: string): Promise<void> {
  try {
    await sql.unsafe(readFileSync(join(PLATFORM, file), 'utf8')).simple();
  } catch (error) {
    throw new StackProblem(
      `The platform file stack/embedded/platform/${file} failed: ${errorMessage(error)} If the home is from another version, use a new --home.`,
      { cause: error },
    );
  }
}

async function givePasswords(sql: Sql, keys: Keys): Promise<void> {
  // `alter role` takes no parameters; the password is our own base64url text, which needs no escaping.
  for (const role of ['postgres', 'authenticator', 'supabase_auth_admin']) {
    await sql.unsafe(`alter role ${role} password '${keys.postgresPassword}'`);
  }
}

/** The secrets that scheduled SQL reads to call the functions; renewed at each start since the port may change. */
export async function setVaultSecrets(sql: Sql, secrets: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    const [existing] = await sql<{ id: string }[]>`select id from vault.secrets where name = ${name}`;
    if (existing) await sql`select vault.update_secret(${existing.id}::uuid, ${value})`;
    else await sql`select vault.create_secret(${value}, ${name}, 'Set by the embedded stack at each start')`;
  }
}
