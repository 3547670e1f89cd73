import postgres from 'postgres';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { METRICS } from '../metrics/values.ts';
import { asPerson, asRole, operator } from '../session.ts';
import { busyClub } from './busy-club.ts';

const clubs = useClubs();

const ROOMS = ['core', 'crm', 'stats', 'metrics', 'segments', 'campaigns', 'outbox', 'api'];

interface Relation {
  name: string;
  has_club: boolean;
  is_readable: boolean;
}

/** Every table and view of our rooms, and whether `role` may read it. */
async function relations(role: string, sql: Sql = clubs.sql): Promise<Relation[]> {
  return sql<Relation[]>`
    select
      format('%I.%I', space.nspname, relation.relname) as name,
      exists (
        select from pg_attribute as attribute
        where attribute.attrelid = relation.oid and attribute.attname = 'club_id' and not attribute.attisdropped
      ) as has_club,
      has_any_column_privilege(${role}, relation.oid, 'select') as is_readable
    from pg_class as relation
    join pg_namespace as space on space.oid = relation.relnamespace
    where space.nspname = any (${ROOMS}) and relation.relkind in ('r', 'v', 'p')
    order by 1`;
}

let mine: Club;
let theirs: Club;
let owner: string;
/** Superuser: only it may take the role `analyst`. */
let admin: Sql;
beforeAll(async () => {
  mine = await busyClub(await clubs.open());
  theirs = await busyClub(await clubs.open());
  owner = await operator(clubs.sql, mine.id, 'owner');
  await operator(clubs.sql, theirs.id, 'owner');
  admin = postgres(clubs.database.adminUrl, { max: 1 });
});
afterAll(() => admin.end());

describe('an operator', () => {
  it('sees the rows of their own clubs and no other’s, in every table and view', async () => {
    const readable = (await relations('authenticated')).filter(
      ({ is_readable, has_club }) => is_readable && has_club,
    );
    expect(readable.length).toBeGreaterThan(25);
    for (const { name } of readable) {
      const rows = await asPerson(clubs.sql, owner, (sql) =>
        sql.unsafe(`select distinct club_id::int from ${name}`),
      );
      expect(rows, name).toEqual([{ club_id: mine.id }]);
    }
  });

  it('sees nothing of another club through functions', async () => {
    const read = (query: (sql: postgres.TransactionSql) => PromiseLike<readonly unknown[]>) =>
      asPerson(clubs.sql, owner, query);
    const { id, today } = theirs;
    expect(await read((sql) => sql`select * from segments.members(${id}, ${today})`)).toEqual([]);
    expect(
      await read((sql) => sql`select * from api.club_status(${id}) as status where status is not null`),
    ).toEqual([]);
    const metrics = await read(
      (sql) => sql`select distinct coalesce(value, 0)::int as value from api.read_metrics(${id}, ${today})`,
    );
    expect(metrics).toEqual([{ value: 0 }]);
  });

  it('may write no table at all', async () => {
    const rows = await clubs.sql`
      select format('%I.%I', table_schema, table_name) as name, privilege_type as privilege
      from information_schema.table_privileges
      where grantee in ('authenticated', 'anon') and table_schema = any (${ROOMS}) and privilege_type <> 'SELECT'`;
    expect(rows).toEqual([]);
  });

  it('who is not active sees nothing', async () => {
    const former = await operator(clubs.sql, mine.id, 'owner', { isActive: false });
    expect(await asPerson(clubs.sql, former, (sql) => sql`select * from api.my_clubs`)).toEqual([]);
    expect(await asPerson(clubs.sql, former, (sql) => sql`select * from api.drafts`)).toEqual([]);
  });

  it.each([
    ['core.audit_log', ['owner']],
    ['crm.quarantine', ['owner', 'operator']],
  ])('reads %s as %j only', async (table, allowed) => {
    for (const role of ['owner', 'operator', 'moderator', 'analyst']) {
      const person = await operator(clubs.sql, mine.id, role);
      const rows = await asPerson(clubs.sql, person, (sql) => sql.unsafe(`select * from ${table}`));
      expect(rows.length > 0, role).toBe(allowed.includes(role));
    }
  });
});

