import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Home } from './paths.ts';
import { endProcess, identityOf, isAlive } from './process-table.ts';
import type { ProcessIdentity } from './process-table.ts';
import { errorCode, explainDisk, StackProblem } from './problem.ts';

const recordShape = z.object({ pid: z.int().positive(), bornAt: z.string() });
const SUPERVISOR = 'supervisor';

/** Makes the home's folders. Others may walk through (Postgres may run as another user) but not look. */
export function makeHome(home: Home): void {
  try {
    for (const folder of [home.root, home.run, home.logs]) mkdirSync(folder, { recursive: true });
    chmodSync(home.root, 0o711);
    for (const folder of [home.run, home.logs]) chmodSync(folder, 0o700);
  } catch (error) {
    throw explainDisk(error, home.root);
  }
}

/** Written aside and renamed, so that a crash or a full disk leaves the old file or the new one, never half. */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const aside = `${path}.${process.pid}.new`;
  try {
    writeFileSync(aside, text, { mode });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw explainDisk(error, path);
  }
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw explainDisk(error, path);
  }
}

function recordPath(home: Home, part: string): string {
  return join(home.run, `${part}.json`);
}

export function recordProcess(home: Home, part: string, pid: number): void {
  const identity = identityOf(pid);
  if (identity) writeWhole(recordPath(home, part), JSON.stringify(identity));
}

export function forgetProcess(home: Home, part: string): void {
  rmSync(recordPath(home, part), { force: true });
}

/** A record cut short by a crash names nobody. */
export function parseRecord(text: string): ProcessIdentity | undefined {
  try {
    return recordShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function readRecord(home: Home, part: string): ProcessIdentity | undefined {
  const text = readIfThere(recordPath(home, part));
  const record = text === undefined ? undefined : parseRecord(text);
  return record && isAlive(record) ? record : undefined;
}

export function runningSupervisor(home: Home): ProcessIdentity | undefined {
  return readRecord(home, SUPERVISOR);
}

/** Only one stack may use a home. The exclusive create decides between two that start together. */
export function claimHome(home: Home): void {
  const path = recordPath(home, SUPERVISOR);
  const mine = JSON.stringify(identityOf(process.pid));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw explainDisk(error, path);
    }
    const other = runningSupervisor(home);
    if (other) {
      throw new StackProblem(
        `A stack already runs on ${home.root} (process ${other.pid}): stop it with "npm run stack -- down", or choose another --home and --port.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new StackProblem(
    `Another stack is just starting on ${home.root}: wait for it, or choose another --home.`,
  );
}

export function releaseHome(home: Home): void {
  forgetProcess(home, SUPERVISOR);
}

/** Ends what a killed stack left behind on this home. Returns the parts that were still alive. */
export async function endOrphans(home: Home): Promise<string[]> {
  const parts = readdirSync(home.run)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((part) => part !== SUPERVISOR);
  const ended: string[] = [];
  for (const part of parts) {
    const record = readRecord(home, part);
    if (record) {
      await endProcess(record, part === 'postgres' ? 'SIGINT' : 'SIGTERM');
      ended.push(part);
    }
    forgetProcess(home, part);
  }
  return ended;
}
