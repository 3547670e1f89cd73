import type { Sql } from 'postgres';
import { template } from '../campaign.ts';

/** How one scenario works in every simulated club. */
interface Truth {
  scenario: string;
  /** A day of a quarter of its own, so that each control group is drawn anew. */
  day: string;
  /** The share that comes within 14 days whether asked or not. */
  base: number;
  /** The share that a message brings of those who got it and would not have come. */
  persuaded: number;
}

export const TRUTHS: Truth[] = [
  { scenario: 'birthday', day: '2025-01-20', base: 0.3, persuaded: 0 },
  { scenario: 'milestone', day: '2025-04-20', base: 0.12, persuaded: 0 },
  { scenario: 'pt_dropout', day: '2025-07-20', base: 0.2, persuaded: 0.06 },
  { scenario: 'last_chance', day: '2025-10-20', base: 0.08, persuaded: 0.12 },
  { scenario: 'reactivation', day: '2026-01-20', base: 0.35, persuaded: 0.3 },
];

/** Of the messages, whatever the member does: rejected, expired, or cancelled by somebody. */
const NEVER_SENT = 0.12;

/** Whoever is assigned to the messaged gets a message with the chance of one that is not lost, unless they came first. */
export const trueLift = ({ base, persuaded }: Truth) => (1 - base) * (1 - NEVER_SENT) * persuaded;

/** Chance from a hash: the same in every run, and apart for each question asked of a client. */
const chance = (question: number) =>
  `((hashtextextended(drawn.key, ${question}) & 4294967295) + 0.5) / 4294967296.0::float8`;

/**
 * What would happen to each client, in days after the assignment. Who comes of their own accord mostly comes soon: a quarter of the 14
 * days' returns are in the first day. A message leaves up to 44 hours after planning unless they were faster; some wait two days for
 * room in the daily limit before they are planned.
 */
const CLIENTS = `
  create temporary table simulated as
  with drawn as materialized (
    select
      client.club_id,
      client.client_id,
      truth.scenario,
      truth.base,
      truth.persuaded,
      (truth.day + time '10:00') at time zone 'UTC' as assigned_at,
      campaigns.is_holdout(client.club_id, truth.scenario, client.external_id, truth.day, 0.2) as is_control,
      client.external_id || '/' || client.club_id || '/' || truth.scenario as key
    from crm.clients as client
    cross join jsonb_to_recordset($1) as truth (scenario text, day date, base float8, persuaded float8)
  ),
  fated as materialized (
    select
      drawn.*,
      14 * (${chance(1)} / drawn.base) ^ 2 as comes_after,
      44.0 / 24 * ${chance(2)} as delay,
      ${chance(3)} as lost,
      case when ${chance(4)} < 0.1 then 2 else 0 end as waits,
      ${chance(5)} < drawn.persuaded as is_persuadable,
      ${chance(6)} as promptness
    from drawn
  )
  select
    fated.*,
    gen_random_uuid() as draft_id,
    not is_control and comes_after > waits as is_planned,
    not is_control and lost >= ${NEVER_SENT} and comes_after > waits + delay as is_sent,
    case
      when not is_control and lost >= ${NEVER_SENT} and comes_after > 14 and is_persuadable
      then waits + delay + (14 - waits - delay) * promptness
      else comes_after
    end as visits_after
  from fated`;

const DRAFTS = `
  insert into campaigns.drafts (
    club_id, draft_id, client_id, scenario, occasion, why, variables, language, template_name, template_language,
    planned_date, planned_at, expires_at, delivery_mode, mode_basis, status
  )
  select
    club_id, draft_id, client_id, scenario, 'simulated', 'simulated', '{}', 'cs', 'reactivation_v1', 'cs',
    planned_at::date, planned_at, planned_at + interval '48 hours', 'moderation', 'club',
    case
      when is_sent then 'approved'
      when lost < ${NEVER_SENT} / 3 then 'rejected'
      when lost < ${NEVER_SENT} * 2 / 3 then 'expired'
      else 'cancelled'
    end
  from simulated
  cross join lateral (select assigned_at + waits * interval '1 day' as planned_at) as planned
  where is_planned`;

const SKIPS = `
  insert into campaigns.skips (club_id, skipped_date, client_id, scenario, occasion, reason, variables, skipped_at)
  select
    club_id, assigned_at::date, client_id, scenario, 'simulated', case when is_control then 'holdout' else 'daily_limit' end, '{}',
    assigned_at
  from simulated
  where is_control or waits > 0`;

const MESSAGES = `
  insert into outbox.messages (
    club_id, draft_id, client_id, phone, template_name, template_language, parameters, rendered, version, queued_at, status, accepted_at
  )
  select
    club_id, draft_id, client_id, '+420777000000', 'reactivation_v1', 'cs', '{}', 'Hello', 1, assigned_at, 'sent',
    assigned_at + (waits + delay) * interval '24 hours'
  from simulated
  where is_sent`;

const VISITS = `
  insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, raw)
  select
    club_id, scenario || client_id, client_id, 'group', 'attended', starts_at, (starts_at at time zone 'UTC')::date, '{}'
  from simulated
  cross join lateral (select assigned_at + visits_after * interval '24 hours' as starts_at) as visit
  where visits_after < 30`;

/** So many clubs of so many clients each, where every scenario was tried once with a control group of a fifth. */
export async function simulate(sql: Sql, clubs: number, clients: number): Promise<void> {
  await sql.begin(async (work) => {
    await work`
      select core.create_club('Club ' || ordinal, 'UTC', 'CZ', 'CZK', '2020-01-01T00:00:00Z')
      from generate_series(1, ${clubs}::integer) as ordinal`;
    await work`update core.settings set lift_min_clients = 1`;
    await work`
      select api.mirror_templates(club_id, ${work.json([template()])}, '2020-01-01T00:00:00Z') from core.clubs`;
    await work`
      insert into crm.clients (club_id, external_id, language, language_source, raw)
      select club_id, 'client ' || ordinal, 'cs', 'default', '{}'
      from core.clubs cross join generate_series(1, ${clients}::integer) as ordinal`;
    await work.unsafe(CLIENTS, [work.json(TRUTHS.map((truth) => ({ ...truth })))]);
    for (const rows of [DRAFTS, SKIPS, MESSAGES, VISITS]) await work.unsafe(rows);
  });
  await sql`analyze campaigns.drafts, campaigns.skips, outbox.messages, crm.bookings`;
}

export interface Trial {
  scenario: string;
  lift: number;
  low: number;
  high: number;
  messaged: number;
  control: number;
  /** The rate of those who got a message, counted from the sending, less the control group's: what one would naively compare. */
  naive: number;
}

/** What is reported of every club and scenario. */
export async function readTrials(sql: Sql): Promise<Trial[]> {
  return sql<Trial[]>`
    select
      scenario,
      lift,
      lift_low as low,
      lift_high as high,
      messaged_clients::int as messaged,
      control_clients::int as control,
      returned::float8 / nullif(sent, 0) - control_rate as naive
    from core.clubs as club
    cross join lateral outbox.effects(club.club_id, '2025-01-01', '2026-03-31', '2026-06-01T00:00:00Z') as effect`;
}
