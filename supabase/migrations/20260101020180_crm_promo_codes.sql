-- Promo codes are ours: the booking platform has none. What a code takes off, and when and how often it holds.
-- One row per code; written only through the functions here, and never changed but for being disabled.
create table crm.promo_codes (
  club_id bigint not null references core.clubs on delete cascade,
  promo_code_id bigint generated always as identity,
  code text not null constraint code_is_upper_case_without_blanks check (code = upper(code) and code !~ '\s' and code <> ''),
  title text not null check (btrim(title) <> ''),
  discount_percent numeric check (discount_percent > 0 and discount_percent <= 100),
  discount_minor bigint check (discount_minor > 0),
  valid_from date not null,
  valid_until date,
  usage_limit integer check (usage_limit > 0),
  disabled_at timestamptz,
  disabled_by text,
  provider_link_kind text check (provider_link_kind in ('loyalty_programme', 'loyalty_card', 'certificate')),
  provider_link_external_id text check (btrim(provider_link_external_id) <> ''),
  created_at timestamptz not null,
  created_by text not null,
  primary key (club_id, promo_code_id),
  unique (club_id, code),
  constraint discount_is_a_share_or_an_amount check (num_nonnulls(discount_percent, discount_minor) = 1),
  constraint validity_ends_after_it_begins check (valid_until >= valid_from),
  constraint disabling_has_an_actor check (num_nonnulls(disabled_at, disabled_by) in (0, 2)),
  constraint provider_link_is_whole check (num_nonnulls(provider_link_kind, provider_link_external_id) in (0, 2))
);
comment on table crm.promo_codes is 'One row per promo code of a club; never changed but for being disabled.';
comment on column crm.promo_codes.code is 'Upper case, so that one code in two spellings is one code.';
comment on column crm.promo_codes.discount_minor is 'Off the price, in minor units of the club''s currency; null when the discount is a share.';
comment on column crm.promo_codes.valid_until is 'The last local date of the club on which it holds; null: no end.';
comment on column crm.promo_codes.usage_limit is 'Redemptions in all, by whomever; null: any number.';
comment on column crm.promo_codes.provider_link_external_id is 'The loyalty programme, card or certificate of the booking platform that it stands for.';

alter table crm.promo_codes enable row level security;
grant select on crm.promo_codes to authenticated;
create policy "operators read the promo codes of their clubs" on crm.promo_codes
  for select to authenticated using (club_id in (select core.my_clubs()));

create function crm.promo_code_status(p_promo_code crm.promo_codes, p_redemptions bigint, p_as_of date) returns text
language sql immutable set search_path = '' as $$
  -- The first that holds. Whoever redeems counts redemptions and sees the disabling as they are now, whatever the clocks of two
  -- workers say; so only validity is asked of a day.
  select case
    when p_promo_code.disabled_at is not null then 'disabled'
    when p_as_of > p_promo_code.valid_until then 'expired'
    when p_redemptions >= p_promo_code.usage_limit then 'used_up'
    when p_as_of < p_promo_code.valid_from then 'scheduled'
    else 'active'
  end
$$;
comment on function crm.promo_code_status is
  'disabled, expired, used_up, scheduled or active: what a promo code with that many redemptions is on a local date of its club.';
grant execute on function crm.promo_code_status to authenticated;

create function crm.read_promo_code(p_code text) returns text
language sql immutable set search_path = '' as $$
  -- As people type it: in any case, with blanks around it from a paste, an accent as one character or as two.
  select upper(btrim(normalize(p_code, nfc), E' \t\r\n\u00a0'))
$$;
comment on function crm.read_promo_code is 'A promo code as it is kept: upper case, without blanks around it.';

create function crm.allow_promo_codes(p_club_id bigint) returns void
language plpgsql stable set search_path = '' as $$
begin
  if core.my_role(p_club_id) in ('owner', 'operator') then
    return;
  end if;
  raise exception 'Only an owner or operator of the club may create, disable or redeem its promo codes.'
    using errcode = 'insufficient_privilege';
end
$$;
comment on function crm.allow_promo_codes is 'Fails unless the signed-in person is an owner or operator of the club.';

