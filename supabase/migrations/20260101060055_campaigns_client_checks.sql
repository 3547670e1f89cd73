-- What stands between clients and a message, whatever the scenario: one row per client who is not deleted, on a day and at an instant.
-- A person is a phone (crm.persons): whoever shares one shares its opt-out, its cooldown and its cap; consent and bookings are
-- each client's own, and so is who is not to be woken.
create function campaigns.client_checks(p_club_id bigint, p_as_of date, p_at timestamptz, p_client_ids bigint[])
returns table (
  client_id bigint,
  phone text,
  language text,
  segment text,
  is_suppressed boolean,
  has_consent boolean,
  has_upcoming_booking boolean,
  is_do_not_wake boolean,
  is_cooling_down boolean,
  is_capped boolean
)
language sql stable set search_path = '' rows 100 as $$
  with setting as (
    select known.* from core.settings as known where known.club_id = p_club_id
  ),
  client as (
    select known.*
    from crm.clients as known
    where known.club_id = p_club_id
      and known.client_id = any (p_client_ids)
      and known.deleted_at is null
  ),
  decided as (
    select * from segments.decide(p_club_id, p_as_of, p_client_ids)
  ),
  flagged as (
    select * from segments.do_not_wake(p_club_id, p_as_of, p_client_ids)
  ),
  cooldown as (
    select standard.segment, coalesce(own.days, standard.days) as days
    from campaigns.cooldowns as standard
    left join campaigns.club_cooldowns as own
      on own.club_id = p_club_id and own.segment = standard.segment
  ),
  sharer as (
    -- Whoever is this person: the client too, and deleted ones, whose opt-out still holds.
    select client.client_id, client.client_id as sharer_id, client.is_excluded_from_mailings
    from client
    union all
    select client.client_id, other.client_id, other.is_excluded_from_mailings and other.deleted_at is null
    from client
    join crm.clients as other
      on other.club_id = p_club_id
      and other.phone = client.phone
      and other.client_id <> client.client_id
  ),
  person_contact as (
    -- The person's messages: to this phone, whoever had it then, and to whoever shares it now, whatever their phone was then.
    select client.client_id, contact.draft_id, contact.contacted_at, contact.contacted_date
    from client
    join campaigns.contacts as contact
      on contact.club_id = p_club_id
      and contact.phone = client.phone
    where contact.contacted_at <= p_at
    union
    select sharer.client_id, contact.draft_id, contact.contacted_at, contact.contacted_date
    from sharer
    join campaigns.contacts as contact
      on contact.club_id = p_club_id
      and contact.client_id = sharer.sharer_id
    where contact.contacted_at <= p_at
  ),
  contact as (
    select
      person_contact.client_id,
      max(person_contact.contacted_date) as last_contact_date,
      count(*) filter (where person_contact.contacted_at > p_at - interval '720 hours') as contacts_720h
    from person_contact
    group by person_contact.client_id
  ),
  person as (
    select
      sharer.client_id,
      array_agg(sharer.sharer_id) as client_ids,
      bool_or(sharer.is_excluded_from_mailings) as is_excluded_from_mailings
    from sharer
    group by sharer.client_id
  )
  select
    client.client_id,
    client.phone,
    client.language,
    decided.segment,
    -- One opt-out for the person, whichever of their clients said it.
    person.is_excluded_from_mailings
      or exists (
        select from campaigns.suppressions as suppression
        where suppression.club_id = p_club_id
          and (
            suppression.phone = client.phone
            or (suppression.cause <> 'unreachable' and person.client_ids && suppression.client_ids)
          )
          and suppression.suppressed_at <= p_at
          and (suppression.lifted_at > p_at) is not false
      ),
    setting.has_existing_customer_exception
      or exists (
        select from campaigns.consents as consent
        where consent.club_id = p_club_id
          and consent.client_id = client.client_id
          and consent.given_at <= p_at
          and (consent.withdrawn_at > p_at) is not false
      ),
    exists (
      select from crm.bookings as booking
      where booking.club_id = p_club_id
        and booking.client_id = client.client_id
        and not booking.is_deleted
        and booking.status <> 'cancelled'
        and booking.local_date > p_as_of
        and (booking.made_date <= p_as_of) is not false
    ),
    flagged.client_id is not null,
    (contact.last_contact_date > p_as_of - cooldown.days) is true,
    -- The cap, and never two messages on one day.
    coalesce(contact.contacts_720h, 0) >= setting.frequency_cap
      or (contact.last_contact_date >= p_as_of) is true
  from client
  join person on person.client_id = client.client_id
  cross join setting
  left join decided on decided.client_id = client.client_id
  left join flagged on flagged.client_id = client.client_id
  join cooldown on cooldown.segment = coalesce(decided.segment, 'unsegmented')
  left join contact on contact.client_id = client.client_id
$$;
comment on function campaigns.client_checks is
  'What stands between clients and a message, whatever the scenario, on a day and at an instant.';
grant execute on function campaigns.client_checks to authenticated;
