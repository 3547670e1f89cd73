// Members of one club with an approved message each, which wait to be queued; made in SQL by their number.
import type { Sql } from 'postgres';

export const CLUB = 1;
export const numberOf = (place: number) => `420${777_000_000 + place}`;

/** A club that may write at any hour, with a mirror that never gets old. */
export async function makeClub(sql: Sql): Promise<void> {
  await sql`select core.create_club('Vltava Fit', 'Europe/Prague', 'CZ', 'CZK', now())`;
  await sql`
    update core.settings
    set holdout_share = 0, portfolio_limit = 2000000000, stale_after_minutes = 100000, sending_opens_at = '00:00',
      sending_closes_at = '23:59:59.999'`;
  await sql`
    insert into campaigns.templates (
      club_id, name, language, scenario, category, accepted_category, status, body, parameters, components, synced_at
    )
    values (
      ${CLUB}, 'reactivation_v1', 'cs', 'reactivation', 'MARKETING', 'MARKETING', 'APPROVED',
      'Dobrý den z {{club}}! {{message}} Těšíme se na vás.', array['message', 'club'], '[]', now()
    )`;
  await sql`
    insert into crm.listings (club_id, entity, lane, completed_at, complete_until)
    select ${CLUB}, entity, 'changes', now(), now()
    from unnest(array['clients', 'membership_sales', 'bookings', 'payments']) as entity`;
}

/** Approved messages of members number `from` to `until`; nothing of them is queued yet. */
export async function makeApproved(sql: Sql, from: number, until: number): Promise<void> {
  const range = sql`generate_series(${from}::int, ${until}::int) as place`;
  await sql`
    insert into crm.clients (club_id, external_id, name, first_name, phone, language, language_source, raw)
    select ${CLUB}, place::text, 'Eva ' || place, 'Eva', '+420' || (777000000 + place), 'cs', 'default', '{}' from ${range}`;
  await sql`
    insert into crm.bookings (
      club_id, external_id, client_id, client_external_id, service_external_ids, service_kind, status, starts_at, local_date, made_at,
      made_date, raw
    )
    select club_id, external_id, client_id, external_id, array['2'], 'group', 'attended', now() - interval '94 days',
      core.local_date(club_id, now() - interval '94 days'), now() - interval '96 days',
      core.local_date(club_id, now() - interval '96 days'), '{}'
    from crm.clients where external_id::int between ${from} and ${until}`;
  await sql`
    insert into campaigns.consents (club_id, client_id, source, text_version, given_at)
    select club_id, client_id, 'form', 'v1', now() - interval '1 year'
    from crm.clients where external_id::int between ${from} and ${until}`;
  await sql`
    with draft as (
      insert into campaigns.drafts (
        club_id, client_id, scenario, occasion, why, variables, language, template_name, template_language, planned_date, planned_at,
        expires_at, delivery_mode, mode_basis, status, version, decided_by, decided_at
      )
      select club_id, client_id, 'reactivation', 'away', 'last visit 94 days ago', '{"days_since_last_visit": 94}', 'cs',
        'reactivation_v1', 'cs', core.local_date(club_id, now()), now(), now() + interval '46 hours', 'notification', 'club',
        'approved', 1, 'system:notification', now()
      from crm.clients where external_id::int between ${from} and ${until}
      returning *
    )
    insert into campaigns.draft_versions (club_id, draft_id, version, source, message, parameters, rendered, author, written_at)
    select club_id, draft_id, 1, 'static', 'Držíme vám místo.', '{"message": "Držíme vám místo.", "club": "Vltava Fit"}',
      'Dobrý den z Vltava Fit! Držíme vám místo. Těšíme se na vás.', 'test', now()
    from draft`;
}