describe('a decision in the dashboard', () => {
  const decide = (person: string | null, club: Club) =>
    asPerson(clubs.sql, person, async (sql) => {
      const [row] = await sql<{ decided: { outcome: string } }[]>`
        select api.decide_draft(${club.id}, ${crypto.randomUUID()}, 1, 'approved') as decided`;
      return row!.decided.outcome;
    });

  it.each(['owner', 'operator', 'moderator'])('is open to a club’s %s', async (role) => {
    expect(await decide(await operator(clubs.sql, mine.id, role), mine)).toBe('unknown');
  });

  it('is closed to analysts, to operators of other clubs and to strangers', async () => {
    const refusal = 'Only an owner, operator or moderator of the club may decide about its messages.';
    await expect(decide(await operator(clubs.sql, mine.id, 'analyst'), mine)).rejects.toThrow(refusal);
    await expect(decide(owner, theirs)).rejects.toThrow(refusal);
    await expect(decide(crypto.randomUUID(), mine)).rejects.toThrow(refusal);
    await expect(decide(null, mine)).rejects.toThrow('permission denied');
  });
});

describe('anonymous', () => {
  it('may read no table and no view', async () => {
    expect((await relations('anon')).filter(({ is_readable }) => is_readable)).toEqual([]);
    const look = asPerson(clubs.sql, null, (sql) => sql`select * from api.drafts`);
    await expect(look).rejects.toThrow('permission denied');
  });

  it('may execute no function of ours', async () => {
    const rows = await clubs.sql`
      select procedure.oid::regprocedure::text as name from pg_proc as procedure
      where procedure.pronamespace::regnamespace::text = any (${ROOMS})
        and has_function_privilege('anon', procedure.oid, 'execute')`;
    expect(rows).toEqual([]);
  });
});

