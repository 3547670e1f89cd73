-- What crm-sync calls to read the cards of touched clients, with the service key only: thin doors to crm.card_checks.
create function api.due_card_checks(p_club_id bigint, p_limit integer, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'client_id', due.client_id,
    'client_external_id', due.client_external_id,
    'phone', due.phone,
    'is_shared', due.is_shared
  ) order by due.place), '[]')
  from crm.due_card_checks(p_club_id, p_limit, p_now)
    with ordinality as due (client_id, client_external_id, phone, is_shared, place)
$$;
comment on function api.due_card_checks is 'The phones whose cards are to be read now, the longest waiting first.';

create function api.apply_cards(p_club_id bigint, p_phone text, p_rows jsonb, p_quarantined jsonb, p_asked_at timestamptz) returns bigint
language sql set search_path = '' as $$ select crm.apply_cards(p_club_id, p_phone, p_rows, p_quarantined, p_asked_at) $$;
comment on function api.apply_cards is 'Applies the cards of a phone and settles its checks; how many cards changed.';

create function api.put_off_card_checks(p_club_id bigint, p_until timestamptz) returns void
language sql set search_path = '' as $$ select crm.put_off_card_checks(p_club_id, p_until) $$;
comment on function api.put_off_card_checks is 'Keeps all checks of a club for later.';

revoke all on function api.due_card_checks, api.apply_cards, api.put_off_card_checks from public, anon, authenticated;
grant execute on function api.due_card_checks, api.apply_cards, api.put_off_card_checks to service_role;
