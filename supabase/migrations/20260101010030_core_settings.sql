-- One row per club: every bold number of the definitions is a column here, its default the definition's.
-- Every constraint has a name, and as its comment the sentence that a person reads who breaks it.
create table core.settings (
  club_id bigint primary key references core.clubs on delete cascade,

  delivery_mode text not null default 'moderation'
    constraint delivery_mode_is_known check (delivery_mode in ('moderation', 'notification')),
  sending_paused_at timestamptz,
  sending_paused_by text,
  sending_pause_reason text,
  sending_opens_at time not null default '09:00',
  sending_closes_at time not null default '20:00',
  stale_after_minutes integer not null default 60
    constraint stale_after_is_positive check (stale_after_minutes > 0),
  rebuild_at time not null default '03:00',
  has_existing_customer_exception boolean not null default false,

  core_min_visits integer not null default 3
    constraint core_visits_are_positive check (core_min_visits > 0),
  vip_threshold_minor bigint
    constraint vip_threshold_is_positive check (vip_threshold_minor > 0),
  pt_cancelled_min_days integer not null default 31
    constraint pt_cancelled_begins_after_a_day check (pt_cancelled_min_days > 0),
  pt_cancelled_max_days integer not null default 120
    constraint pt_cancelled_ends_within_ten_years check (pt_cancelled_max_days <= 3650),
  trial_dropoff_min_days integer not null default 7
    constraint trial_dropoff_begins_after_a_day check (trial_dropoff_min_days > 0),
  trial_dropoff_max_days integer not null default 179
    constraint trial_dropoff_ends_within_ten_years check (trial_dropoff_max_days <= 3650),
  lost_min_days integer not null default 365
    constraint lost_begins_within_ten_years check (lost_min_days <= 3650),
  nearly_lost_min_days integer not null default 180,
  going_silent_min_days integer not null default 60,
  at_risk_min_days integer not null default 21
    constraint at_risk_begins_after_a_day check (at_risk_min_days > 0),
  regular_min_visits integer not null default 3
    constraint regular_visits_are_positive check (regular_min_visits > 0),

  frequency_cap integer not null default 2
    constraint frequency_cap_is_not_negative check (frequency_cap >= 0),
  holdout_share numeric not null default 0.20
    constraint holdout_share_is_a_part check (holdout_share >= 0 and holdout_share < 1),
  return_days integer not null default 14
    constraint return_days_are_sensible check (return_days between 1 and 3650),
  lift_min_clients integer not null default 100
    constraint lift_clients_are_positive check (lift_min_clients > 0),
  daily_limit integer
    constraint daily_limit_is_not_negative check (daily_limit >= 0),
  portfolio_limit integer not null default 250
    constraint portfolio_limit_is_not_negative check (portfolio_limit >= 0),
  draft_expires_after_hours integer not null default 48
    constraint draft_expiry_is_positive check (draft_expires_after_hours > 0),
  conversation_closes_after_days integer not null default 7
    constraint conversation_days_are_sensible check (conversation_closes_after_days between 1 and 365),
  message_price_minor integer
    constraint message_price_is_not_negative check (message_price_minor >= 0),

  is_autonomy_on boolean not null default false,
  autonomy_min_approvals integer not null default 20
    constraint autonomy_approvals_are_sensible check (autonomy_min_approvals between 1 and 1000),
  autonomy_max_edited_share numeric not null default 0.1
    constraint autonomy_edited_share_is_a_part check (autonomy_max_edited_share >= 0 and autonomy_max_edited_share <= 1),
  autonomy_max_opt_out_share numeric not null default 0.02
    constraint autonomy_opt_out_share_is_a_part check (autonomy_max_opt_out_share >= 0 and autonomy_max_opt_out_share <= 1),
  autonomy_sample_share numeric not null default 0.05
    constraint autonomy_sample_share_is_a_part check (autonomy_sample_share >= 0 and autonomy_sample_share <= 1),

  drafting_budget_usd numeric not null default 1.00
    constraint drafting_budget_is_sensible check (drafting_budget_usd between 0 and 1000),
  drafting_daily_drafts integer not null default 500
    constraint drafting_drafts_are_sensible check (drafting_daily_drafts between 0 and 100000),

  moderation_language text not null default 'en'
    constraint moderation_language_is_supported check (moderation_language in ('en', 'cs', 'uk', 'ru', 'bg')),

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
comment on table core.settings is 'One row per club: delivery mode, sending hours, thresholds, limits.';
comment on column core.settings.rebuild_at is 'When the nightly rebuild of the mirror begins, by the club''s wall clock.';
comment on column core.settings.sending_paused_by is 'Who paused the club''s messages; system:whatsapp when the number that all clubs share is at fault.';
comment on column core.settings.vip_threshold_minor is 'Fixed VIP threshold in minor units; null: the 90th percentile of LTV.';
comment on column core.settings.daily_limit is 'The club''s own limit of messages in 24 hours; null: only the portfolio''s.';
comment on column core.settings.conversation_closes_after_days is
  'After so many days without a message a conversation is over by itself, and scenarios may write to the member again.';
comment on column core.settings.message_price_minor is
  'What WhatsApp bills for one delivered marketing message, in minor units of the club''s currency; null: unknown, and no cost is shown.';
comment on column core.settings.is_autonomy_on is
  'Whether a scenario and language may earn that its messages go out without a person''s approval.';
comment on column core.settings.autonomy_sample_share is 'The share of messages that go to a person all the same, once that is earned.';
comment on column core.settings.drafting_budget_usd is
  'What drafts by Claude may cost on a local day, in US dollars, as Anthropic bills them; 0: Claude is never asked.';
comment on column core.settings.drafting_daily_drafts is 'How many drafts Claude may be asked for on a local day; 0: none.';
comment on column core.settings.moderation_language is
  'What the moderation chat in Telegram speaks about this club; the messages to members stay in the members'' languages.';
comment on column core.settings.portfolio_limit is 'WhatsApp''s limit of members reached in a rolling 24 hours for the business portfolio.';

do $$
declare
  sentence record;
begin
  -- Days of ten years and more say nothing about a member, and dates so far off may not exist.
  for sentence in
    select *
    from (values
      ('delivery_mode_is_known', 'The delivery mode must be moderation (a person approves each message) or notification (they go out by themselves).'),
      ('sending_window_opens_before_it_closes', 'Sending must open before it closes: the hours may not go over midnight.'),
      ('stale_after_is_positive', 'Data may be called stale after 1 minute or more, not after zero or fewer.'),
      ('core_visits_are_positive', 'A core client must have at least 1 visit: give 1 or more.'),
      ('vip_threshold_is_positive', 'The VIP threshold must be more than zero: leave it empty for what the top tenth of paying clients have paid.'),
      ('pt_cancelled_begins_after_a_day', 'PT cancelled must begin 1 day or more after the last personal training.'),
      ('pt_cancelled_ends_within_ten_years', 'PT cancelled must end at most 3650 days after the last personal training.'),
      ('pt_cancelled_days_are_in_order', 'PT cancelled must end on the day it begins or later: its last day may not come before its first.'),
      ('trial_dropoff_begins_after_a_day', 'Trial drop-off must begin 1 day or more after the only visit.'),
      ('trial_dropoff_ends_within_ten_years', 'Trial drop-off must end at most 3650 days after the only visit.'),
      ('trial_dropoff_days_are_in_order', 'Trial drop-off must end on the day it begins or later: its last day may not come before its first.'),
      ('at_risk_begins_after_a_day', 'At risk must begin 1 day or more after the last visit.'),
      (
        'inactivity_days_are_in_order',
        'The days since the last visit must go up: at risk begins before going silent, going silent before nearly lost, nearly lost before lost.'
      ),
      ('lost_begins_within_ten_years', 'Lost must begin at most 3650 days after the last visit.'),
      ('regular_visits_are_positive', 'A regular member must have at least 1 visit in the last 30 days: give 1 or more.'),
      ('frequency_cap_is_not_negative', 'The frequency cap must be zero (no messages) or more.'),
      ('holdout_share_is_a_part', 'The share of the control group must be zero or more and less than 1: 0.2 is a fifth.'),
      ('return_days_are_sensible', 'A return must be counted within 1 to 3650 days after the message.'),
      ('lift_clients_are_positive', 'Lift must be shown from 1 client or more in either group.'),
      ('daily_limit_is_not_negative', 'The club''s daily limit must be zero or more: leave it empty for only the portfolio''s.'),
      ('portfolio_limit_is_not_negative', 'The portfolio''s limit must be zero or more.'),
      ('draft_expiry_is_positive', 'A draft must wait 1 hour or more before it expires.'),
      ('conversation_days_are_sensible', 'A conversation must close by itself after 1 to 365 days without a message.'),
      ('message_price_is_not_negative', 'The price of a message must be zero or more: leave it empty while you do not know it.'),
      ('autonomy_approvals_are_sensible', 'Autonomy must be earned by 1 to 1000 approvals in a row.'),
      ('autonomy_edited_share_is_a_part', 'The share of edited messages that autonomy bears must be from 0 to 1: 0.1 is a tenth.'),
      ('autonomy_opt_out_share_is_a_part', 'The share of opt-outs that autonomy bears must be from 0 to 1: 0.02 is one in fifty.'),
      ('autonomy_sample_share_is_a_part', 'The share that still goes to a person must be from 0 (none) to 1 (all): 0.05 is one in twenty.'),
      ('drafting_budget_is_sensible', 'The drafting budget of a day must be from 0 (Claude is never asked) to 1000 US dollars.'),
      ('drafting_drafts_are_sensible', 'The drafts by Claude in a day must be from 0 (Claude is never asked) to 100000.'),
      (
        'moderation_language_is_supported',
        'The language of the moderation chat must be one of en (English), cs (Czech), uk (Ukrainian), ru (Russian) and bg (Bulgarian).'
      )
    ) as said (name, words)
  loop
    execute format('comment on constraint %I on core.settings is %L', sentence.name, sentence.words);
  end loop;
end
$$;

alter table core.settings enable row level security;
grant select on core.settings to authenticated;
