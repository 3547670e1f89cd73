-- Whom one-off campaigns are for on a day: one row per campaign and client, before any check.
-- The clients are placed in their segments once, whatever the number of campaigns.
create function campaigns.audience_of(p_club_id bigint, p_as_of date, p_campaign_ids bigint[])
returns table (
  campaign_id bigint, client_id bigint, days_since_last_visit integer, visits_total integer, why text, segment text, ltv_minor bigint
)
language plpgsql stable set search_path = '' set enable_memoize = 'off' rows 10000 as $$
begin
  -- Most days there is none to ask for.
  if cardinality(p_campaign_ids) = 0 then
    return;
  end if;

  return query execute format(
    $query$
      with asked as materialized (
        select campaign.*
        from campaigns.campaigns as campaign
        where campaign.club_id = $2
          and campaign.campaign_id = any ($3)
      ),
      placed as (%s)
      select
        asked.campaign_id,
        placed.client_id,
        placed.days_since_last_visit,
        placed.visits_total,
        concat_ws(
          ', ',
          coalesce('in ' || definition.name, 'in no segment'),
          case when placed.days_since_last_visit is null then 'never visited' else 'last visit ' || placed.last_visit_ago end,
          case when asked.tags is not null then 'tagged ' || (
            select string_agg('“' || tag.name || '”', ', ' order by tag.name)
            from unnest(crm.tags(client.raw)) as tag (name)
            where tag.name = any (asked.tags)
          ) end
        ),
        placed.segment,
        placed.ltv_minor
      from placed
      join crm.clients as client
        on client.club_id = $2
        and client.client_id = placed.client_id
      join asked
        on (asked.segment is null or asked.segment = coalesce(placed.segment, 'unsegmented'))
        and (asked.languages is null or client.language = any (asked.languages))
        -- Who never visited has no last visit to be so many days ago.
        and (asked.last_visit_from_days is null or placed.days_since_last_visit >= asked.last_visit_from_days)
        and (asked.last_visit_until_days is null or placed.days_since_last_visit <= asked.last_visit_until_days)
        and (asked.tags is null or crm.tags(client.raw) && asked.tags)
      left join segments.definitions as definition on definition.code = placed.segment
    $query$,
    segments.query(
      p_club_id, p_as_of,
      'client.client_id, client.days_since_last_visit, client.last_visit_ago, client.visits_total, client.ltv_minor, placed.segment',
      segments.source_on(p_club_id, p_as_of, false),
      p_is_fenced => true
    )
  ) using null::bigint[], p_club_id, p_campaign_ids;
end
$$;
comment on function campaigns.audience_of is 'Whom these campaigns are for on a day, whatever their state, with why in words.';

create function campaigns.audience(p_club_id bigint, p_as_of date, p_campaign_id bigint)
returns table (
  client_id bigint, days_since_last_visit integer, visits_total integer, why text, segment text, ltv_minor bigint
)
language sql stable set search_path = '' rows 10000 as $$
  select
    member.client_id, member.days_since_last_visit, member.visits_total, member.why, member.segment, member.ltv_minor
  from campaigns.audience_of(p_club_id, p_as_of, array[p_campaign_id]) as member
$$;
comment on function campaigns.audience is 'Whom a campaign is for on a day, whatever its state, with why in words.';

create function campaigns.audiences(p_club_id bigint, p_as_of date)
returns table (
  campaign_id bigint, client_id bigint, days_since_last_visit integer, visits_total integer, why text, segment text, ltv_minor bigint
)
language sql stable set search_path = '' rows 10000 as $$
  select member.*
  from campaigns.audience_of(
    p_club_id, p_as_of,
    array(
      select campaign.campaign_id
      from campaigns.campaigns as campaign
      where campaign.club_id = p_club_id
        and campaign.status = 'running'
        and p_as_of between campaign.starts_date and campaign.ends_date
    )
  ) as member
$$;
comment on function campaigns.audiences is 'Whom the campaigns that are running on a day are for, with why in words.';
grant execute on function campaigns.audience_of, campaigns.audience, campaigns.audiences to authenticated;
