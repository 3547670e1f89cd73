-- Promo codes in the dashboard: every member of a club reads them; its owners and operators create, disable and redeem them.
create view api.promo_codes with (security_invoker = true) as
  -- One row per promo code, as it is today in its club's time zone.
  select
    promo_code.club_id,
    promo_code.promo_code_id,
    promo_code.code,
    promo_code.title,
    crm.promo_code_status(promo_code, use.redemptions, core.local_date(promo_code.club_id, now())) as status,
    promo_code.discount_percent,
    promo_code.discount_minor,
    promo_code.valid_from,
    promo_code.valid_until,
    promo_code.usage_limit,
    use.redemptions,
    promo_code.usage_limit - use.redemptions as redemptions_left,
    promo_code.provider_link_kind,
    promo_code.provider_link_external_id,
    promo_code.disabled_at,
    promo_code.disabled_by,
    promo_code.created_at,
    promo_code.created_by
  from crm.promo_codes as promo_code
  cross join lateral (
    select count(*) as redemptions
    from crm.promo_redemptions as redemption
    where redemption.club_id = promo_code.club_id
      and redemption.promo_code_id = promo_code.promo_code_id
  ) as use;
comment on view api.promo_codes is
  'One row per promo code: its status today, how often it was redeemed and how often it still may be (null: any number).';
grant select on api.promo_codes to authenticated, service_role;

-- Security definer, all three: nobody signed in may write tables; these doors check who knocks.
create function api.create_promo_code(
  p_club_id bigint,
  p_code text,
  p_title text,
  p_discount_percent numeric default null,
  p_discount_minor bigint default null,
  p_valid_from date default null,
  p_valid_until date default null,
  p_usage_limit integer default null,
  p_provider_link_kind text default null,
  p_provider_link_external_id text default null
) returns bigint
language plpgsql security definer set search_path = '' as $$
begin
  perform crm.allow_promo_codes(p_club_id);
  return crm.create_promo_code(
    p_club_id, p_code, p_title, p_discount_percent, p_discount_minor, p_valid_from, p_valid_until, p_usage_limit,
    p_provider_link_kind, p_provider_link_external_id, 'operator:' || auth.uid(), now()
  );
end
$$;
comment on function api.create_promo_code is
  'Creates a promo code as the signed-in person and returns its id; valid from today when no first day is given.';

create function api.disable_promo_code(p_club_id bigint, p_promo_code_id bigint) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform crm.allow_promo_codes(p_club_id);
  perform crm.disable_promo_code(p_club_id, p_promo_code_id, 'operator:' || auth.uid(), now());
end
$$;
comment on function api.disable_promo_code is 'Ends a promo code for good, as the signed-in person.';

create function api.redeem_promo_code(
  p_club_id bigint, p_code text, p_redemption_id uuid, p_client_id bigint default null, p_amount_minor bigint default null
) returns jsonb
language plpgsql security definer set search_path = '' as $$
begin
  perform crm.allow_promo_codes(p_club_id);
  return crm.redeem_promo_code(
    p_club_id, p_code, p_redemption_id, p_client_id, p_amount_minor, 'operator:' || auth.uid(), now()
  );
end
$$;
comment on function api.redeem_promo_code is
  'Redeems a promo code as the signed-in person, once per redemption id; what it takes off and what was recorded.';

revoke all on function api.create_promo_code, api.disable_promo_code, api.redeem_promo_code from public, anon;
grant execute on function api.create_promo_code, api.disable_promo_code, api.redeem_promo_code to authenticated;
