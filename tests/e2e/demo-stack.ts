import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { nodeBinary } from '../../stack/embedded/binaries.ts';
import { freeBasePort } from '../../stack/embedded/free-ports.ts';
import { keysOf } from '../../stack/embedded/keys.ts';
import { homeAt, portsFrom, REPO } from '../../stack/embedded/paths.ts';
import { stackUrls } from '../../stack/embedded/urls.ts';
import { temporaryHome } from '../stack.ts';

const CLI = join(REPO, 'stack/embedded/cli.ts');
/** The demo's first sync alone takes about a minute: the booking platform allows 200 requests in one. */
const READY_WITHIN_MS = 5 * 60_000;

/** Starts what `npm start` starts, waits for its ready line, and hands the addresses to the tests. */
export default async function startDemoStack(): Promise<() => Promise<void>> {
  const home = temporaryHome();
  const port = await freeBasePort();
  const stack = spawn(nodeBinary(), [CLI, 'start', '--home', home, '--port', String(port)], {
    cwd: REPO,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => stack.on('exit', resolve));
  const ready = Promise.withResolvers<void>();
  let words = '';
  stack.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
    if (words.includes('ready; Ctrl-C stops everything')) ready.resolve();
  });
  const stop = async () => {
    stack.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };

  const timer = setTimeout(
    () => ready.reject(new Error('The stack was not ready in time.')),
    READY_WITHIN_MS,
  );
  try {
    await Promise.race([
      ready.promise,
      ended.then((code) =>
        Promise.reject(new Error(`The stack ended with exit code ${code} before it was ready.`)),
      ),
    ]);
  } catch (error) {
    console.error(words.slice(-5000));
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  const urls = stackUrls(portsFrom(port), await keysOf(homeAt(home)));
  process.env.REGULARS_DASHBOARD = urls.dashboard;
  process.env.REGULARS_SANDBOX = urls.sandbox;
  process.env.REGULARS_DATABASE = urls.database;
  return stop;
}
