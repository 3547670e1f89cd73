import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sql } from 'postgres';
import { nodeBinary, supabaseScript } from './binaries.ts';
import { REPO } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';

const run = promisify(execFile);
const MIGRATION_NAME = /^(\d{14})_.+\.sql$/;

export interface PushOptions {
  /** The folder that holds supabase/. */
  workdir?: string;
  url: string;
  /** Where the CLI may keep its own files; never the person's real home. */
  cliHome: string;
}

export function migrationVersions(workdir: string): string[] {
  return readdirSync(join(workdir, 'supabase/migrations'))
    .map((file) => MIGRATION_NAME.exec(file)?.[1])
    .filter((version) => version !== undefined)
    .sort();
}

/** True when the database has every migration of the folder; then the CLI need not be asked. */
export async function isUpToDate(sql: Sql, workdir = REPO): Promise<boolean> {
  const applied = await sql<{ version: string }[]>`select version from supabase_migrations.schema_migrations`;
  const known = new Set(applied.map(({ version }) => version));
  const wanted = migrationVersions(workdir);
  return wanted.length === known.size && wanted.every((version) => known.has(version));
}

/** Applies the pending migrations with the Supabase CLI, as a hosted project would get them. */
export async function pushMigrations({ url, cliHome, workdir }: PushOptions): Promise<void> {
  try {
    await supabaseCli(['db', 'push', `--remote=${url}`, '--yes', '--skip-vault'], { cliHome, workdir });
  } catch (error) {
    throw new StackProblem(describeFailure(outputOf(error)), { cause: error });
  }
}

/** What a command of the Supabase CLI prints. It gets no account, reports to nobody and sees no file of the person. */
export async function supabaseCli(
  command: string[],
  { cliHome, workdir = REPO }: { cliHome: string; workdir?: string },
): Promise<string> {
  const folder = cliFolder(cliHome, workdir);
  const env = {
    PATH: `${join(REPO, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
    HOME: cliHome,
    SUPABASE_HOME: cliHome,
    SUPABASE_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    NO_COLOR: '1',
  };
  const args = [supabaseScript(), ...command, '--workdir', folder];
  const { stdout } = await run(nodeBinary(), args, { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** The CLI writes beside the migrations; the repository may be read-only or shared by two stacks, so it gets its own. */
function cliFolder(cliHome: string, workdir: string): string {
  const folder = join(cliHome, 'cli');
  mkdirSync(join(folder, 'supabase'), { recursive: true });
  for (const name of ['config.toml', 'migrations']) {
    const link = join(folder, 'supabase', name);
    if (!existsSync(link)) symlinkSync(join(workdir, 'supabase', name), link);
  }
  return folder;
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stderr = '', stdout = '' } = error as Error & { stderr?: string; stdout?: string };
  return `${stdout}\n${stderr}`.trim() || errorMessage(error);
}

/** One sentence from the CLI's pages: which migration, which error, and what to do. */
export function describeFailure(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('Try rerunning the command'));
  if (/not found in local migrations|Remote migration versions/i.test(output)) {
    return 'The database of this home has migrations that the repository no longer has: check out the version it was made with, or use a new --home.';
  }
  const file = lines.findLast((line) => line.includes('Applying migration'))?.match(/\S+\.sql/)?.[0];
  const reason = lines.find((line) => /ERROR:|SQLSTATE|error:/i.test(line)) ?? lines.at(-1) ?? 'no output';
  const which = file === undefined ? 'The migrations failed' : `The migration ${file} failed`;
  return `${which}: ${reason} Mend it and start again; what came before it is applied, itself not at all.`;
}
