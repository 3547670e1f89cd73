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
create function campaigns.can_fill(p_parameters text[], p_variables jsonb default null) returns boolean
language sql immutable set search_path = '' as $$
  select p_parameters <@ (
    array['message', 'club']
    || array(
      select known.name
      from unnest(array['first_name', 'visits_total', 'days_since_last_visit', 'milestone']) as known (name)
      where p_variables is null or p_variables ->> known.name is not null
    )
  )
$$;
comment on function campaigns.can_fill is
  'Whether every parameter of a template is one we can fill from these variables; without variables: whether there could be a client for whom we can.';
grant execute on function campaigns.is_usable, campaigns.can_fill to authenticated;
