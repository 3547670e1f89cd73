import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
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
    return configShape.parse(parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StackProblem(`${path} cannot be used: ${errorMessage(error)}`, { cause: error });
  }
}
