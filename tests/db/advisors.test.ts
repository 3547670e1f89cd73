import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { supabaseCli } from '../../stack/embedded/migrations.ts';
import { cloneDatabase } from '../setup/database.ts';
import type { ClonedDatabase } from '../stack.ts';
import { temporaryHome } from '../stack.ts';

const answer = z.object({
  message: z.literal('db advisors'),
  results: z.array(
    z.object({
      level: z.enum(['WARN', 'ERROR']),
      name: z.string(),
      detail: z.string(),
      remediation: z.string(),
    }),
  ),
});

const cliHome = temporaryHome();
afterAll(() => rmSync(cliHome, { recursive: true, force: true }));

/** What Supabase's own linter says at level warn or above; it takes the exposed schemas from supabase/config.toml. */
async function findings({ url }: ClonedDatabase) {
  const options = ['--level', 'warn', '--fail-on', 'none', '--output-format', 'json'];
  const printed = await supabaseCli(['db', 'advisors', `--remote=${url}`, ...options], { cliHome });
  return answer.parse(JSON.parse(printed)).results;
}

/** Runs the work in a database of its own. */
async function inClone<T>(work: (database: ClonedDatabase) => Promise<T>): Promise<T> {
  const database = await cloneDatabase();
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

describe('the official linter', () => {
  it('finds nothing at level warn or above in the migrated database', async () => {
    const found = await inClone(findings);
    expect(
      found.map(({ level, name, detail, remediation }) => `${level} ${name}: ${detail} ${remediation}`),
    ).toEqual([]);
  });

  it('would find an open table, a mutable search_path, a slow policy, a second policy and a second index', async () => {
    const found = await inClone(async (database) => {
      await database.sql.unsafe(`
        create table api.leak (leak_id integer primary key, password text);
        grant select on api.leak to authenticated;
        create view api.bypass as select club_id from core.clubs;
        grant select on api.bypass to authenticated;
        create function metrics.loose() returns integer language sql as 'select 1';
        create policy "slow" on core.clubs for select to authenticated using (auth.uid() is not null);
        create index first on crm.clients (club_id, name);
        create index second on crm.clients (club_id, name);`);
      return findings(database);
    });
    expect(found.map(({ name, detail }) => `${name}: ${/`[^`]+`/.exec(detail)?.[0]}`).sort()).toEqual([
      'auth_rls_initplan: `core.clubs`',
      'duplicate_index: `crm.clients`',
      'function_search_path_mutable: `metrics.loose`',
      'multiple_permissive_policies: `core.clubs`',
      'rls_disabled_in_public: `api.leak`',
      'security_definer_view: `api.bypass`',
      'sensitive_columns_exposed: `api.leak`',
    ]);
  });
});
