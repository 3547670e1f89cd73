import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPO } from '../../../stack/embedded/paths.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { openLargeClub } from '../large-club.ts';
import { PlanWatch } from '../plan-watch.ts';
import type { Watched } from '../plan-watch.ts';
import { operator } from '../session.ts';

const clubs = useClubs();

/** Doors of `api` through which something is changed; the dashboard does not read through them. */
const WRITERS = [
  'change_autonomy',
  'change_delivery_mode',
  'change_drafting_budget',
  'change_moderation_language',
  'change_thresholds',
  'change_voice',
  'create_promo_code',
  'decide_draft',
  'disable_promo_code',
  'enable_scenario',
  'lift_suppression',
  'record_consent',
  'redeem_promo_code',
  'repair_numbers',
  'answer_by_template',
  'answer_conversation',
  'close_conversation',
  'settle_wish',
  'pause_sending',
  'resume_sending',
  'settle_webhook_problem',
  'retry_webhook_problem',
  'request_suggestion',
  'request_template_submission',
  'requeue_messages',
  'resolve_uncertain',
  'resume_template',
  'request_backtest',
  'request_trial',
  'save_campaign',
  'set_auto_renewing',
  'set_message_price',
  'set_scenario_includes_do_not_wake',
  'withdraw_consent',
  'start_campaign',
  'start_telegram_link',
  'stop_campaign',
  'unlink_telegram',
];

/** What the readers of `api` are called with, by the name of the parameter; a new name needs a line here. */
const VALUES: Record<string, (club: Club) => string> = {
  p_as_of: ({ today }) => `date '${today}'`,
  p_backtest_id: () => '1',
  p_conversation_id: () => '1',
  p_campaign_id: () => '1',
  p_client_id: ({ id }) => `(select min(client_id) from crm.clients where club_id = ${id})`,
  p_client_ids: () => 'null::bigint[]',
  p_clients_per_reason: () => '50',
  p_club_id: ({ id }) => String(id),
  p_code: () => `'active_30d'`,
  p_days: () => '90',
  p_from: (club) => `date '${club.ago(90)}'`,
  p_language: () => `'cs'`,
  p_months: () => '24',
  p_scenario: () => `'reactivation'`,
  p_segment: () => `'at_risk'`,
  p_thresholds: () => `'{"lost_min_days": 300}'`,
  p_until: ({ today }) => `date '${today}'`,
  p_weeks: () => '12',
};

/** What the dashboard asks in a shape that the plain reading of a view is not. */
const SHAPES: Record<string, (club: Club) => string> = {
  'a page of api.messages': ({ id, today }) =>
    `select * from api.messages where club_id = ${id} and queued_at < date '${today}' - 10
     order by queued_at desc, message_id desc limit 51`,
  'the waiting api.drafts': ({ id }) =>
    `select * from api.drafts where club_id = ${id} and status = 'pending'
     order by snoozed_until nulls first, expires_at, draft_id limit 50`,
  'a page of rejected api.drafts': ({ id, today }) =>
    `select * from api.drafts where club_id = ${id} and status = 'rejected' and decided_at < date '${today}' - 10
     order by decided_at desc, draft_id desc limit 26`,
  'api.read_metrics of a past day': (club) =>
    `select * from api.read_metrics(${club.id}, date '${club.ago(40)}')`,
};

interface Reader {
  name: string;
  parameters: string[];
}

/** Functions of `api` that somebody signed in may call. */
const functions = () => clubs.sql<(Reader & { isVolatile: boolean })[]>`
  select
    proname as name,
    coalesce(proargnames[1:pronargs], '{}') as parameters,
    provolatile = 'v' as "isVolatile"
  from pg_proc
  where pronamespace = 'api'::regnamespace and has_function_privilege('authenticated', oid, 'execute')
  order by proname`;

/** Views and tables of `api` that somebody signed in may read. */
const relations = () => clubs.sql<{ name: string; hasClub: boolean }[]>`
  select
    relname as name,
    exists (
      select from pg_attribute as attribute where attribute.attrelid = relation.oid and attribute.attname = 'club_id'
    ) as "hasClub"
  from pg_class as relation
  where relation.relnamespace = 'api'::regnamespace
    and relation.relkind in ('r', 'p', 'v', 'm')
    and has_any_column_privilege('authenticated', relation.oid, 'select')
  order by relname`;

let club: Club;
let person: string;
let watch: PlanWatch;

/** One club with years of history, which is nearly the whole table: where there is one club, every row is a row of it. */
beforeAll(async () => {
  const admin = postgres(clubs.database.adminUrl, { max: 1, onnotice: () => undefined });
  try {
    // The real today: the functions of `api` ask the clock.
    const [day] = await admin<
      { today: string }[]
    >`select (now() at time zone 'Europe/Prague')::date::text as today`;
    club = await openLargeClub(admin, day!.today, { clients: 2_000, bookings: 60_000 });
    await openLargeClub(admin, day!.today, { clients: 200, bookings: 6_000 });
    await admin`vacuum analyze`;
    await club.refresh();
    await admin`select metrics.take_snapshot(${club.id}, ${club.today}, now())`;
    // Some wait for the next refresh, as between any two ticks.
    await admin`
      insert into stats.dirty_clients (club_id, client_id)
      select club_id, client_id from crm.clients where club_id = ${club.id} order by client_id limit 20`;
    await admin`vacuum analyze stats.client_stats, stats.dirty_clients, segments.client_segments, metrics.snapshots`;
    person = await operator(admin, club.id, 'owner');
    watch = await PlanWatch.start(clubs.database.adminUrl);
  } finally {
    await admin.end();
  }
});
afterAll(() => watch?.stop());

