import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process number alone may have been given to someone else since; with its birth it names one process. */
export interface ProcessIdentity {
  pid: number;
  bornAt: string;
}

/** When a process started, in the system's own words; undefined when there is no such living process. */
export function birthOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      return birthFromStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return undefined; // no such process
    }
  }
  try {
    const birth = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return birth === '' ? undefined : birth;
  } catch {
    return undefined; // ps exits 1 for an unknown process
  }
}

/** Field 22 of /proc/<pid>/stat. The name in field 2 may hold spaces and brackets, so count from its end. */
export function birthFromStat(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

export function identityOf(pid: number): ProcessIdentity | undefined {
  const bornAt = birthOf(pid);
  return bornAt === undefined ? undefined : { pid, bornAt };
}

export function isAlive({ pid, bornAt }: ProcessIdentity): boolean {
  return birthOf(pid) === bornAt;
}

/** Sends a signal to the process and, where it leads a group, to the whole group. True when someone got it. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  let reached = false;
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      reached = true;
    } catch {
      // gone, or not the leader of a group
    }
  }
  return reached;
}

/** Asks, waits, then insists. Resolves when the process is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  signal: NodeJS.Signals = 'SIGTERM',
  patienceMs = 10_000,
): Promise<void> {
  if (!isAlive(identity)) return;
  signalGroup(identity.pid, signal);
  const deadline = Date.now() + patienceMs;
  while (isAlive(identity)) {
    if (Date.now() > deadline) signalGroup(identity.pid, 'SIGKILL');
    await sleep(50);
  }
}
