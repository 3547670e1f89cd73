-- One row per club: every bold number of the definitions is a column here, its default the definition's.
create table core.settings (
  club_id bigint primary key references core.clubs on delete cascade,

  delivery_mode text not null default 'moderation' check (delivery_mode in ('moderation', 'notification')),
  sending_paused_at timestamptz,
  sending_opens_at time not null default '09:00',
  sending_closes_at time not null default '20:00',
  stale_after_minutes integer not null default 60 check (stale_after_minutes > 0),
  rebuild_at time not null default '03:00',
  has_existing_customer_exception boolean not null default false,

  core_min_visits integer not null default 3 check (core_min_visits > 0),
  vip_threshold_minor bigint check (vip_threshold_minor > 0),
  pt_cancelled_min_days integer not null default 31 check (pt_cancelled_min_days > 0),
  pt_cancelled_max_days integer not null default 120,
  trial_dropoff_min_days integer not null default 7 check (trial_dropoff_min_days > 0),
  trial_dropoff_max_days integer not null default 179,
  lost_min_days integer not null default 365,
  nearly_lost_min_days integer not null default 180,
  going_silent_min_days integer not null default 60,
  at_risk_min_days integer not null default 21 check (at_risk_min_days > 0),
  regular_min_visits integer not null default 3 check (regular_min_visits > 0),

  frequency_cap integer not null default 2 check (frequency_cap >= 0),
  holdout_share numeric not null default 0.20 check (holdout_share >= 0 and holdout_share < 1),
  return_days integer not null default 14 check (return_days > 0),
  lift_min_clients integer not null default 100 check (lift_min_clients > 0),
  daily_limit integer check (daily_limit >= 0),
  portfolio_limit integer not null default 250 check (portfolio_limit >= 0),
  draft_expires_after_hours integer not null default 48 check (draft_expires_after_hours > 0),

  tone text not null default 'Warm, short, one honest invitation. No pressure, no exclamation marks in a row.',
  updated_at timestamptz not null,

  constraint sending_window_opens_before_it_closes check (sending_opens_at < sending_closes_at),
  constraint pt_cancelled_days_are_in_order check (pt_cancelled_min_days <= pt_cancelled_max_days),
  constraint trial_dropoff_days_are_in_order check (trial_dropoff_min_days <= trial_dropoff_max_days),
  constraint inactivity_days_are_in_order check (
    at_risk_min_days < going_silent_min_days
    and going_silent_min_days < nearly_lost_min_days
    and nearly_lost_min_days < lost_min_days
  )
);
comment on table core.settings is 'One row per club: delivery mode, sending hours, thresholds, limits, tone.';
comment on column core.settings.rebuild_at is 'When the nightly rebuild of the mirror begins, by the club''s wall clock.';
comment on column core.settings.vip_threshold_minor is 'Fixed VIP threshold in minor units; null: the 90th percentile of LTV.';
comment on column core.settings.daily_limit is 'The club''s own limit of messages in 24 hours; null: only the portfolio''s.';
comment on column core.settings.portfolio_limit is 'WhatsApp''s limit of members reached in a rolling 24 hours for the business portfolio.';

alter table core.settings enable row level security;
grant select on core.settings to authenticated;
