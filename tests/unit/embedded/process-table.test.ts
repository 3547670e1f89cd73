import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { birthFromStat, endProcess, identityOf, isAlive } from '../../../stack/embedded/process-table.ts';

describe('the identity of a process', () => {
  test('a name with spaces and brackets does not shift the fields', () => {
    const stat = `4242 (tricky) name) S ${Array.from({ length: 18 }, (_, index) => index).join(' ')} 987654 0 0`;
    expect(birthFromStat(stat)).toBe('987654');
  });

  test('a dead process that nobody has buried yet counts as gone', () => {
    const stat = `4242 (node) Z ${Array.from({ length: 18 }, () => 0).join(' ')} 987654 0 0`;
    expect(birthFromStat(stat)).toBeUndefined();
  });

  test('this process is alive, and the same number with another birth is somebody else', () => {
    const mine = identityOf(process.pid);
    expect(mine && isAlive(mine)).toBe(true);
    expect(isAlive({ pid: process.pid, bornAt: 'another day' })).toBe(false);
  });

  test('a process that ignores the polite signal is ended all the same', async () => {
    const script = "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)";
    const child = spawn(process.execPath, ['-e', script], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const identity = identityOf(child.pid!)!;
    await endProcess(identity, 'SIGTERM', 200);
    expect(isAlive(identity)).toBe(false);
  });

  test('somebody else who was given the number is left alone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    const identity = identityOf(child.pid!)!;
    await endProcess({ ...identity, bornAt: 'before' });
    expect(isAlive(identity)).toBe(true);
    await endProcess(identity, 'SIGKILL');
  });
});