create function crm.create_promo_code(
  p_club_id bigint, p_code text, p_title text, p_discount_percent numeric, p_discount_minor bigint, p_valid_from date,
  p_valid_until date, p_usage_limit integer, p_provider_link_kind text, p_provider_link_external_id text, p_actor text,
  p_now timestamptz
) returns bigint
language plpgsql set search_path = '' as $$
declare
  new_code text := crm.read_promo_code(p_code);
  today date := core.local_date(p_club_id, p_now);
  first_day date := coalesce(p_valid_from, today);
  new_id bigint;
  objection text := case
    when coalesce(new_code, '') = '' or new_code ~ '\s' then
      'A promo code is one word: give it letters or digits, without blanks inside.'
    when btrim(coalesce(p_title, '')) = '' then
      'A promo code needs a title: say what it is for.'
    when num_nonnulls(p_discount_percent, p_discount_minor) <> 1 then
      'A promo code takes off either a share or an amount: give the one or the other.'
    when not coalesce(p_discount_percent > 0 and p_discount_percent <= 100, true) then
      'A discount in percent is above 0 and at most 100.'
    when p_discount_minor <= 0 then
      'A discount as an amount is above 0.'
    when p_valid_until < first_day then
      'A promo code ends on the day it begins, or later: choose a later last day, or none.'
    when p_usage_limit <= 0 then
      'A usage limit is at least 1: leave it empty for any number of redemptions.'
    when num_nonnulls(p_provider_link_kind, nullif(btrim(p_provider_link_external_id), '')) = 1 then
      'A link to the booking platform needs both what it is and its id there: give both, or none.'
    when p_provider_link_kind not in ('loyalty_programme', 'loyalty_card', 'certificate') then
      'A promo code links to a loyalty_programme, a loyalty_card or a certificate: choose one of them.'
  end;
begin
  if today is null then
    raise exception 'There is no club %: see core.clubs for the ids.', p_club_id using errcode = 'foreign_key_violation';
  end if;
  if objection is not null then
    raise exception '%', objection using errcode = 'check_violation';
  end if;

  insert into crm.promo_codes as known (
    club_id, code, title, discount_percent, discount_minor, valid_from, valid_until, usage_limit, provider_link_kind,
    provider_link_external_id, created_at, created_by
  )
  values (
    p_club_id, new_code, btrim(p_title), p_discount_percent, p_discount_minor, first_day, p_valid_until, p_usage_limit,
    p_provider_link_kind, nullif(btrim(p_provider_link_external_id), ''), p_now, p_actor
  )
  on conflict (club_id, code) do nothing
  returning known.promo_code_id into new_id;
  if new_id is null then
    raise exception 'The promo code % exists already, though it may be over: choose another word.', new_code
      using errcode = 'unique_violation';
  end if;

  perform core.audit(
    p_club_id, p_actor, 'promo_code.created', 'promo_code:' || new_id,
    jsonb_strip_nulls(jsonb_build_object(
      'code', new_code, 'discount_percent', p_discount_percent, 'discount_minor', p_discount_minor, 'valid_from', first_day,
      'valid_until', p_valid_until, 'usage_limit', p_usage_limit
    )), p_now
  );
  return new_id;
end
$$;
comment on function crm.create_promo_code is
  'Creates a promo code, from today when no first day is given, and returns its id. Fails when the code exists in any case or a value makes no sense.';

create function crm.disable_promo_code(p_club_id bigint, p_promo_code_id bigint, p_actor text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  promo_code crm.promo_codes;
begin
  select known.* into promo_code
  from crm.promo_codes as known
  where known.club_id = p_club_id and known.promo_code_id = p_promo_code_id
  for update;
  if not found then
    raise exception 'The club has no promo code with the id %: look it up in the list of promo codes.', p_promo_code_id
      using errcode = 'no_data_found';
  end if;
  -- Disabled twice is disabled once, by the first.
  if promo_code.disabled_at is not null then
    return;
  end if;
  update crm.promo_codes as known
  set disabled_at = p_now, disabled_by = p_actor
  where known.club_id = p_club_id and known.promo_code_id = p_promo_code_id;
  perform core.audit(
    p_club_id, p_actor, 'promo_code.disabled', 'promo_code:' || p_promo_code_id,
    jsonb_build_object('code', promo_code.code), p_now
  );
end
$$;
comment on function crm.disable_promo_code is 'Ends a promo code for good. Fails for an unknown one; safe to repeat.';
