import { describe, expect, test } from 'vitest';
import { parseToml, readSupabaseConfig } from '../../../stack/embedded/supabase-config.ts';

describe('supabase/config.toml', () => {
  test('is the one that closes sign-up, ends sessions after seven days and exposes only the schema api', () => {
    const config = readSupabaseConfig();
    expect(config.auth.enable_signup).toBe(false);
    expect(config.auth.sessions.timebox).toBe('168h');
    expect(config.api.schemas).toEqual(['api']);
  });

  test('tables with dots and dashes, strings, numbers, booleans and lists are read', () => {
    const text = '# comment\na = 1\n[x.y-z]\nb = "t # no comment"\nc = [1, 2]\n\n[x]\nd = false\n';
    expect(parseToml(text)).toEqual({ a: 1, x: { 'y-z': { b: 't # no comment', c: [1, 2] }, d: false } });
  });

  test.each(['[[list]]', 'a = {', "a = 'single'", 'nonsense'])('"%s" is an error, never skipped', (line) => {
    expect(() => parseToml(line)).toThrow(/line 1/);
  });
});
