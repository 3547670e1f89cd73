import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  claimHome,
  endOrphans,
  makeHome,
  parseRecord,
  recordProcess,
  releaseHome,
  runningSupervisor,
  writeWhole,
} from '../../../stack/embedded/home.ts';
import { homeAt } from '../../../stack/embedded/paths.ts';
import type { Home } from '../../../stack/embedded/paths.ts';
import { identityOf, isAlive } from '../../../stack/embedded/process-table.ts';

describe('the home of a stack', () => {
  let home: Home;
  beforeEach(() => {
    home = homeAt(mkdtempSync(join(tmpdir(), 'regulars-home-')));
    makeHome(home);
  });
  afterEach(() => rmSync(home.root, { recursive: true, force: true }));

  test('only one stack may claim it, and the second is told who has it', () => {
    claimHome(home);
    expect(() => claimHome(home)).toThrow(new RegExp(`already runs .*process ${process.pid}.*down`));
    releaseHome(home);
    expect(() => claimHome(home)).not.toThrow();
  });

  test('the claim of a killed stack is void', () => {
    writeFileSync(
      join(home.run, 'supervisor.json'),
      JSON.stringify({ pid: process.pid, bornAt: 'last week' }),
    );
    expect(runningSupervisor(home)).toBeUndefined();
    expect(() => claimHome(home)).not.toThrow();
  });

  test('a part of a killed stack is ended, and its record is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    const identity = identityOf(child.pid!)!;
    recordProcess(home, 'sandbox', child.pid!);
    expect(await endOrphans(home)).toEqual(['sandbox']);
    expect(isAlive(identity)).toBe(false);
    expect(existsSync(join(home.run, 'sandbox.json'))).toBe(false);
  });

  test('a process that only got the number of a former part is left alone', async () => {
    writeFileSync(join(home.run, 'sandbox.json'), JSON.stringify({ pid: process.pid, bornAt: 'last week' }));
    expect(await endOrphans(home)).toEqual([]);
  });

  test.each(['', '{', '{"pid": -1, "bornAt": "x"}', '{"pid": "1"}', 'null'])(
    'a record cut short (%s) names nobody',
    (text) => {
      expect(parseRecord(text)).toBeUndefined();
    },
  );

  test('a file is written whole, for its owner only, and leaves nothing beside it', () => {
    writeWhole(home.keys, 'secret');
    expect(readFileSync(home.keys, 'utf8')).toBe('secret');
    expect(statSync(home.keys).mode & 0o777).toBe(0o600);
  });

  test('a home that cannot be a folder is said in a sentence with the cure', () => {
    writeFileSync(join(home.root, 'file'), '');
    expect(() => makeHome(homeAt(join(home.root, 'file')))).toThrow(/file is in the way.*--home/);
    expect(() => makeHome(homeAt(join(home.root, 'file/below')))).toThrow(/file is in the way.*--home/);
  });
});
