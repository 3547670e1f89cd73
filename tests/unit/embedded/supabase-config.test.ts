import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSupabaseConfig } from '../../../stack/embedded/supabase-config.ts';

describe('supabase/config.toml', () => {
  test('is the one that closes sign-up, ends sessions after seven days and exposes only the schema api', () => {
    const config = readSupabaseConfig();
    expect(config.auth.enable_signup).toBe(false);
    expect(config.auth.sessions.timebox).toBe('168h');
    expect(config.api.schemas).toEqual(['api']);
  });

  test.each([
    ['is no TOML', 'nonsense'],
    ['lacks what the stack needs', '[api]\nschemas = ["api"]\n'],
  ])('that %s is refused with its path', (_, text) => {
    const repo = mkdtempSync(join(tmpdir(), 'regulars-config-'));
    try {
      mkdirSync(join(repo, 'supabase'));
      writeFileSync(join(repo, 'supabase/config.toml'), text);
      expect(() => readSupabaseConfig(repo)).toThrow(/supabase\/config\.toml cannot be used: /);
    } finally {
      rmSync(repo, { recursive: true, force: true });
    }
  });
});
