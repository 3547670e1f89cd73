-- Mirror of the WhatsApp templates. The scenario is the name up to its last '_v<number>'.
-- Only a usable one is sent: approved by Meta, and not stopped. What stops one is said in a sentence; the trigger in the next file
-- decides it whenever a row changes, whoever changed it: the hourly mirroring, a webhook, an error while sending.
create table campaigns.templates (
  club_id bigint not null references core.clubs on delete cascade,
  name text not null check (name ~ '^[a-z0-9_]+$' and length(name) <= 512),
  language text not null,
  scenario text references campaigns.scenarios (code),
  category text not null,
  previous_category text,
  correct_category text,
  accepted_category text not null,
  status text not null,
  body text not null,
  footer text,
  parameters text[] not null default '{}',
  components jsonb not null,
  quality text,
  rejected_reason text,
  stopped_for text[] not null default '{}' check (stopped_for <@ array['status', 'category', 'quality']),
  stopped_reason text,
  stopped_at timestamptz,
  synced_at timestamptz not null,
  primary key (club_id, name, language),
  check ((stopped_at is null) = (stopped_reason is null) and (stopped_at is null) = (stopped_for = '{}'))
);
create index templates_by_scenario on campaigns.templates (club_id, scenario, language) where status = 'APPROVED';
comment on table campaigns.templates is 'One row per template and language, as Meta last showed it.';
comment on column campaigns.templates.previous_category is 'What Meta had it in before it moved it; null when it never did.';
comment on column campaigns.templates.correct_category is 'Where Meta says it belongs, when it is about to move it; null or the category when it is not.';
comment on column campaigns.templates.accepted_category is 'The category it was taken in, or in which an operator took it up again.';
comment on column campaigns.templates.stopped_for is 'What stops it: Meta''s status, a category nobody accepted, or a quality that dropped to RED.';

alter table campaigns.templates enable row level security;
grant select on campaigns.templates to authenticated;
create policy "operators read the templates of their clubs" on campaigns.templates
  for select to authenticated using (club_id in (select core.my_clubs()));

create function campaigns.is_usable(p_template campaigns.templates) returns boolean
language sql immutable set search_path = '' as $$
  select p_template.status = 'APPROVED' and p_template.stopped_at is null
$$;
comment on function campaigns.is_usable is 'Whether messages may go out in a template: Meta approved it, and nothing stops it.';

-- What we can fill: anything else in a template makes it unusable for a scenario or campaign.
-- Asked for each way a message can go: planning makes a new plan for its own query, not for every step of these.
create function campaigns.can_fill(p_parameters text[], p_variables jsonb default null, p_language text default null) returns boolean
language plpgsql stable set search_path = '' set plan_cache_mode = 'auto' as $$
declare
  parameter text;
begin
  foreach parameter in array p_parameters loop
    if parameter in ('message', 'club') then
      continue;
    end if;
    if parameter not in ('first_name', 'visits_total', 'days_since_last_visit', 'milestone') then
      return false;
    end if;
    if p_variables is null then
      continue;
    end if;
    -- A template greets: a name whose address form in its language is not certain is none.
    if parameter = 'first_name' and campaigns.address_of(p_variables ->> 'first_name', p_language) is null
      or p_variables ->> parameter is null
    then
      return false;
    end if;
  end loop;
  return true;
end
$$;
comment on function campaigns.can_fill is
  'Whether every parameter of a template in a language is one we can fill from these variables; without variables: whether there could be a client for whom we can.';

create function campaigns.can_campaign_fill(p_parameters text[], p_variables jsonb default null, p_language text default null) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  -- A milestone is an occasion of its own, never a campaign's.
  return not p_parameters @> array['milestone'] and campaigns.can_fill(p_parameters, p_variables, p_language);
end
$$;
comment on function campaigns.can_campaign_fill is 'As campaigns.can_fill, for the template of a one-off campaign.';

-- A name that can be said in one language may have no certain form in another: what takes a name depends on the template.
create function campaigns.names_said(p_club_id bigint, p_first_names text[]) returns table (first_name text, languages text[])
language plpgsql stable set search_path = '' set plan_cache_mode = 'auto' rows 1000 as $$
declare
  asked text[] := array(
    select distinct split_part(template.language, '_', 1)
    from campaigns.templates as template
    where template.club_id = p_club_id
      and template.parameters @> array['first_name']
      and campaigns.is_usable(template)
    order by 1
  );
begin
  -- Most clubs have no template that asks for a name.
  if cardinality(asked) = 0 then
    return;
  end if;
  return query
    select given.name, array_agg(spoken.language order by spoken.language)
    from (select distinct entry.name from unnest(p_first_names) as entry (name)) as given
    cross join unnest(asked) as spoken (language)
    where campaigns.address_of(given.name, spoken.language) is not null
    group by given.name;
end
$$;
comment on function campaigns.names_said is
  'In which of the languages of a club''s usable templates with a first name each of these names can be said; no row: in none.';
grant execute on function campaigns.is_usable, campaigns.can_fill, campaigns.can_campaign_fill, campaigns.names_said to authenticated;
