import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canReach, unprivilegedPerson } from '../../../stack/embedded/account.ts';

describe('the account of Postgres when root starts the stack', () => {
  const root = 'root:x:0:0:root:/root:/bin/bash';
  const nobody = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin';

  test('is postgres where the system has it', () => {
    const passwd = [root, nobody, 'postgres:x:101:104::/var/lib/postgresql:/bin/bash', ''].join('\n');
    expect(unprivilegedPerson(passwd)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
  });

  test('is nobody elsewhere', () => {
    expect(unprivilegedPerson(`${root}\n${nobody}\n`)?.uid).toBe(65_534);
  });

  test('is none where neither exists, never root', () => {
    expect(unprivilegedPerson(`${root}\n`)).toBeUndefined();
  });

  test('cannot reach a folder below one that only its owner may enter', () => {
    const closed = mkdtempSync(join(tmpdir(), 'regulars-closed-'));
    const inside = join(closed, 'open');
    mkdirSync(inside);
    const stranger = { uid: 64_000, gid: 64_000 };
    expect(canReach(inside, stranger)).toBe(false);
    chmodSync(closed, 0o711);
    expect(canReach(inside, stranger)).toBe(true);
    rmSync(closed, { recursive: true });
  });
});
