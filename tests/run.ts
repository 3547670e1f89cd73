// `npm test`: every test there is, and one plain line at the end.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from '../stack/embedded/binaries.ts';
import { REPO } from '../stack/embedded/paths.ts';
import { findBrowser } from './browser.ts';
import { addTallies, closingLine, isGreen, NOTHING, tallyPlaywright, tallyVitest } from './tally.ts';
import type { Tally } from './tally.ts';

interface Runner {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  report: string;
  tally(report: unknown): Tally;
}

/** Resolves with the exit code. Ctrl-C reaches the runner as well, which cleans up and ends; we wait for it. */
function run(args: string[], env: NodeJS.ProcessEnv, cwd = REPO): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(nodeBinary(), args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], env });
    const pass = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
    child.on('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

/** A runner that ended badly without a failed test (a set-up that threw) counts as one failure. */
async function runAll({ name, args, env, report, tally }: Runner): Promise<Tally> {
  const code = await run(args, { ...process.env, ...env });
  if (!existsSync(report)) {
    console.error(`${name} left no report (exit code ${code}): see its output above.`);
    return { ...NOTHING, failed: 1 };
  }
  const counted = tally(JSON.parse(readFileSync(report, 'utf8')));
  if (code !== 0 && counted.failed === 0) {
    console.error(`${name} ended with exit code ${code} although no test failed: see its output above.`);
    return { ...counted, failed: 1 };
  }
  return counted;
}

function runners(reports: string, filters: string[]): Runner[] {
  const bin = (name: string) => join(REPO, 'node_modules/.bin', name);
  const vitest = join(reports, 'vitest.json');
  const playwright = join(reports, 'playwright.json');
  const all: Runner[] = [
    {
      name: 'Vitest',
      args: [
        bin('vitest'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitest}`,
        ...filters,
      ],
      env: {},
      report: vitest,
      tally: tallyVitest,
    },
  ];
  if (existsSync(join(REPO, 'playwright.config.ts')) && filters.length === 0) {
    all.push({
      name: 'Playwright',
      args: [bin('playwright'), 'test', '--reporter=list,json'],
      env: { CHROMIUM_PATH: findBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: playwright },
      report: playwright,
      tally: tallyPlaywright,
    });
  }
  return all;
}

/** The dashboard's tsconfig extends one that SvelteKit writes; without it nothing of web/ can be read. */
async function prepareDashboardTypes(): Promise<void> {
  const code = await run(
    [join(REPO, 'node_modules/.bin/svelte-kit'), 'sync'],
    process.env,
    join(REPO, 'web'),
  );
  if (code !== 0) throw new Error('"svelte-kit sync" failed in web/: see its output above.');
}

const reports = mkdtempSync(join(tmpdir(), 'regulars-reports-'));
try {
  await prepareDashboardTypes();
  let total = NOTHING;
  for (const runner of runners(reports, process.argv.slice(2)))
    total = addTallies(total, await runAll(runner));
  const isStrict = process.env.CI === 'true';
  if (isStrict && total.skipped > 0)
    console.error(`${total.skipped} tests were skipped; in CI that is a failure.`);
  console.log(closingLine(total));
  process.exitCode = isGreen(total, isStrict) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log(closingLine({ ...NOTHING, failed: 1 }));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
