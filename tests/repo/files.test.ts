import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPO } from '../../stack/embedded/paths.ts';

const FOLDERS = ['shared', 'stack', 'supabase', 'tests', 'web', 'docs'];
const NOT_OURS = new Set([
  'node_modules',
  '.svelte-kit',
  'build',
  'dist',
  'test-results',
  'playwright-report',
]);
const CODE = new Set(['.ts', '.js', '.mjs', '.sql', '.svelte', '.css']);

/** Files that may be longer than 300 lines, and why. */
const LONG: Record<string, string> = {};

/** Written by a tool, not by a person. */
const GENERATED: RegExp[] = [/database-types\.ts$/, /schema\.sql$/];

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield relative(REPO, path);
  }
}

const files = FOLDERS.flatMap((folder) => [...walk(join(REPO, folder))]);
const code = files.filter(
  (file) => CODE.has(extname(file)) && !GENERATED.some((pattern) => pattern.test(file)),
);
const linesOf = (file: string) => readFileSync(join(REPO, file), 'utf8').trimEnd().split('\n');
/** As the linter counts: without blank lines and comments. */
const lengthOf = (file: string) => linesOf(file).filter((line) => !/^\s*($|\/\/|--|\/?\*)/.test(line)).length;

describe('a file of code', () => {
  it('is named by what it holds', () => {
    const nameless = /^(utils?|helpers?|common|misc|lib|stuff|types)\.[a-z.]+$/;
    expect(code.filter((file) => nameless.test(basename(file)))).toEqual([]);
  });

  it('is kebab-case, unless it bears a code of the database, a component or a route', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/;
    const strangers = code.filter((file) => {
      const name = basename(file);
      if (extname(file) === '.svelte') return !/^([A-Z][A-Za-z0-9]*|\+[a-z]+)\.svelte$/.test(name);
      if (extname(file) === '.sql' || file.startsWith('tests/db/metrics/'))
        return !/^[a-z0-9_.-]+$/.test(name);
      return !kebab.test(name) && !/^\+[a-z.]+$/.test(name);
    });
    expect(strangers).toEqual([]);
  });

  it('has at most 300 lines, unless it is listed with its reason', () => {
    const long = code.filter((file) => lengthOf(file) > 300);
    expect(long.filter((file) => !(file in LONG))).toEqual([]);
    expect(Object.keys(LONG).filter((file) => !long.includes(file))).toEqual([]);
  });

  it('leaves nothing for later', () => {
    const later = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`);
    expect(code.filter((file) => linesOf(file).some((line) => later.test(line)))).toEqual([]);
  });
});
