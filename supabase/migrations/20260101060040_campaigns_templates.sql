-- Mirror of the WhatsApp templates: only an approved one can be sent. The scenario is the name up to its first '_v'.
create table campaigns.templates (
  club_id bigint not null references core.clubs on delete cascade,
  name text not null check (name ~ '^[a-z0-9_]+$' and length(name) <= 512),
  language text not null,
  scenario text references campaigns.scenarios (code),
  category text not null,
  status text not null,
  body text not null,
  footer text,
  parameters text[] not null default '{}',
  components jsonb not null,
  quality text,
  rejected_reason text,
  synced_at timestamptz not null,
  primary key (club_id, name, language)
);
create index templates_by_scenario on campaigns.templates (club_id, scenario, language) where status = 'APPROVED';
comment on table campaigns.templates is 'One row per template and language, as Meta last showed it.';

alter table campaigns.templates enable row level security;
grant select on campaigns.templates to authenticated;
create policy "operators read the templates of their clubs" on campaigns.templates
  for select to authenticated using (club_id in (select core.my_clubs()));

-- What we can fill: anything else in a template makes it unusable for a scenario.
create function campaigns.can_fill(p_parameters text[]) returns boolean
language sql immutable set search_path = '' as $$
  select p_parameters <@ array['message', 'club']
$$;
comment on function campaigns.can_fill is 'Whether every parameter of a template is one we can fill.';

create function campaigns.template_for(p_club_id bigint, p_scenario text, p_language text)
returns campaigns.templates
language sql stable set search_path = '' as $$
  -- The client's language first, then the club's; the newest name of each.
  select template.*
  from campaigns.templates as template
  join core.clubs as club on club.club_id = template.club_id
  where template.club_id = p_club_id
    and template.scenario = p_scenario
    and template.status = 'APPROVED'
    and template.language in (p_language, club.default_language)
    and campaigns.can_fill(template.parameters)
  order by template.language = p_language desc, substring(template.name from '_v([0-9]+)$')::numeric desc
  limit 1
$$;
comment on function campaigns.template_for is
  'The approved template of a scenario in the client''s language, else in the club''s; null when there is none we can fill.';
grant execute on function campaigns.can_fill, campaigns.template_for to authenticated;

create function campaigns.mirror_templates(p_club_id bigint, p_templates jsonb, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  mirrored bigint;
begin
  insert into campaigns.templates as known (
    club_id, name, language, scenario, category, status, body, footer, parameters, components, quality, rejected_reason, synced_at
  )
  select
    p_club_id,
    given.name,
    given.language,
    (select scenario.code from campaigns.scenarios as scenario where given.name ~ ('^' || scenario.code || '_v[0-9]+$')),
    given.category,
    given.status,
    given.body,
    given.footer,
    array(select jsonb_array_elements_text(given.parameters)),
    given.components,
    given.quality,
    given.rejected_reason,
    p_now
  from jsonb_to_recordset(p_templates) as given (
    name text, language text, category text, status text, body text, footer text, parameters jsonb, components jsonb,
    quality text, rejected_reason text
  )
  on conflict (club_id, name, language) do update set
    scenario = excluded.scenario,
    category = excluded.category,
    status = excluded.status,
    body = excluded.body,
    footer = excluded.footer,
    parameters = excluded.parameters,
    components = excluded.components,
    quality = excluded.quality,
    rejected_reason = excluded.rejected_reason,
    synced_at = excluded.synced_at;
  get diagnostics mirrored = row_count;

  -- The list given is complete: what it no longer shows was deleted at Meta.
  update campaigns.templates as known
  set status = 'DELETED', synced_at = p_now
  where known.club_id = p_club_id
    and known.synced_at < p_now
    and known.status <> 'DELETED';
  return mirrored;
end
$$;
comment on function campaigns.mirror_templates is 'Mirrors the complete list of templates; those missing in it become DELETED. Returns how many were given.';
