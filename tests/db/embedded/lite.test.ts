import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateKeys } from '../../../stack/embedded/keys.ts';
import type { Keys } from '../../../stack/embedded/keys.ts';
import { startLite } from '../../../stack/embedded/lite.ts';
import type { Lite } from '../../../stack/embedded/lite.ts';
import { readSupabaseConfig } from '../../../stack/embedded/supabase-config.ts';
import { cloneDatabase } from '../../setup/database.ts';
import type { ClonedDatabase } from '../../stack.ts';

const ROOT = 'http://127.0.0.1:54321';

describe('the Data and Auth API of the embedded stack', () => {
  let db: ClonedDatabase;
  let lite: Lite;
  let keys: Keys;
  let before: string;

  const grants = async () => {
    const rows = await db.sql`
      select c.oid::regclass::text as name, c.relacl::text as acl
      from pg_catalog.pg_class as c
      where c.relnamespace in (select oid from pg_catalog.pg_namespace where nspname in ('core', 'crm', 'api'))
      order by 1
    `;
    return JSON.stringify(rows);
  };
  const ask = (path: string, apikey?: string, init: RequestInit = {}) =>
    lite.fetch(
      new Request(`${ROOT}${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...(apikey ? { apikey } : {}), ...init.headers },
      }),
    );
  const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

  beforeAll(async () => {
    db = await cloneDatabase();
    await db.sql.unsafe(`
      create function api.probe(p_value jsonb) returns jsonb language sql
        as $$ select jsonb_build_object('type', jsonb_typeof(p_value), 'role', current_user) $$;
      create function api.refuse(p_code text) returns void language plpgsql
        as $$ begin raise exception 'Not like this.' using errcode = p_code, hint = 'Like that.'; end $$;
      grant execute on function api.probe, api.refuse to anon, service_role;
    `);
    keys = await generateKeys();
    before = await grants();
    lite = await startLite({ databaseUrl: db.url, keys, config: readSupabaseConfig(), siteUrl: ROOT });
  });
  afterAll(async () => {
    await lite.stop();
    await db.drop();
  });

  test('refuses a request without a key, and one with a made-up key', async () => {
    expect((await ask('/rest/v1/my_clubs')).status).toBe(401);
    expect((await ask('/rest/v1/my_clubs', 'sb_secret_made_up')).status).toBe(401);
  });

  test('runs each request as the role of its key', async () => {
    const roleOf = async (key: string) =>
      (await ask('/rest/v1/rpc/probe', key, post({ p_value: {} }))).json();
    expect(await roleOf(keys.publishableKey)).toMatchObject({ role: 'anon' });
    expect(await roleOf(keys.secretKey)).toMatchObject({ role: 'service_role' });
  });

  test.each([
    [[{ a: 1 }], 'array'],
    [{ a: 1 }, 'object'],
    ['words', 'string'],
    [5, 'number'],
  ])('gives a function %j as the %s it is', async (value, type) => {
    const response = await ask('/rest/v1/rpc/probe', keys.secretKey, post({ p_value: value }));
    expect(await response.json()).toMatchObject({ type });
  });

  test.each([
    ['22023', 400],
    ['23514', 400],
    ['42501', 403],
    ['P0001', 400],
    ['P0002', 500],
  ])('tells a refusal by its code %s and its sentence, with status %i', async (code, status) => {
    const response = await ask('/rest/v1/rpc/refuse', keys.secretKey, post({ p_code: code }));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, message: 'Not like this.', hint: 'Like that.' });
  });

  test('exposes the schema api, also without a profile, and no other', async () => {
    const profile = (schema: string) => ({ headers: { 'accept-profile': schema } });
    expect((await ask('/rest/v1/my_clubs', keys.publishableKey)).status).not.toBe(404);
    expect((await ask('/rest/v1/clubs', keys.secretKey, profile('core'))).status).toBe(406);
    expect((await ask('/rest/v1/users', keys.secretKey, profile('auth'))).status).toBe(406);
  });

  test('lets nobody sign up', async () => {
    const body = post({ email: 'stranger@example.com', password: 'long enough 12345' });
    const response = await ask('/auth/v1/signup', keys.publishableKey, body);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error_code: 'signup_disabled' });
  });

  test('leaves the grants of the migrations as they are', async () => {
    expect(await grants()).toBe(before);
  });
});
