import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { REPO } from './paths.ts';
import { errorMessage, StackProblem } from './problem.ts';

/** What the embedded stack honours of supabase/config.toml; the rest is for the Supabase CLI. */
const configShape = z.object({
  api: z.object({ schemas: z.array(z.string()).min(1), max_rows: z.int().positive().optional() }),
  auth: z.object({
    jwt_expiry: z.int().positive(),
    enable_signup: z.boolean(),
    enable_refresh_token_rotation: z.boolean(),
    refresh_token_reuse_interval: z.int(),
    minimum_password_length: z.int(),
    sessions: z.object({ timebox: z.string() }),
  }),
  functions: z.record(z.string(), z.object({ verify_jwt: z.boolean().default(true) })).default({}),
});
export type SupabaseConfig = z.infer<typeof configShape>;

export function readSupabaseConfig(repo = REPO): SupabaseConfig {
  const path = join(repo, 'supabase/config.toml');
  try {
    return configShape.parse(parseToml(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StackProblem(`${path} cannot be used: ${errorMessage(error)}`, { cause: error });
  }
}

type Table = { [key: string]: unknown };

/**
 * The part of TOML that our own file keeps to: [tables], and strings, numbers, booleans and lists on one line.
 * A line it does not understand is an error, never skipped.
 */
export function parseToml(text: string): Table {
  const root: Table = {};
  let table = root;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[([\w.-]+)\]$/.exec(line);
    const pair = /^([\w-]+)\s*=\s*(.+)$/.exec(line);
    if (header) table = tableAt(root, header[1]!.split('.'));
    else if (pair) table[pair[1]!] = parseValue(pair[2]!, index + 1);
    else throw new Error(`line ${index + 1} is not understood: ${line}`);
  }
  return root;
}

function tableAt(root: Table, keys: string[]): Table {
  return keys.reduce<Table>((table, key) => (table[key] ??= {}) as Table, root);
}

function parseValue(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`line ${line} has a value that is not understood: ${text}`, { cause: error });
  }
}
