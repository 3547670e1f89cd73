-- Who approves a message: a person, or it goes out by itself when it passes every check. One row per automated scenario and language.
-- A planning asks, and a draft keeps what it was planned with: a switch is effective from the next planning.
create function campaigns.delivery_modes(p_club_id bigint, p_at timestamptz)
returns table (scenario text, language text, delivery_mode text, basis text)
language sql stable set search_path = '' rows 25 as $$
  -- What a person chose for the scenario holds, whatever it earned: to ask for approval is a choice, too.
  select
    pair.scenario,
    pair.language,
    case when settled.basis = 'earned' then 'notification' else coalesce(choice.delivery_mode, setting.delivery_mode) end,
    settled.basis
  from core.settings as setting
  cross join campaigns.scenario_languages() as pair
  left join campaigns.club_scenarios as choice
    on choice.club_id = p_club_id
    and choice.scenario = pair.scenario
  left join (
    select earned.scenario, earned.language
    from campaigns.autonomy(p_club_id, p_at) as earned
    -- Off for most clubs, and then not even looked at.
    where (select known.is_autonomy_on from core.settings as known where known.club_id = p_club_id)
      and earned.is_earned
  ) as autonomous
    on autonomous.scenario = pair.scenario
    and autonomous.language = pair.language
  cross join lateral (
    select case
      when choice.delivery_mode is not null then 'scenario'
      when setting.delivery_mode = 'moderation' and autonomous.scenario is not null then 'earned'
      else 'club'
    end as basis
  ) as settled
  where setting.club_id = p_club_id
$$;
comment on function campaigns.delivery_modes is
  'Per automated scenario and language: moderation or notification from this instant on, and whose choice that is: the scenario''s own (a person''s), earned, or the club''s.';

create function campaigns.is_sample(p_club_id bigint, p_scenario text, p_client_id bigint, p_occasion text, p_share numeric)
returns boolean
language sql immutable set search_path = '' as $$
  -- A stable hash, spread evenly over 0..1 and independent of the control group's: planned again, it is the same.
  select ('x' || left(md5(concat(
    'sample/', p_club_id, '/', p_scenario, '/', p_client_id, '/', p_occasion
  )), 8))::bit(32)::bigint / 4294967296.0 < p_share
$$;
comment on function campaigns.is_sample is 'Whether a message still goes to a person where its scenario earned to go out by itself.';
grant execute on function campaigns.delivery_modes, campaigns.is_sample to authenticated;
