import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process started, and those that they started, from Linux's /proc. */
export function descendantsOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(entry);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found: number[] = [];
  const waiting = [pid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const mine = children.get(next) ?? [];
    found.push(...mine);
    waiting.push(...mine);
  }
  return found;
}

function parentOf(pid: string): number | undefined {
  try {
    // "pid (name) state ppid …": the name may hold spaces and brackets.
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it ended while we looked
  }
}
