import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { connect, prepareDatabase, withConnection } from '../stack/embedded/database.ts';
import { freeBasePort, freePort } from '../stack/embedded/free-ports.ts';
import { makeHome } from '../stack/embedded/home.ts';
import { generateKeys } from '../stack/embedded/keys.ts';
import { openLog } from '../stack/embedded/log.ts';
import { homeAt } from '../stack/embedded/paths.ts';
import { adminUrl, ownerUrl, preparePostgres } from '../stack/embedded/postgres-server.ts';
import { startStack } from '../stack/embedded/supervisor.ts';
import type { RunningStack } from '../stack/embedded/supervisor.ts';

const TEMPLATE = 'regulars_template';

/** A database of its own for one test file or one test. */
export interface ClonedDatabase {
  name: string;
  /** As `postgres`, the owner of our schemas. */
  url: string;
  /** As `supabase_admin`, the superuser. */
  adminUrl: string;
  /** Connected as `postgres`. */
  sql: Sql;
  drop(): Promise<void>;
}

export interface TestPostgres {
  /** Give these to a worker: `clonerFrom(server.adminUrl, …)` needs nothing else. */
  adminUrl: string;
  ownerUrl: string;
  cloneDatabase(): Promise<ClonedDatabase>;
  stop(): Promise<void>;
}

/** A throwaway home; the folder may be entered by the user that Postgres runs as. */
export function temporaryHome(): string {
  return mkdtempSync(join(tmpdir(), 'regulars-test-'));
}

/** Postgres alone: the platform, the auth schema and every migration, in a template to clone from. */
export async function startPostgres(): Promise<TestPostgres> {
  const root = temporaryHome();
  const home = homeAt(root);
  makeHome(home);
  const keys = await generateKeys();
  const port = await freePort();
  const log = openLog(home, { quiet: true });
  // A test's database may be lost with the machine.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };
  const server = await preparePostgres({ home, port, keys, log: log.for('postgres'), settings });
  const stop = async () => {
    await server.stop();
    await log.close();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    await server.start();
    await prepareDatabase({ port, keys, cliHome: root });
    await withConnection(adminUrl(keys, port, 'template1'), async (sql) => {
      await sql.unsafe(`alter database postgres rename to ${TEMPLATE}`);
      await sql.unsafe(`alter database ${TEMPLATE} is_template true allow_connections false`);
      await sql.unsafe('create database postgres owner postgres');
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const urls = { adminUrl: adminUrl(keys, port), ownerUrl: ownerUrl(keys, port) };
  return { ...urls, cloneDatabase: clonerFrom(urls), stop };
}

let cloned = 0;

/** For a test in another process than the one that started the server. */
export function clonerFrom(urls: { adminUrl: string; ownerUrl: string }): () => Promise<ClonedDatabase> {
  return async () => {
    cloned += 1;
    const name = `test_${process.pid}_${cloned}`;
    await withConnection(urls.adminUrl, (sql) =>
      sql.unsafe(`create database ${name} template ${TEMPLATE} owner postgres strategy file_copy`),
    );
    const url = withDatabase(urls.ownerUrl, name);
    const sql = connect(url, 4);
    const drop = async () => {
      await sql.end({ timeout: 5 });
      await withConnection(urls.adminUrl, (admin) =>
        admin.unsafe(`drop database if exists ${name} with (force)`),
      );
    };
    return { name, url, adminUrl: withDatabase(urls.adminUrl, name), sql, drop };
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

export interface TestStackOptions {
  hasDashboard?: boolean;
  hasCron?: boolean;
  isEmpty?: boolean;
}

/** A whole stack with the sandbox, on a home and on ports of its own, in this process. */
export async function startTestStack(options: TestStackOptions = {}): Promise<RunningStack> {
  const root = temporaryHome();
  try {
    const stack = await startStack({
      home: homeAt(root),
      port: await freeBasePort(),
      isEmpty: options.isEmpty ?? false,
      hasSandbox: true,
      hasCron: options.hasCron ?? false,
      hasDashboard: options.hasDashboard ?? true,
      isQuiet: true,
      environment: {},
      now: () => new Date(),
    });
    return Object.assign(stack, { stop: stopAndForget(stack, root) });
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

function stopAndForget(stack: RunningStack, root: string): () => Promise<void> {
  const stop = stack.stop.bind(stack);
  return async () => {
    await stop();
    rmSync(root, { recursive: true, force: true });
  };
}
