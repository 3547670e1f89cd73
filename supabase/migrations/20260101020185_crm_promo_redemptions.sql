-- Who redeemed a promo code, when, and what it took off. Written only through crm.redeem_promo_code.
-- One row per use; the usage limit holds under concurrency, because a redemption locks its code.
create table crm.promo_redemptions (
  club_id bigint not null references core.clubs on delete cascade,
  redemption_id uuid not null,
  promo_code_id bigint not null,
  client_id bigint,
  amount_minor bigint check (amount_minor >= 0),
  redeemed_at timestamptz not null,
  redeemed_by text not null,
  primary key (club_id, redemption_id),
  foreign key (club_id, promo_code_id) references crm.promo_codes (club_id, promo_code_id) on delete cascade,
  -- Who is erased leaves an anonymous redemption: the code was used all the same.
  foreign key (club_id, client_id) references crm.clients (club_id, client_id) on delete set null (client_id)
);
create index promo_redemptions_by_code on crm.promo_redemptions (club_id, promo_code_id);
create index promo_redemptions_by_client on crm.promo_redemptions (club_id, client_id) where client_id is not null;
comment on table crm.promo_redemptions is 'One row per use of a promo code.';
comment on column crm.promo_redemptions.redemption_id is 'Given by whoever redeems, once per intent: a double tap is one redemption.';
comment on column crm.promo_redemptions.amount_minor is 'The discount given, in minor units of the club''s currency; null when nobody said.';

alter table crm.promo_redemptions enable row level security;
grant select on crm.promo_redemptions to authenticated;
create policy "operators read the redemptions of their clubs" on crm.promo_redemptions
  for select to authenticated using (club_id in (select core.my_clubs()));

create function crm.refuse_promo_code(p_promo_code crm.promo_codes, p_status text) returns void
language plpgsql set search_path = '' as $$
begin
  case p_status
    when 'active' then
      return;
    when 'disabled' then
      raise exception 'The promo code % is disabled: offer another one.', p_promo_code.code using errcode = 'PCDIS';
    when 'expired' then
      raise exception 'The promo code % was valid until %: offer one that still is.', p_promo_code.code, p_promo_code.valid_until
        using errcode = 'PCEXP';
    when 'used_up' then
      raise exception 'The promo code % is used up after % redemptions: offer another one.', p_promo_code.code,
        p_promo_code.usage_limit using errcode = 'PCUSE';
    when 'scheduled' then
      raise exception 'The promo code % is valid from %: redeem it from that day on.', p_promo_code.code, p_promo_code.valid_from
        using errcode = 'PCSCH';
  end case;
end
$$;
comment on function crm.refuse_promo_code is
  'Fails with a sentence and a code of its own (PCDIS, PCEXP, PCUSE, PCSCH) for every status but active.';

create function crm.redeem_promo_code(
  p_club_id bigint, p_code text, p_redemption_id uuid, p_client_id bigint, p_amount_minor bigint, p_actor text,
  p_now timestamptz
) returns jsonb
language plpgsql set search_path = '' as $$
declare
  promo_code crm.promo_codes;
  redemption crm.promo_redemptions;
begin
  if p_redemption_id is null then
    raise exception 'A redemption needs an id of its own: send a new uuid, and the same one again when you repeat the call.'
      using errcode = 'check_violation';
  end if;
  if p_amount_minor < 0 then
    raise exception 'The discount given is 0 or more: leave it empty when it is not known.' using errcode = 'check_violation';
  end if;

  -- Everybody who redeems this code waits here, so the count below is the count of all who came before.
  select known.* into promo_code
  from crm.promo_codes as known
  where known.club_id = p_club_id and known.code = crm.read_promo_code(p_code)
  for update;
  if not found then
    raise exception 'The club has no promo code "%": check its spelling in the list of promo codes.', p_code
      using errcode = 'PCUNK';
  end if;

  select known.* into redemption
  from crm.promo_redemptions as known
  where known.club_id = p_club_id and known.redemption_id = p_redemption_id;
  if not found then
    perform crm.refuse_promo_code(promo_code, crm.promo_code_status(
      promo_code,
      (
        select count(*) from crm.promo_redemptions as known
        where known.club_id = p_club_id and known.promo_code_id = promo_code.promo_code_id
      ),
      core.local_date(p_club_id, p_now)
    ));
    if p_client_id is not null and not exists (
      select from crm.clients as client
      where client.club_id = p_club_id and client.client_id = p_client_id and client.deleted_at is null
    ) then
      raise exception 'The club has no client %: choose one from its list, or redeem without a client.', p_client_id
        using errcode = 'foreign_key_violation';
    end if;
    insert into crm.promo_redemptions as known (
      club_id, redemption_id, promo_code_id, client_id, amount_minor, redeemed_at, redeemed_by
    )
    values (p_club_id, p_redemption_id, promo_code.promo_code_id, p_client_id, p_amount_minor, p_now, p_actor)
    on conflict (club_id, redemption_id) do nothing
    returning known.* into redemption;
  end if;

  -- Nothing came back when another code took the id in the same moment. A repeated call is one for the same thing.
  if (redemption.promo_code_id, redemption.client_id, redemption.amount_minor)
    is distinct from (promo_code.promo_code_id, p_client_id, p_amount_minor) then
    raise exception 'The redemption % was recorded for something else: send a new uuid for a new redemption.', p_redemption_id
      using errcode = 'PCRED';
  end if;
  return jsonb_build_object(
    'redemption_id', redemption.redemption_id,
    'promo_code_id', promo_code.promo_code_id,
    'code', promo_code.code,
    'title', promo_code.title,
    'discount_percent', promo_code.discount_percent,
    'discount_minor', promo_code.discount_minor,
    'client_id', redemption.client_id,
    'amount_minor', redemption.amount_minor,
    'redeemed_at', redemption.redeemed_at,
    'redeemed_by', redemption.redeemed_by
  );
end
$$;
comment on function crm.redeem_promo_code is
  'Redeems an active promo code once per redemption id; the same call again returns the first result. Fails with PCUNK, PCDIS, PCEXP, PCUSE, PCSCH, or PCRED when the id was used for something else.';
