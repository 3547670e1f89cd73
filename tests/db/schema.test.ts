import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPO } from '../../stack/embedded/paths.ts';
import { useClubs } from './clubs.ts';

const clubs = useClubs();

const ROOMS = ['core', 'crm', 'stats', 'metrics', 'segments', 'campaigns', 'outbox', 'api'];

/** Tables that belong to no club, and why. */
const WITHOUT_CLUB: Record<string, string> = {
  'core.request_holds': 'whom the platform throttles is an address, not a club',
  'core.telegram_updates': 'one bot serves all clubs',
  'core.request_slots': 'clubs behind one address share the platform’s rate limit',
  'outbox.webhook_events':
    'an update belongs to the number; which clubs it concerns is known once it is processed',
  'outbox.alerts': 'an incident of the number or the database concerns all clubs',
  'outbox.chats': 'one moderation chat serves all clubs',
  'outbox.chat_calls': 'Telegram counts by chat, which all clubs share',
  'outbox.posts': 'what the moderation chat shows, of a club or of all',
  'outbox.number': 'all clubs of an installation share the number',
  'outbox.pace': 'all clubs share the number, and with it how fast it may send',
  'outbox.oldest_snapshot': 'a snapshot is held in the database, whosever rows it keeps',
  'metrics.definitions': 'a dictionary, the same for every club',
  'metrics.translations': 'a dictionary, the same for every club',
  'segments.definitions': 'a dictionary, the same for every club',
  'segments.thresholds': 'a dictionary, the same for every club',
  'campaigns.scenarios': 'a dictionary, the same for every club',
  'campaigns.static_messages': 'a dictionary, the same for every club',
  'campaigns.vocatives': 'names belong to a language, not to a club',
  'campaigns.cooldowns': 'the defaults of the definitions; a club’s own are in club_cooldowns',
};

/** Functions that run with their owner's rights, and why. */
const SECURITY_DEFINERS: Record<string, string> = {
  'crm.analyze_entity': 'only the owner of a table may renew its statistics',
  'core.my_clubs': 'policies ask it, and must not be asked for the right to ask',
  'core.my_role': 'policies ask it, and must not be asked for the right to ask',
  'api.decide_draft': 'nobody signed in may write tables; this door checks who knocks',
  'api.repair_numbers': 'nobody signed in may write tables; this door checks who knocks',
  'api.save_campaign': 'nobody signed in may write tables; this door checks who knocks',
  'api.start_campaign': 'nobody signed in may write tables; this door checks who knocks',
  'api.stop_campaign': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_thresholds': 'nobody signed in may write tables; this door checks who knocks',
  'api.request_backtest': 'nobody signed in may write tables; this door checks who knocks',
  'api.request_template_submission': 'nobody signed in may write tables; this door checks who knocks',
  'api.answer_by_template': 'nobody signed in may write tables; this door checks who knocks',
  'api.answer_conversation': 'nobody signed in may write tables; this door checks who knocks',
  'api.close_conversation': 'nobody signed in may write tables; this door checks who knocks',
  'api.settle_wish': 'nobody signed in may write tables; this door checks who knocks',
  'api.pause_sending': 'nobody signed in may write tables; this door checks who knocks',
  'api.resume_sending': 'nobody signed in may write tables; this door checks who knocks',
  'api.webhook_problems': 'an update belongs to no club; this door shows of it what is nobody’s secret',
  'api.settle_webhook_problem': 'nobody signed in may write tables; this door checks who knocks',
  'api.retry_webhook_problem': 'nobody signed in may write tables; this door checks who knocks',
  'api.people_reached': 'of all clubs together only a number is told',
  'api.request_suggestion': 'nobody signed in may write tables; this door checks who knocks',
  'api.requeue_messages': 'nobody signed in may write tables; this door checks who knocks',
  'api.resolve_uncertain': 'nobody signed in may write tables; this door checks who knocks',
  'api.resume_template': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_autonomy': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_drafting_budget': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_delivery_mode': 'nobody signed in may write tables; this door checks who knocks',
  'api.enable_scenario': 'nobody signed in may write tables; this door checks who knocks',
  'api.record_consent': 'nobody signed in may write tables; this door checks who knocks',
  'api.withdraw_consent': 'nobody signed in may write tables; this door checks who knocks',
  'api.lift_suppression': 'nobody signed in may write tables; this door checks who knocks',
  'api.set_auto_renewing': 'nobody signed in may write tables; this door checks who knocks',
  'api.set_scenario_includes_do_not_wake': 'nobody signed in may write tables; this door checks who knocks',
  'api.set_message_price': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_voice': 'nobody signed in may write tables; this door checks who knocks',
  'api.request_trial': 'nobody signed in may write tables; this door checks who knocks',
  'api.start_telegram_link': 'nobody signed in may write tables; this door checks who knocks',
  'api.unlink_telegram': 'nobody signed in may write tables; this door checks who knocks',
  'api.change_moderation_language': 'nobody signed in may write tables; this door checks who knocks',
  'api.create_promo_code': 'nobody signed in may write tables; this door checks who knocks',
  'api.disable_promo_code': 'nobody signed in may write tables; this door checks who knocks',
  'api.redeem_promo_code': 'nobody signed in may write tables; this door checks who knocks',
  'campaigns.candidates': 'analysts get ids and numbers out of phones and consents they may not read',
};

const names = async (rows: Promise<{ name: string }[]>) => (await rows).map(({ name }) => name).sort();

