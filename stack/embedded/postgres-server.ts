import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { giveTo, postgresAccount } from './account.ts';
import type { Account } from './account.ts';
import { postgresBinaries } from './binaries.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { Keys } from './keys.ts';
import type { PartLog } from './log.ts';
import { Part } from './part.ts';
import type { Program } from './part.ts';
import type { Home } from './paths.ts';
import { errorMessage, explainDisk, StackProblem } from './problem.ts';
import { endProcess, identityOf } from './process-table.ts';

const run = promisify(execFile);

/** The only superuser, as on Supabase; our migrations run as the lesser `postgres`. */
export const ADMIN = 'supabase_admin';

/** For a laptop with two cores that runs everything else too; durable (fsync stays on). */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  shared_buffers: '256MB',
  effective_cache_size: '2GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  log_line_prefix: '%u@%d ',
};

export interface PostgresOptions {
  home: Home;
  port: number;
  keys: Keys;
  log: PartLog;
  /** Tests trade durability for speed. */
  settings?: Record<string, string>;
}

export function databaseUrl(user: string, password: string, port: number, database = 'postgres'): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

export function adminUrl(keys: Keys, port: number, database?: string): string {
  return databaseUrl(ADMIN, keys.adminPassword, port, database);
}

export function ownerUrl(keys: Keys, port: number, database?: string): string {
  return databaseUrl('postgres', keys.postgresPassword, port, database);
}

/** Postgres 17 of the npm package, its data in the home. Initialises a new home first. */
export async function preparePostgres(options: PostgresOptions): Promise<Part> {
  const { home, port, keys, log } = options;
  const binaries = postgresBinaries();
  const account = makeDataFolder(home, binaries);
  await endLeftOver(home);
  if (!existsSync(join(home.postgres, 'PG_VERSION'))) await initialise(home, binaries, account, keys);
  checkVersion(home);
  const settings = { ...SETTINGS, ...options.settings, port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Part(
    {
      name: 'postgres',
      program: programAs(account, binaries.postgres, ['-D', home.postgres, ...flags], home),
      isReady: async () => saysReady(home) && (await answers(adminUrl(keys, port))),
      readyWithinMs: 60_000,
      stopSignal: 'SIGINT', // "fast": open transactions are rolled back, nothing waits for idle sessions
    },
    home,
    log,
  );
}

function makeDataFolder(home: Home, binaries: PostgresBinaries): Account {
  try {
    mkdirSync(home.postgres, { recursive: true, mode: 0o700 });
    const account = postgresAccount([home.root, join(binaries.postgres, '..')]);
    giveTo(account, home.postgres);
    return account;
  } catch (error) {
    throw explainDisk(error, home.postgres);
  }
}

function programAs({ prefix, uid, gid }: Account, file: string, args: string[], home: Home): Program {
  const [first = file, ...rest] = [...prefix, file];
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', HOME: home.root };
  return { file: first, args: [...rest, ...args], env, cwd: '/', uid, gid };
}

/** initdb leaves its result only when it succeeded, so a half-made folder is never mistaken for a database. */
async function initialise(
  home: Home,
  binaries: PostgresBinaries,
  account: Account,
  keys: Keys,
): Promise<void> {
  for (const entry of readdirSync(home.postgres)) rmSync(join(home.postgres, entry), { recursive: true });
  // initdb wants an empty folder, so the password goes through a file beside it.
  const beside = `${home.postgres}.password`;
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    const file = join(beside, 'password');
    writeFileSync(file, `${keys.adminPassword}\n`, { mode: 0o600 });
    giveTo(account, beside);
    const args = ['-D', home.postgres, '-U', ADMIN, `--pwfile=${file}`, '--auth=scram-sha-256', '-E', 'UTF8'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
    const program = programAs(account, binaries.initdb, args, home);
    const { uid, gid, cwd, env } = program;
    await run(program.file, program.args, { uid, gid, cwd, env });
  } catch (error) {
    const words = errorMessage(error);
    if (words.includes('No space left')) {
      throw new StackProblem(`The disk of ${home.root} is full: free some space there, then start again.`, {
        cause: error,
      });
    }
    throw new StackProblem(`Postgres could not make its data folder ${home.postgres}: ${lastLine(words)}`, {
      cause: error,
    });
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? text;
}

function checkVersion(home: Home): void {
  const version = readFileSync(join(home.postgres, 'PG_VERSION'), 'utf8').trim();
  if (version !== '17') {
    throw new StackProblem(
      `${home.postgres} was made by Postgres ${version}, this is 17: choose another --home, or dump the data with the old version first.`,
    );
  }
}

/** Postgres writes its own process number; a server of a killed stack is stopped before ours starts. */
async function endLeftOver(home: Home): Promise<void> {
  const path = join(home.postgres, 'postmaster.pid');
  if (!existsSync(path)) return;
  const [pidLine] = readFileSync(path, 'utf8').split('\n');
  const identity = identityOf(Number(pidLine));
  if (identity && commandOf(identity.pid).includes(home.postgres))
    await endProcess(identity, 'SIGINT', 30_000);
  // A killed server leaves its lock file, and Postgres believes it while that number exists at all: as a process not yet reaped,
  // or as somebody else's. We hold the home, so nobody but a server of ours could have meant it.
  rmSync(path, { force: true });
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // gone meanwhile, or a system without /proc: then Postgres itself refuses a folder in use
  }
}

/** The server writes its state into its lock file; asking there first spares its log a refusal every 50 ms. */
function saysReady(home: Home): boolean {
  try {
    return readFileSync(join(home.postgres, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false; // not written yet
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined, fetch_types: false });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    if (errorMessage(error).includes('password authentication failed')) {
      throw new StackProblem(
        'The database does not accept the password of keys.json: put the keys.json of this home back, or delete the home to begin anew.',
        { cause: error },
      );
    }
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