/** Sentences about the ways in which bookings were read other than through an index of the club's rows; none is good. */
function scansOfVisits({ reads, sequentialScans }: Watched): string[] {
  const careless = reads.filter(
    ({ table, condition }) => table === 'crm.bookings' && !condition?.includes('club_id'),
  );
  const planned = careless.map(
    ({ how, condition, query }) => `${how} on crm.bookings (${condition ?? 'every row'}) in: ${query.trim()}`,
  );
  const begun = sequentialScans.get('crm.bookings') ?? 0;
  return begun > 0 && planned.length === 0
    ? [`${begun} sequential scans of crm.bookings in no plan told`]
    : planned;
}

const visitScansOf = async (query: string) =>
  scansOfVisits(await watch.watch(person, (sql: TransactionSql) => sql.unsafe(query)));

/** What scans, with how; empty when nothing does. */
async function offenders(queries: [name: string, query: string][]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, query] of queries) {
    const scans = await visitScansOf(query);
    if (scans.length > 0) found[name] = scans;
  }
  return found;
}

describe('no sequential scan of visits', () => {
  it('is in any view of the dashboard', async () => {
    const views = await relations();
    expect(views.length).toBeGreaterThan(5);
    const queries = views.map(({ name, hasClub }): [string, string] => [
      `api.${name}`,
      `select * from api.${name}${hasClub ? ` where club_id = ${club.id}` : ''}`,
    ]);
    expect(await offenders(queries)).toEqual({});
  });

  it('is in any function of the dashboard, with a few members waiting for the refresh', async () => {
    const readers = (await functions()).filter(({ name }) => !WRITERS.includes(name));
    expect(readers.length).toBeGreaterThan(5);
    const queries = readers.map(({ name, parameters }): [string, string] => {
      const values = parameters.filter((parameter) => parameter in VALUES);
      const given = values.map((parameter) => `${parameter} => ${VALUES[parameter]!(club)}`);
      return [`api.${name}`, `select * from api.${name}(${given.join(', ')})`];
    });
    expect(await offenders(queries)).toEqual({});
  });

  it('is in what the dashboard asks in a shape of its own', async () => {
    expect(await offenders(Object.entries(SHAPES).map(([name, ask]) => [name, ask(club)]))).toEqual({});
  });

  it('is in what a card says of its member, who is one of many', async () => {
    const card = `
      select outbox.card_facts(club_id, draft_id, now()) as facts
      from campaigns.drafts
      where club_id = ${club.id} and status = 'pending'
      limit 1`;
    // Cards are drawn by a service, with its rights.
    const watched = await watch.watch(person, (sql: TransactionSql) => sql.unsafe(`reset role; ${card}`));
    expect(watched.reads.map(({ table }) => table)).toContain('crm.bookings');
    expect(scansOfVisits(watched)).toEqual([]);
  });
});

describe('this proof', () => {
  it('leaves out no function that somebody signed in may call', async () => {
    const complaints = (await functions()).flatMap(({ name, parameters, isVolatile }) => {
      if (WRITERS.includes(name))
        return isVolatile ? [] : [`api.${name} changes nothing: take it out of WRITERS.`];
      if (isVolatile)
        return [`api.${name} is volatile: declare it stable, or add it to WRITERS if it changes something.`];
      return parameters
        .filter((parameter) => !(parameter in VALUES))
        .map((parameter) => `api.${name} takes ${parameter}: add to VALUES what to call it with.`);
    });
    expect(complaints).toEqual([]);
  });

  it('knows everything the dashboard asks of the database', async () => {
    const folder = join(REPO, 'web/src/lib/server/db');
    const source = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const asked = [...source.join('\n').matchAll(/\.(?:rpc|from)\('(\w+)'/g)].map(([, name]) => name!);
    expect(asked.length).toBeGreaterThan(5);
    const known = new Set([...(await relations()), ...(await functions())].map(({ name }) => name));
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('sees a scan inside a function, in its plan and in the count of Postgres', async () => {
    const watched = await watch.watch(
      person,
      (sql) => sql`
        do $$
        begin
          perform from crm.bookings as booking where booking.raw ->> 'id' = '7';
        end
        $$`,
    );
    expect(scansOfVisits(watched)).toEqual([
      expect.stringMatching(/^Seq Scan on crm\.bookings \(every row\) in: /),
    ]);
    expect(watched.sequentialScans.get('crm.bookings')).toBe(1);
  });

  it('sees the whole of an index being read', async () => {
    const scans = await visitScansOf(`
      do $$
      begin
        set local enable_seqscan = off;
        perform count(*) from crm.bookings as visit where visit.status = 'attended' and not visit.is_deleted;
      end
      $$`);
    expect(scans).toEqual([expect.stringMatching(/^Index Only Scan on crm\.bookings \(every row\) in: /)]);
  });

  it('reads as somebody who sees the club', async () => {
    const visits = `select count(*)::int as visits from crm.visits`;
    let counted = 0;
    await watch.watch(person, async (sql) => {
      const [row] = await sql.unsafe<{ visits: number }[]>(visits);
      counted = row!.visits;
    });
    expect(counted).toBeGreaterThan(40_000);
  });
});
