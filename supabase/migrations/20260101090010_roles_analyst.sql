-- Whoever works in SQL or Metabase reads every club of the installation, and no name, phone or e-mail: the role sees the rooms of
-- numbers, and of the mirror only the columns numbers are made of.
do $$
begin
  if not exists (select from pg_roles where rolname = 'analyst') then
    create role analyst nologin;
  end if;
end
$$;
alter role analyst set statement_timeout = '60s';

grant usage on schema core, crm, stats, metrics, segments, campaigns, outbox to analyst;
grant select on core.clubs, core.settings, crm.services, crm.staff, crm.membership_types, crm.loyalty_programmes, crm.listings,
  crm.mirror_states, crm.rebuilds, crm.rebuild_entities, crm.mended_rows, crm.platform_figures, crm.unread_figures,
  crm.visit_differences, crm.reconciliation, stats.client_stats, stats.club_days,
  stats.dirty_clients, stats.comparisons, stats.differences, stats.bg_nbd_fits, stats.bg_nbd_calibrations,
  stats.bg_nbd_attempts, metrics.definitions, metrics.translations,
  metrics.snapshots, segments.definitions, segments.thresholds, segments.club_days, segments.client_segments,
  segments.changes, segments.histories, segments.stays, campaigns.scenarios,
  campaigns.plan_runs, campaigns.autonomy_changes, campaigns.drafting_charges, campaigns.drafting_states,
  campaigns.drafting_notices to analyst;
grant select (club_id, step, first_failed_at, last_failed_at, times) on stats.failures to analyst;
grant select (club_id, skipped_date, client_id, scenario, occasion, reason, skipped_at) on campaigns.skips to analyst;
grant select (club_id, backtest_id, scenario, from_date, until_date, next_date, return_days, state, requested_at, finished_at)
  on campaigns.backtests to analyst;
grant select on campaigns.backtest_contacts to analyst;
grant select (club_id, campaign_id, name, segment, languages, last_visit_from_days, last_visit_until_days, tags, template_name,
  fallback_language, starts_date, ends_date, status, stopped_reason, created_at, started_at, stopped_at) on campaigns.campaigns to analyst;
grant select (club_id, client_id, external_id, language, deleted_at) on crm.clients to analyst;
grant select (club_id, booking_id, client_id, client_external_id, external_id, staff_external_id, service_external_ids,
  service_kind, activity_external_id, status, is_deleted, starts_at, local_date, made_at, made_date) on crm.bookings to analyst;
grant select (club_id, membership_id, external_id, client_id, sale_external_id, membership_type_external_id, title, status,
  created_date, expires_date) on crm.memberships to analyst;
grant select (club_id, membership_sale_id, external_id, client_id, membership_type_external_id, title, sold_date, is_deleted)
  on crm.membership_sales to analyst;
grant select (club_id, payment_id, external_id, client_id, client_external_id, booking_external_id, sale_external_id,
  amount_minor, paid_at, local_date, title, is_deleted) on crm.payments to analyst;
grant select (club_id, promo_code_id, code, title, discount_percent, discount_minor, valid_from, valid_until, usage_limit, disabled_at)
  on crm.promo_codes to analyst;
grant select (club_id, redemption_id, promo_code_id, client_id, amount_minor, redeemed_at) on crm.promo_redemptions to analyst;
grant select on crm.visits, crm.membership_purchases, crm.held_cards to analyst;
-- Neither whom a message went to nor what it said: Meta's id of a message has the phone in it.
grant select (club_id, message_id, purpose, draft_id, client_id, form, template_name, template_language, version, queued_at,
  status, delivery, accepted_at, delivered_at, read_at, failed_at, error_code, pricing) on outbox.messages to analyst;

do $$
declare
  room text;
begin
  foreach room in array array[
    'core.clubs', 'core.settings', 'crm.clients', 'crm.services', 'crm.staff', 'crm.bookings', 'crm.memberships',
    'crm.membership_sales', 'crm.payments', 'crm.membership_types', 'crm.loyalty_programmes', 'crm.listings', 'crm.rebuilds',
    'crm.rebuild_entities', 'crm.mended_rows', 'crm.platform_figures', 'crm.unread_figures', 'crm.visit_differences',
    'crm.promo_codes', 'crm.promo_redemptions', 'stats.client_stats',
    'stats.club_days', 'stats.dirty_clients', 'stats.comparisons', 'stats.differences', 'stats.failures', 'stats.bg_nbd_fits',
    'stats.bg_nbd_calibrations', 'stats.bg_nbd_attempts', 'metrics.definitions',
    'metrics.translations', 'metrics.snapshots', 'segments.club_days', 'segments.definitions', 'segments.thresholds', 'segments.client_segments',
    'segments.changes', 'segments.histories', 'campaigns.scenarios', 'campaigns.skips', 'campaigns.plan_runs', 'campaigns.backtests',
    'campaigns.backtest_contacts', 'campaigns.campaigns', 'campaigns.autonomy_changes', 'campaigns.drafting_charges',
    'campaigns.drafting_states', 'campaigns.drafting_notices', 'outbox.messages'
  ] loop
    execute format('create policy "analysts read every club" on %s for select to analyst using (true)', room);
  end loop;
end
$$;

grant execute on all functions in schema stats, metrics, segments to analyst;
revoke execute on function stats.refresh, stats.recompute, stats.compare, stats.repair, stats.note_failure, stats.note_success,
  stats.begin_bg_nbd_fit, stats.keep_bg_nbd_fit, stats.calibrate_bg_nbd, stats.note_bg_nbd_shortage, stats.note_bg_nbd_failure,
  segments.refresh, segments.rewind, segments.tick, segments.compare, metrics.define, metrics.keep_readings, metrics.take_snapshot,
  metrics.take_kind_snapshot, metrics.backfill,
  metrics.forget_replayed, metrics.tick, segments.replay_change, segments.date_states, segments.backfill,
  segments.forget_replayed, segments.define from analyst;
grant execute on function core.local_date, core.check_settings, core.changed_settings, crm.known_figures, crm.guess_card_end,
  campaigns.candidates, campaigns.backtest_summary, outbox.costs to analyst;

-- Security definer: candidates look at phones and consents, and give away ids, numbers and a first name to no one but the roles
-- named here.
alter function campaigns.candidates security definer;
revoke execute on function campaigns.candidates from authenticated;
