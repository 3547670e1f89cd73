import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../stack/embedded/free-ports.ts';
import { accepts } from '../../../stack/embedded/probes.ts';

/** A function in a process of its own, beside the one that the stack runs. */
export interface Instance {
  /** What takes the place of the stack's `/functions/v1`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts the same program once more: with the command, folder and environment of a running one, on another port. */
export async function anotherOf(pid: number): Promise<Instance> {
  const words = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').filter(Boolean);
  const [program = '', ...args] = words('cmdline');
  const environment = words('environ').map((line) => {
    const end = line.indexOf('=');
    return [line.slice(0, end), line.slice(end + 1)] as const;
  });
  const port = await freePort();
  const child = spawn(program, args, {
    cwd: readlinkSync(`/proc/${pid}/cwd`),
    env: { ...Object.fromEntries(environment), DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}` },
    stdio: 'ignore',
  });
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`${program} ended with ${child.exitCode} before it answered.`);
    await sleep(50);
  }
  return { url: `http://127.0.0.1:${port}`, stop: () => end(child) };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.on('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
