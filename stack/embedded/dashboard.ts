import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeBinary } from './binaries.ts';
import type { Keys } from './keys.ts';
import type { PartLog } from './log.ts';
import { Part } from './part.ts';
import { REPO } from './paths.ts';
import type { Home, Ports } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';
import { responds } from './probes.ts';

const run = promisify(execFile);
const WEB = join(REPO, 'web');
const ENTRY = join(WEB, 'build/index.js');

/** The newest change below a path; 0 when it is not there. */
export function newestChange(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

function isStale(): boolean {
  const sources = ['src', 'static', 'package.json', 'tsconfig.json', 'vite.config.ts'].map((name) =>
    join(WEB, name),
  );
  const newest = Math.max(
    ...[...sources, join(REPO, 'shared'), join(REPO, 'package-lock.json')].map(newestChange),
  );
  return !existsSync(ENTRY) || newest > statSync(ENTRY).mtimeMs;
}

/** Builds the dashboard when its build is missing or older than its sources. */
export async function buildDashboard(log: PartLog): Promise<void> {
  if (!isStale()) return;
  log.line('building (its sources are newer than the last build)');
  const startedAt = Date.now();
  try {
    await run(nodeBinary(), [join(REPO, 'node_modules/.bin/vite'), 'build'], {
      cwd: WEB,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const output = (error as { stderr?: string }).stderr ?? '';
    for (const line of output.split('\n').slice(-30)) if (line.trim() !== '') log.line(line);
    throw new StackProblem(
      `The dashboard could not be built: ${output.trim().split('\n')[0] || errorMessage(error)} Try "npm run build -w web" to see it all.`,
      { cause: error },
    );
  }
  log.line(`built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

export function prepareDashboard(home: Home, ports: Ports, keys: Keys, log: PartLog): Part {
  const origin = `http://127.0.0.1:${ports.dashboard}`;
  return new Part(
    {
      name: 'dashboard',
      program: {
        file: nodeBinary(),
        args: [ENTRY],
        cwd: WEB,
        env: {
          PATH: process.env.PATH,
          HOME: home.root,
          NODE_ENV: 'production',
          TZ: 'UTC',
          HOST: '127.0.0.1',
          PORT: String(ports.dashboard),
          ORIGIN: origin,
          PUBLIC_SUPABASE_URL: `http://127.0.0.1:${ports.gateway}`,
          PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishableKey,
        },
      },
      isReady: () => responds(`${origin}/healthz`),
      readyWithinMs: 60_000,
    },
    home,
    log,
  );
}
