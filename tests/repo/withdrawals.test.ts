import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPO } from '../../stack/embedded/paths.ts';

const CODE = /\.(sql|ts|mjs|svelte)$/;

const calls = ['supabase', 'shared', 'stack', 'web/src'].flatMap((folder) =>
  readdirSync(join(REPO, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => CODE.test(file) && !file.includes('node_modules'))
    .flatMap((file) =>
      readFileSync(join(REPO, folder, file), 'utf8')
        .split('\n')
        .filter((line) => /\bcampaigns\.suppress\s*\(/.test(line) && !/^\s*(--|create function)/.test(line))
        .map(() => join(folder, file)),
    ),
);

describe('a withdrawal', () => {
  it('has one path: nothing but outbox.withdraw suppresses a person, or what is queued would stay', () => {
    expect(calls).toEqual(['supabase/migrations/20260101070035_outbox_withdraw.sql']);
  });
});
