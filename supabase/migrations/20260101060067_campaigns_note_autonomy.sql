-- When a scenario earned its autonomy in a language and when it lost it: one row per change, never changed.
-- The first row of a pair is one of earning it; without a row it never was.
create table campaigns.autonomy_changes (
  club_id bigint not null references core.clubs on delete cascade,
  autonomy_change_id bigint generated always as identity,
  scenario text not null references campaigns.scenarios (code),
  language text not null check (language in ('cs', 'uk', 'ru', 'en', 'bg')),
  changed_at timestamptz not null,
  is_earned boolean not null,
  why text not null,
  primary key (club_id, autonomy_change_id)
);
create index autonomy_changes_by_scenario on campaigns.autonomy_changes (club_id, scenario, language, autonomy_change_id);
comment on table campaigns.autonomy_changes is 'One row per gain or loss of a scenario''s autonomy in a language, as noticed by a planning, and why.';

alter table campaigns.autonomy_changes enable row level security;
grant select on campaigns.autonomy_changes to authenticated;
create policy "operators read the autonomy of their clubs" on campaigns.autonomy_changes
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.standing_autonomy(p_club_id bigint)
returns table (scenario text, language text, is_earned boolean, changed_at timestamptz, why text)
language sql stable set search_path = '' rows 25 as $$
  select distinct on (known.scenario, known.language)
    known.scenario, known.language, known.is_earned, known.changed_at, known.why
  from campaigns.autonomy_changes as known
  where known.club_id = p_club_id
  order by known.scenario, known.language, known.autonomy_change_id desc
$$;
comment on function campaigns.standing_autonomy is 'The last change of autonomy of each scenario and language that ever had it.';
grant execute on function campaigns.standing_autonomy to authenticated;

create function campaigns.note_autonomy(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  change campaigns.autonomy_changes;
  noted bigint := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('campaigns.note_autonomy', p_club_id));
  -- Most clubs never switched it on: nothing to look at.
  if not exists (select from core.settings as setting where setting.club_id = p_club_id and setting.is_autonomy_on)
    and not exists (select from campaigns.standing_autonomy(p_club_id) as standing where standing.is_earned)
  then
    return 0;
  end if;

  for change in
    insert into campaigns.autonomy_changes (club_id, scenario, language, changed_at, is_earned, why)
    select p_club_id, current.scenario, current.language, p_now, current.is_earned, current.why
    from campaigns.autonomy(p_club_id, p_now) as current
    left join campaigns.standing_autonomy(p_club_id) as standing
      on standing.scenario = current.scenario
      and standing.language = current.language
    where current.is_earned <> coalesce(standing.is_earned, false)
    order by current.scenario, current.language
    returning *
  loop
    perform core.audit(
      p_club_id, 'system:planning', case when change.is_earned then 'autonomy.earned' else 'autonomy.lost' end,
      format('scenario:%s/%s', change.scenario, change.language), jsonb_build_object('why', change.why), p_now
    );
    noted := noted + 1;
  end loop;
  return noted;
end
$$;
comment on function campaigns.note_autonomy is 'Keeps and audits which scenarios and languages earned or lost their autonomy since it was last asked; returns how many.';
