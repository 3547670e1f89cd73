-- The mirroring of Meta's list. What changed between two mirrorings stops a template just as a webhook would have.
create function campaigns.mirror_templates(p_club_id bigint, p_templates jsonb, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  mirrored bigint;
begin
  insert into campaigns.templates as known (
    club_id, name, language, scenario, category, correct_category, status, body, footer, parameters, components, quality,
    rejected_reason, synced_at
  )
  select
    p_club_id,
    given.name,
    given.language,
    (
      select scenario.code
      from campaigns.scenarios as scenario
      where scenario.is_automated
        and scenario.code = substring(given.name from '^(.+)_v[0-9]+$')
    ),
    given.category,
    given.correct_category,
    given.status,
    given.body,
    given.footer,
    array(select jsonb_array_elements_text(given.parameters)),
    given.components,
    given.quality,
    given.rejected_reason,
    p_now
  from jsonb_to_recordset(p_templates) as given (
    name text, language text, category text, correct_category text, status text, body text, footer text, parameters jsonb,
    components jsonb, quality text, rejected_reason text
  )
  on conflict (club_id, name, language) do update set
    scenario = excluded.scenario,
    category = excluded.category,
    -- A list without the field does not take back what a webhook announced.
    correct_category = coalesce(
      excluded.correct_category, case when excluded.category = known.category then known.correct_category end
    ),
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
