import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseRecord } from '../../stack/embedded/home.ts';
import type { Home } from '../../stack/embedded/paths.ts';
import type { RunningStack } from '../../stack/embedded/supervisor.ts';
import { descendantsOf } from './process-tree.ts';

const PATIENCE_MS = 60_000;

/** The process that runs a part of a stack now, from the stack's own records. */
export function processOf(home: Home, part: string): number {
  const record = parseRecord(readFileSync(join(home.run, `${part}.json`), 'utf8'));
  if (!record) throw new Error(`The stack at ${home.root} has no readable record of its ${part}.`);
  return record.pid;
}

/** SIGKILL to the process and all it started; nobody gets to say goodbye. Returns the process that was killed. */
export function killPart(home: Home, part: string): number {
  const pid = processOf(home, part);
  for (const victim of [pid, ...descendantsOf(pid)]) {
    try {
      process.kill(victim, 'SIGKILL');
    } catch (error) {
      // It ended with its parent, before its turn came.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return pid;
}

/** Resolves when the supervisor has another process for the part, and every part answers. */
export async function untilBack(stack: RunningStack, part: string, killed: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (processOf(stack.home, part) === killed || !stack.health().isReady) {
    if (Date.now() > deadline) {
      const parts = JSON.stringify(stack.health().parts);
      throw new Error(
        `The stack did not bring its ${part} back within ${PATIENCE_MS / 1000} s: ${parts}; see ${stack.home.log}.`,
      );
    }
    await sleep(50);
  }
}
