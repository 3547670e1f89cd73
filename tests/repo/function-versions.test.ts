import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'supabase/functions');
const functions = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.ts')));
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

const readImports = (name: string): Record<string, string> =>
  (JSON.parse(readFileSync(join(folder, name, 'deno.json'), 'utf8')) as { imports: Record<string, string> })
    .imports;

/** Every bare specifier that a file and what it imports mention; types too, for an editor wants them found. */
function bareImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const specifiers = [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^;]*?from '([^']+)';/gm),
  ].map((match) => match[1]!);
  const bare = specifiers.filter((specifier) => !specifier.startsWith('.'));
  const local = specifiers.filter((specifier) => specifier.startsWith('.'));
  return new Set([
    ...bare,
    ...local.flatMap((specifier) => [...bareImports(resolve(dirname(file), specifier), seen)]),
  ]);
}

/** `hono/body-limit` → `hono`, `@supabase/server/core` → `@supabase/server`. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

it('finds the functions', () => {
  expect(functions).toEqual(
    expect.arrayContaining([
      'booking-webhook',
      'draft-messages',
      'send-messages',
      'sync-templates',
      'telegram-webhook',
      'whatsapp-webhook',
    ]),
  );
});

describe.each(functions)('The function %s', (name) => {
  it('maps every package to the version the tests run with', () => {
    const expected = Object.fromEntries(
      Object.keys(readImports(name)).map((specifier) => {
        const owner = packageOf(specifier);
        return [specifier, `npm:${owner}@${dependencies[owner]}${specifier.slice(owner.length)}`];
      }),
    );
    expect(readImports(name)).toEqual(expected);
  });

  it('maps what it imports, and nothing else', () => {
    expect(Object.keys(readImports(name)).toSorted()).toEqual(
      [...bareImports(join(folder, name, 'index.ts'))].toSorted(),
    );
  });
});