describe('the analyst role', () => {
  const analyse = (query: (sql: postgres.TransactionSql) => PromiseLike<readonly unknown[]>) =>
    asRole(admin, 'analyst', query);

  it('reads the three contracts', async () => {
    const { id, today } = mine;
    expect(await analyse((sql) => sql`select * from metrics.read_all(${id}, ${today})`)).toHaveLength(
      METRICS.length,
    );
    expect(
      (await analyse((sql) => sql`select * from segments.members(${id}, ${today})`)).length,
    ).toBeGreaterThan(0);
    const candidates = await analyse((sql) => sql`select * from campaigns.candidates(${id}, ${today})`);
    expect(candidates.length).toBeGreaterThan(0);
    expect(JSON.stringify(candidates)).not.toContain('+420');
  });

  it('may read no column with a phone, an e-mail, a name or the platform’s raw row', async () => {
    const rows = await clubs.sql`
      select format('%I.%I.%I', table_schema, table_name, column_name) as name
      from information_schema.columns
      where table_schema = any (${ROOMS})
        and column_name in ('phone', 'email', 'raw', 'first_name', 'birth_date', 'body', 'message', 'rendered')
        and has_column_privilege('analyst', format('%I.%I', table_schema, table_name), column_name, 'select')
        and (table_schema, table_name) not in (
          ('crm', 'services'), ('crm', 'staff'), ('crm', 'membership_types'), ('crm', 'loyalty_programmes')
        )`;
    expect(rows).toEqual([]);
    await expect(analyse((sql) => sql`select name from crm.clients`)).rejects.toThrow('permission denied');
  });

  it('may change nothing', async () => {
    const rows = await clubs.sql`
      select format('%I.%I', table_schema, table_name) as name from information_schema.table_privileges
      where grantee = 'analyst' and privilege_type <> 'SELECT'`;
    expect(rows).toEqual([]);
    const writers = await clubs.sql`
      select procedure.oid::regprocedure::text as name from pg_proc as procedure
      where procedure.pronamespace::regnamespace::text = any (${ROOMS})
        and has_function_privilege('analyst', procedure.oid, 'execute')
        and procedure.provolatile = 'v' and procedure.prorettype <> 'trigger'::regtype`;
    expect(writers).toEqual([]);
  });

  it.each([
    ['metrics.snapshots', 26],
    ['metrics.translations', 26],
    ['stats.comparisons', 2],
    ['stats.differences', 2],
    ['stats.bg_nbd_fits', 2],
    ['stats.bg_nbd_calibrations', 2],
    ['stats.bg_nbd_attempts', 2],
  ])('reads %s of every club', async (table, atLeast) => {
    const rows = await analyse((sql) => sql`select * from ${sql(table)}`);
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
  });

  it('reads the changes of a day, and which step fails for how long', async () => {
    const changes = await analyse(
      (sql) => sql`select * from metrics.changes_on(${theirs.id}, ${theirs.today}) where change is not null`,
    );
    expect(changes.length).toBeGreaterThan(0);
    expect(await analyse((sql) => sql`select distinct step, times::int from stats.failures`)).toEqual([
      { step: 'metrics.tick_club', times: 1 },
    ]);
  });

  it.each([
    ['metrics.take_snapshot', '1, date $$2026-06-14$$, now()'],
    ['metrics.take_kind_snapshot', '1, date $$2026-06-14$$, now()'],
    ['metrics.backfill', '1, now()'],
    ['metrics.forget_replayed', '1'],
    ['segments.backfill', '1, now()'],
    ['segments.forget_replayed', '1'],
    ['metrics.tick', '1, now()'],
    ['metrics.tick_club', '1, now()'],
    ['stats.refresh', '1, date $$2026-06-14$$, now()'],
    ['stats.compare', '1, now()'],
    ['stats.compare_when_due', '1, now()'],
    ['stats.repair', '1, null, now()'],
    ['stats.note_failure', '1, $$a$$, $$b$$, now()'],
    ['stats.note_success', '1, $$a$$'],
    ['stats.begin_bg_nbd_fit', '1, now()'],
    ['stats.keep_bg_nbd_fit', '1, $$own$$, $${}$$, now()'],
    ['stats.calibrate_bg_nbd', 'null'],
    ['stats.note_bg_nbd_shortage', '1, 0, now()'],
    ['stats.note_bg_nbd_failure', '1, $$a$$, now()'],
    ['api.repair_numbers', '1'],
    ['api.change_thresholds', '1, $${}$$'],
    ['api.set_auto_renewing', '1, 1, true'],
    ['api.change_autonomy', '1, $${}$$'],
    ['api.change_delivery_mode', '1, $$a$$, $$b$$'],
    ['api.change_drafting_budget', '1, $${}$$'],
    ['api.enable_scenario', '1, $$a$$, true'],
    ['api.request_template_submission', '1'],
    ['api.resume_template', '1, $$a$$, $$cs$$'],
    ['api.set_scenario_includes_do_not_wake', '1, $$a$$, true'],
    ['api.set_message_price', '1, 1'],
    ['api.request_backtest', '1, $$a$$'],
    ['api.change_voice', '1, $${}$$, 0'],
    ['api.start_telegram_link', '1'],
    ['api.unlink_telegram', '1, gen_random_uuid()'],
    ['api.change_moderation_language', '1, $$cs$$'],
    ['api.request_trial', '1, $${}$$, $$a$$'],
    ['campaigns.change_voice', '1, $${}$$, 0, $$a$$, now()'],
    ['campaigns.request_trial', '1, $${}$$, $$a$$, $$cs$$, $$template$$, $$a$$, now()'],
    ['campaigns.request_backtest', '1, $$a$$, $$b$$, now()'],
    ['campaigns.replay_day', '1, 1, date $$2026-06-14$$, now()'],
    ['campaigns.run_backtest', '1, now()'],
    ['crm.set_auto_renewing', '1, $$a$$, true'],
    ['campaigns.include_do_not_wake', '1, $$a$$, true'],
    ['core.change_settings', '1, $${}$$, $$a$$, now()'],
  ])('is refused %s', async (name, values) => {
    await expect(analyse((sql) => sql.unsafe(`select ${name}(${values})`))).rejects.toThrow(
      'permission denied',
    );
  });

  it('reads how probable it is that each client is still active', async () => {
    const forecasts = await analyse(
      (sql) => sql`select * from stats.bg_nbd(${mine.id}, ${mine.today}) where probability_alive is not null`,
    );
    expect(forecasts.length).toBeGreaterThan(0);
  });

  it('reads what messages cost, and neither whom they went to nor what they said', async () => {
    const columns = await analyse(
      (sql) => sql`select purpose, status, delivery, pricing from outbox.messages where club_id = ${mine.id}`,
    );
    expect(columns.length).toBeGreaterThan(0);
    await analyse((sql) => sql`select * from outbox.costs(${mine.id}, '2026-01-01', ${mine.today})`);
    for (const column of ['phone', 'rendered', 'parameters', 'wamid', 'status_reason']) {
      await expect(analyse((sql) => sql`select ${sql(column)} from outbox.messages`)).rejects.toThrow(
        'permission denied',
      );
    }
  });

  it('reads any past day', async () => {
    expect(
      await analyse((sql) => sql`select * from metrics.read_all(${mine.id}, ${mine.ago(400)})`),
    ).toHaveLength(METRICS.length);
  });
});
