// How long `npm start` takes on installed packages, and the most memory that the whole stack had meanwhile.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from '../../stack/embedded/binaries.ts';
import { freeBasePort } from '../../stack/embedded/free-ports.ts';
import { REPO } from '../../stack/embedded/paths.ts';
import { descendantsOf } from '../chaos/process-tree.ts';
import { temporaryHome } from '../stack.ts';

const SAMPLE_MS = 250;

interface Sample {
  megabytes: number;
  processes: number;
}

/** Shared pages count once (PSS); where the system does not tell, resident ones. */
function megabytesOf(pid: number): number {
  for (const [file, field] of [
    ['smaps_rollup', 'Pss'],
    ['status', 'VmRSS'],
  ]) {
    try {
      const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
        readFileSync(`/proc/${pid}/${file}`, 'utf8'),
      );
      if (found) return Number(found[1]) / 1024;
    } catch {
      // ended meanwhile, or not ours to read
    }
  }
  return 0;
}

function sample(root: number): Sample {
  const pids = [root, ...descendantsOf(root)];
  return { megabytes: pids.reduce((sum, pid) => sum + megabytesOf(pid), 0), processes: pids.length };
}

/** One start on the given home; the times are seconds from the command to the line. */
async function measure(home: string, port: number) {
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  const child = spawn(
    nodeBinary(),
    [join(REPO, 'stack/bootstrap.mjs'), 'start', '--home', home, '--port', String(port)],
    { cwd: REPO, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let words = '';
  let partsReady = 0;
  let peak: Sample = { megabytes: 0, processes: 0 };
  const sampler = setInterval(() => {
    const now = sample(child.pid!);
    if (now.megabytes > peak.megabytes) peak = now;
  }, SAMPLE_MS);
  const ready = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      if (partsReady === 0 && /stack\s+(\S*\s+)?ready/.test(words)) partsReady = since();
      if (words.includes('ready; Ctrl-C stops everything')) resolve(since());
    });
    void ended.then(() => reject(new Error(`It ended before it was ready:\n${words.slice(-3000)}`)));
  });
  const atRest = sample(child.pid!);
  clearInterval(sampler);
  child.kill('SIGTERM');
  await ended;
  return { partsReady, ready, peak, atRest };
}

const home = temporaryHome();
try {
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${(totalmem() / 1024 ** 3).toFixed(0)} GB`);
  const port = await freeBasePort();
  for (const name of ['first start (new home, first sync)', 'second start']) {
    const { partsReady, ready, peak, atRest } = await measure(home, port);
    console.log(
      `${name}: all parts ready after ${partsReady.toFixed(1)} s, "ready" after ${ready.toFixed(1)} s; ` +
        `peak ${peak.megabytes.toFixed(0)} MB in ${peak.processes} processes, at rest ${atRest.megabytes.toFixed(0)} MB`,
    );
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
