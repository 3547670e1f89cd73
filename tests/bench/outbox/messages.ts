// Approved messages that wait, with everything a claim asks about them: one member each, with a phone, a consent, a visit, numbers,
// a draft and its wording. Made in SQL by the number of the message, spread over a few clubs; no member is a second one's.
import type { Sql } from 'postgres';
import { NOW } from '../club/size.ts';

const CLUBS = 4;
const CHUNK = 100_000;
const TEMPLATE = { name: 'reactivation_v1', language: 'cs' };

const CLIENTS = `
  insert into crm.clients (
    club_id, client_id, external_id, name, first_name, phone, language, language_source, raw
  )
  overriding system value
  select
    ($1::bigint[])[1 + number % ${CLUBS}],
    number,
    number::text,
    'Eva ' || number,
    'Eva',
    '+420' || (600000000 + number),
    'cs',
    'default',
    '{}'
  from generate_series($2::bigint, $3::bigint) as number`;

const CONSENTS = `
  insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
  select ($1::bigint[])[1 + number % ${CLUBS}], number, 'form', 'v1', '2024-01-01'
  from generate_series($2::bigint, $3::bigint) as number`;

const VISITS = `
  insert into crm.bookings (
    club_id, external_id, client_id, client_external_id, service_external_ids, service_kind, status, starts_at, local_date, made_at,
    made_date, raw
  )
  select
    ($1::bigint[])[1 + number % ${CLUBS}],
    number::text,
    number,
    number::text,
    array['2'],
    'group',
    'attended',
    '2026-03-13T16:00:00Z',
    '2026-03-13',
    '2026-03-11T16:00:00Z',
    '2026-03-11',
    '{}'
  from generate_series($2::bigint, $3::bigint) as number`;

const NUMBERS = `
  insert into stats.client_stats (
    club_id, client_id, ltv_minor, visits_total, visits_30d, visits_previous_30d, pt_visits_total, last_visit_date, visits_7d,
    pt_visits_30d, pt_visits_previous_30d, first_visit_date
  )
  select ($1::bigint[])[1 + number % ${CLUBS}], number, 49000, 1, 0, 0, 0, '2026-03-13', 0, 0, 0, '2026-03-13'
  from generate_series($2::bigint, $3::bigint) as number`;

const DRAFTS = `
  insert into campaigns.drafts (
    club_id, draft_id, client_id, scenario, occasion, why, variables, language, template_name, template_language, planned_date,
    planned_at, expires_at, delivery_mode, mode_basis, status, version, decided_by, decided_at
  )
  select
    ($1::bigint[])[1 + number % ${CLUBS}],
    md5('draft' || number)::uuid,
    number,
    'reactivation',
    'last visit 2026-03-13',
    'last visit 94 days ago',
    '{"days_since_last_visit": 94}',
    'cs',
    '${TEMPLATE.name}',
    '${TEMPLATE.language}',
    '2026-06-15',
    '${NOW}'::timestamptz - interval '2 hours',
    '${NOW}'::timestamptz + interval '46 hours',
    'notification',
    'club',
    'approved',
    1,
    'system:notification',
    '${NOW}'::timestamptz - interval '1 hour'
  from generate_series($2::bigint, $3::bigint) as number`;

const WORDINGS = `
  insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
  select
    ($1::bigint[])[1 + number % ${CLUBS}],
    md5('draft' || number)::uuid,
    1,
    'static',
    'Držíme vám místo na úterní lekci.',
    '{"message": "Držíme vám místo na úterní lekci.", "club": "Vltava Fit"}',
    'Dobrý den z Vltava Fit! Držíme vám místo na úterní lekci. Těšíme se na vás.',
    'bench',
    '${NOW}'::timestamptz - interval '90 minutes'
  from generate_series($2::bigint, $3::bigint) as number`;

const MESSAGES = `
  insert into outbox.messages (
    club_id, message_id, draft_id, client_id, phone, template_name, template_language, parameters, rendered, version, queued_at
  )
  select
    draft.club_id,
    md5('message' || number)::uuid,
    draft.draft_id,
    number,
    '+420' || (600000000 + number),
    '${TEMPLATE.name}',
    '${TEMPLATE.language}',
    wording.parameters,
    wording.rendered,
    1,
    '${NOW}'::timestamptz - interval '1 hour'
  from generate_series($2::bigint, $3::bigint) as number
  join campaigns.drafts as draft
    on draft.club_id = ($1::bigint[])[1 + number % ${CLUBS}]
    and draft.draft_id = md5('draft' || number)::uuid
  join campaigns.draft_versions as wording using (club_id, draft_id, version)`;

const STEPS = [CLIENTS, CONSENTS, VISITS, NUMBERS, DRAFTS, WORDINGS, MESSAGES];

/** Clubs whose members may be written to now, as fast as can be: no limit but the checks. */
export async function makeClubs(admin: Sql): Promise<number[]> {
  const clubIds: number[] = [];
  for (let place = 0; place < CLUBS; place += 1) {
    const [club] = await admin<{ id: number }[]>`
      select core.create_club(${`Club ${place}`}, 'Europe/Prague', 'CZ', 'CZK', '2023-01-01T00:00:00Z')::int as id`;
    clubIds.push(club!.id);
  }
  await admin`update core.settings set holdout_share = 0, portfolio_limit = 2000000000`;
  await admin`update outbox.pace set messages_per_second = 1e9, messages_left = 1e9`;
  await admin`
    insert into campaigns.templates (
      club_id, name, language, scenario, category, accepted_category, status, body, parameters, components, synced_at
    )
    select club_id, ${TEMPLATE.name}, ${TEMPLATE.language}, 'reactivation', 'MARKETING', 'MARKETING', 'APPROVED',
      'Dobrý den z {{club}}! {{message}} Těšíme se na vás.', array['message', 'club'], '[]', ${NOW}
    from core.clubs`;
  await admin`
    insert into crm.listings (club_id, entity, lane, completed_at, complete_until)
    select club_id, entity, 'changes', ${NOW}, ${NOW}::timestamptz + interval '1 day'
    from core.clubs
    cross join unnest(array['clients', 'membership_sales', 'bookings', 'payments']) as entity`;
  await admin`
    insert into stats.club_days (club_id, as_of, refreshed_at)
    select club_id, '2026-06-15', ${NOW} from core.clubs
    on conflict (club_id) do update set as_of = excluded.as_of, refreshed_at = excluded.refreshed_at`;
  return clubIds;
}

/** Messages number `from` to `to`, without triggers; they are not in the queue yet. */
export async function makeMessages(admin: Sql, clubIds: number[], from: number, to: number): Promise<void> {
  await admin`set session_replication_role = replica`;
  for (let first = from; first <= to; first += CHUNK) {
    const last = Math.min(first + CHUNK - 1, to);
    for (const step of STEPS) await admin.unsafe(step, [clubIds, first, last]);
  }
  await admin`set session_replication_role = origin`;
}