describe('every table', () => {
  it('has club_id first in its primary key, unless it is listed with its reason', async () => {
    const rows = clubs.sql<{ name: string }[]>`
      select format('%I.%I', space.nspname, relation.relname) as name
      from pg_class as relation
      join pg_namespace as space on space.oid = relation.relnamespace
      left join pg_constraint as key on key.conrelid = relation.oid and key.contype = 'p'
      left join pg_attribute as first on first.attrelid = relation.oid and first.attnum = key.conkey[1]
      where space.nspname = any (${ROOMS}) and relation.relkind in ('r', 'p') and first.attname is distinct from 'club_id'`;
    expect(await names(rows)).toEqual(Object.keys(WITHOUT_CLUB).sort());
  });

  it('of a club has club_id first in every unique index and in every reference to another such table', async () => {
    const indexes = clubs.sql<{ name: string }[]>`
      select index.indexrelid::regclass::text as name
      from pg_index as index
      join pg_class as relation on relation.oid = index.indrelid
      join pg_attribute as first on first.attrelid = relation.oid and first.attnum = index.indkey[0]
      where relation.relnamespace::regnamespace::text = any (${ROOMS}) and index.indisunique and first.attname <> 'club_id'
        and format('%s.%I', relation.relnamespace::regnamespace, relation.relname) <> all (${Object.keys(WITHOUT_CLUB)})`;
    expect(await names(indexes)).toEqual([]);
    const references = clubs.sql<{ name: string }[]>`
      select reference.conrelid::regclass || '.' || reference.conname as name
      from pg_constraint as reference
      join pg_attribute as first on first.attrelid = reference.conrelid and first.attnum = reference.conkey[1]
      where reference.contype = 'f' and reference.connamespace::regnamespace::text = any (${ROOMS})
        and first.attname <> 'club_id' and reference.confrelid::regclass::text <> all (${Object.keys(WITHOUT_CLUB)})`;
    expect(await names(references)).toEqual([]);
  });

  it('has row-level security enabled', async () => {
    const rows = clubs.sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relnamespace::regnamespace::text = any (${ROOMS}) and relkind in ('r', 'p') and not relrowsecurity`;
    expect(await names(rows)).toEqual([]);
  });

  it('and every view says what it is', async () => {
    const rows = clubs.sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relnamespace::regnamespace::text = any (${['core', 'crm', 'stats', 'metrics', 'segments', 'campaigns', 'outbox']})
        and relkind in ('r', 'p') and obj_description(oid) is null`;
    expect(await names(rows)).toEqual([]);
  });
});

describe('every view', () => {
  it('asks with the rights of whoever reads it', async () => {
    const rows = clubs.sql<{ name: string }[]>`
      select oid::regclass::text as name from pg_class
      where relnamespace::regnamespace::text = any (${ROOMS}) and relkind = 'v'
        and not coalesce(reloptions @> array['security_invoker=true'], false)`;
    expect(await names(rows)).toEqual([]);
  });
});

describe('every function', () => {
  const functions = (condition: string) =>
    clubs.sql.unsafe<{ name: string }[]>(`
      select distinct format('%s.%I', pronamespace::regnamespace, proname) as name from pg_proc
      where pronamespace::regnamespace::text in (${ROOMS.map((room) => `'${room}'`).join(', ')}) and ${condition}`);

  it('sets an empty search_path', async () => {
    expect(await names(functions(`not coalesce(proconfig @> array['search_path=""'], false)`))).toEqual([]);
  });

  it('runs with the rights of its caller, unless it is listed with its reason', async () => {
    const definers = await names(functions('prosecdef'));
    expect(definers.filter((name) => !(name in SECURITY_DEFINERS))).toEqual([]);
    expect(Object.keys(SECURITY_DEFINERS).filter((name) => !definers.includes(name))).toEqual([]);
  });

  it('outside api takes the time as an argument', async () => {
    const clocks = String.raw`\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(|\m(current_date|current_timestamp|current_time|localtimestamp|localtime)\M`;
    expect(await names(functions(`pronamespace <> 'api'::regnamespace and prosrc ~* '${clocks}'`))).toEqual(
      [],
    );
  });

  it('divides only by what cannot be zero', async () => {
    // Constants and nullif(…) may be divided by; anything else is a value that may be 0 one day.
    const rows = await clubs.sql<{ name: string; source: string }[]>`
      select format('%s.%I', pronamespace::regnamespace, proname) as name, prosrc as source from pg_proc
      where pronamespace::regnamespace::text = any (${ROOMS})`;
    const divisions = rows.flatMap(({ name, source }) =>
      [
        ...source
          .replaceAll(/--.*$/gm, '')
          .replaceAll(/'[^']*'/g, "''")
          .matchAll(/\/\s*([\w.(]+)/g),
      ]
        .map((match) => match[1]!)
        .filter((divisor) => !/^\d/.test(divisor) && !divisor.startsWith('nullif('))
        .map((divisor) => `${name}: / ${divisor}`),
    );
    expect(divisions).toEqual([]);
  });

  it('of the service is closed to everybody else', async () => {
    const file = readFileSync(join(REPO, 'supabase/migrations/20260101080010_api_service.sql'), 'utf8');
    const doors = [...file.matchAll(/^create function api\.(\w+)/gm)].map((match) => match[1]!);
    expect(doors.length).toBeGreaterThan(15);
    const rows = await clubs.sql`
      select proname as name, role, has_function_privilege(role, oid, 'execute') as may_execute
      from pg_proc cross join unnest(array['anon', 'authenticated', 'analyst', 'service_role']) as role
      where pronamespace = 'api'::regnamespace and proname = any (${doors})`;
    expect(rows).toHaveLength(doors.length * 4);
    for (const { name, role, may_execute } of rows)
      expect(may_execute, `${role}, api.${name}`).toBe(role === 'service_role');
  });
});
