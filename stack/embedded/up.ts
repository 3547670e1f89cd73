import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeBinary } from './binaries.ts';
import { endOrphans, makeHome, runningSupervisor } from './home.ts';
import type { Home } from './paths.ts';
import { StackProblem } from './problem.ts';
import { endProcess } from './process-table.ts';
import { readStatus } from './status.ts';
import { startStack } from './supervisor.ts';
import type { RunningStack, StackOptions } from './supervisor.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));

/**
 * Runs the stack in this process until it is told to stop. `onReady` comes once everything answers.
 * Resolves when everything has stopped.
 */
export async function runUntilStopped(
  options: StackOptions,
  onReady: (stack: RunningStack) => Promise<void>,
): Promise<void> {
  const told = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => told.resolve(signal));
  const stop = new AbortController();
  // The terminal is gone: as with any program that writes to nobody, it is time to end, but in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => told.resolve('SIGHUP'));
  void told.promise.then(() => stop.abort());
  const stack = await startStack(options, stop.signal);
  // What nobody caught ends the stack in order, as a signal would, and is shown.
  const broken = Promise.withResolvers<never>();
  process.on('uncaughtException', broken.reject);
  try {
    await Promise.race([onReady(stack), told.promise, broken.promise]);
    await Promise.race([told.promise, broken.promise]);
  } finally {
    await stack.stop();
  }
}

/** Starts the same command without a terminal, and returns once the stack is ready. */
export async function startDetached(home: Home, args: string[]): Promise<void> {
  makeHome(home);
  const other = runningSupervisor(home);
  if (other) {
    throw new StackProblem(
      `A stack already runs on ${home.root} (process ${other.pid}): stop it with "npm run stack -- down", or choose another --home and --port.`,
    );
  }
  const errorsPath = join(home.logs, 'start-errors.log');
  const errors = openSync(errorsPath, 'w', 0o600);
  const child = spawn(nodeBinary(), [CLI, 'up', ...args, '--quiet'], {
    detached: true,
    stdio: ['ignore', 'ignore', errors],
  });
  closeSync(errors);
  let code: number | null | undefined;
  child.on('exit', (status) => (code = status));
  while (code === undefined) {
    const status =
      runningSupervisor(home)?.pid === child.pid ? await readStatus(home).catch(() => undefined) : undefined;
    if (status?.ready && status.pid === child.pid) {
      child.unref();
      return;
    }
    await sleep(100);
  }
  const words = readFileSync(errorsPath, 'utf8').trim();
  throw new StackProblem(
    words === '' ? `The stack did not start (exit code ${code}): see ${home.log}.` : words,
  );
}

/** Stops the stack of a home, and whatever a killed one left behind. Returns what was stopped. */
export async function stopHome(home: Home): Promise<string[]> {
  makeHome(home);
  const supervisor = runningSupervisor(home);
  if (supervisor) await endProcess(supervisor, 'SIGTERM', 60_000);
  const orphans = await endOrphans(home);
  return [...(supervisor ? ['the stack'] : []), ...orphans];
}
