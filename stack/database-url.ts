import { readKeys } from './embedded/keys.ts';
import { homeAt, portsFrom } from './embedded/paths.ts';
import { ownerUrl } from './embedded/postgres-server.ts';
import { StackProblem } from './embedded/problem.ts';
import { readSettings } from './embedded/settings.ts';

/** The database of DATABASE_URL (a hosted or self-hosted Supabase), else of the embedded stack's home. */
export function databaseUrl(folder: string | undefined): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const home = homeAt(folder);
  const keys = readKeys(home);
  if (!keys) {
    throw new StackProblem(
      `There is no stack in ${home.root}: start one with "npm start", or set DATABASE_URL to your Supabase database.`,
    );
  }
  return ownerUrl(keys, portsFrom(readSettings(home).port).postgres);
}
