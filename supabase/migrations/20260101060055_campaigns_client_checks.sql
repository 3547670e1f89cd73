-- What stands between clients and a message, whatever the scenario: one row per client who is not deleted, on a day and at an instant.
-- A person is a phone (crm.persons): whoever shares one shares its opt-out, its cooldown, its cap and its control group; consent and
-- bookings are each client's own, and so is who is not to be woken.
create function campaigns.cooldown_days(p_club_id bigint) returns table (segment text, days integer)
language sql stable set search_path = '' rows 9 as $$
  select standard.segment, coalesce(own.days, standard.days)
  from campaigns.cooldowns as standard
  left join campaigns.club_cooldowns as own
    on own.club_id = p_club_id and own.segment = standard.segment
$$;
comment on function campaigns.cooldown_days is 'A club''s cooldown of each segment, in days; ''unsegmented'' for all others.';
grant execute on function campaigns.cooldown_days to authenticated;

-- Planned anew for each call: for one client it walks indexes, for ten thousand it reads what there is once.
create function campaigns.client_checks(
  p_club_id bigint, p_as_of date, p_at timestamptz, p_client_ids bigint[], p_known_until timestamptz default null
)
returns table (
  client_id bigint,
  external_id text,
  first_name text,
  phone text,
  language text,
  person_external_id text,
  is_suppressed boolean,
  has_consent boolean,
  has_upcoming_booking boolean,
  is_do_not_wake boolean,
  is_in_conversation boolean,
  is_resting boolean,
  last_contact_date date,
  is_capped boolean
)
language plpgsql stable set search_path = '' set plan_cache_mode = 'force_custom_plan' rows 10000 as $$
declare
  -- What was said and sent up to here counts.
  known_until timestamptz := coalesce(p_known_until, p_at);
begin
  return query
    with setting as (
      select known.* from core.settings as known where known.club_id = p_club_id
    ),
    client as materialized (
      select known.client_id, known.external_id, known.first_name, known.phone, known.language, known.is_excluded_from_mailings
      from crm.clients as known
      where known.club_id = p_club_id
        and known.client_id = any (p_client_ids)
        and known.deleted_at is null
    ),
    sharer as materialized (
      -- Whoever else is this person: deleted ones too, whose opt-out still holds.
      select
        client.client_id,
        other.client_id as sharer_id,
        other.external_id,
        other.deleted_at is null as is_known,
        other.is_excluded_from_mailings and other.deleted_at is null as is_excluded_from_mailings
      from client
      join crm.clients as other
        on other.club_id = p_club_id
        and other.phone = client.phone
        and other.client_id <> client.client_id
    ),
    person as (
      select
        sharer.client_id,
        bool_or(sharer.is_excluded_from_mailings) as is_excluded_from_mailings,
        -- The client we have known longest, as crm.persons has it.
        min(sharer.sharer_id) filter (where sharer.is_known) as sharer_id,
        (array_agg(sharer.external_id order by sharer.sharer_id) filter (where sharer.is_known))[1] as external_id
      from sharer
      group by sharer.client_id
    ),
    suppression as materialized (
      select known.phone, known.cause, known.client_ids
      from campaigns.suppressions as known
      where known.club_id = p_club_id
        and known.suppressed_at <= known_until
        and (known.lifted_at > p_at) is not false
    ),
    -- One opt-out for the person, whichever of their clients said it, and on whichever phone.
    opted_out as (
      select distinct said.client_id
      from suppression
      cross join lateral unnest(suppression.client_ids) as said (client_id)
      where campaigns.is_own_word(suppression.cause)
    ),
    suppressed as (
      select client.client_id
      from client
      where client.phone in (select suppression.phone from suppression where suppression.phone is not null)
        or client.is_excluded_from_mailings
        or client.client_id in (select opted_out.client_id from opted_out)
      union
      select sharer.client_id
      from sharer
      where sharer.is_excluded_from_mailings
        or sharer.sharer_id in (select opted_out.client_id from opted_out)
    ),
    allowed as (
      select based.client_id from campaigns.bases(p_club_id, p_at, p_client_ids, known_until) as based
    ),
    expected as (
      -- Who will come: has a booking for a later day that was known on this one.
      select distinct booking.client_id
      from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.client_id = any (p_client_ids)
        and not booking.is_deleted
        and booking.status <> 'cancelled'
        and booking.local_date > p_as_of
        and (booking.made_date <= p_as_of) is not false
    ),
    person_contact as (
      -- The person's messages: to this phone, whoever had it then, and to whoever shares it now, whatever their phone was then.
      select client.client_id, contact.draft_id, contact.contacted_at, contact.contacted_date
      from client
      join campaigns.contacts as contact
        on contact.club_id = p_club_id
        and contact.phone = client.phone
      where contact.contacted_at <= known_until
      union
      select mine.client_id, contact.draft_id, contact.contacted_at, contact.contacted_date
      from (
        select client.client_id, client.client_id as sharer_id from client
        union all
        select sharer.client_id, sharer.sharer_id from sharer
      ) as mine
      join campaigns.contacts as contact
        on contact.club_id = p_club_id
        and contact.client_id = mine.sharer_id
      where contact.contacted_at <= known_until
    ),
    -- Who writes with the club, on this phone or as any client who is this person.
    conversing as (
      select client.client_id
      from client
      join campaigns.conversations as conversation
        on conversation.club_id = p_club_id
        and (
          conversation.phone = client.phone
          or conversation.client_id = client.client_id
          or conversation.client_id in (select sharer.sharer_id from sharer where sharer.client_id = client.client_id)
        )
      where conversation.opened_at <= known_until
        and (conversation.closed_at <= p_at) is not true
    ),
    resting as (
      select known.phone
      from campaigns.rests as known
      where known.club_id = p_club_id
        and known.noted_at <= known_until
        and known.rests_until > p_at
    ),
    contacted as (
      select
        person_contact.client_id,
        max(person_contact.contacted_date) as last_contact_date,
        count(*) filter (where person_contact.contacted_at > p_at - interval '720 hours') as contacts_720h
      from person_contact
      group by person_contact.client_id
    ),
    flagged as (
      select known.client_id from segments.do_not_wake(p_club_id, p_as_of, p_client_ids) as known
    )
    select
      client.client_id,
      client.external_id,
      client.first_name,
      client.phone,
      client.language,
      case when person.sharer_id < client.client_id then person.external_id else client.external_id end,
      suppressed.client_id is not null,
      allowed.client_id is not null,
      expected.client_id is not null,
      flagged.client_id is not null,
      client.client_id in (select conversing.client_id from conversing),
      (client.phone in (select resting.phone from resting)) is true,
      contacted.last_contact_date,
      -- The cap, and never two messages on one day.
      coalesce(contacted.contacts_720h, 0) >= setting.frequency_cap
        or (contacted.last_contact_date >= p_as_of) is true
    from client
    cross join setting
    left join person on person.client_id = client.client_id
    left join suppressed on suppressed.client_id = client.client_id
    left join allowed on allowed.client_id = client.client_id
    left join expected on expected.client_id = client.client_id
    left join flagged on flagged.client_id = client.client_id
    left join contacted on contacted.client_id = client.client_id;
end
$$;
comment on function campaigns.client_checks is
  'What stands between clients and a message, whatever the scenario, on a day and at an instant; opt-outs and messages count up to p_known_until (p_at).';
grant execute on function campaigns.client_checks to authenticated;
