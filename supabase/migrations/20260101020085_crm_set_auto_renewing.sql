-- An operator's choice whether a kind of membership renews itself: never overwritten by a guess.
create function crm.set_auto_renewing(p_club_id bigint, p_external_id text, p_is_auto_renewing boolean) returns void
language plpgsql set search_path = '' as $$
begin
  if p_is_auto_renewing is null then
    raise exception 'Whether membership type % renews itself must be true or false.', p_external_id using errcode = 'check_violation';
  end if;

  update crm.membership_types as type
  set is_auto_renewing = p_is_auto_renewing,
      auto_renewing_source = 'operator'
  where type.club_id = p_club_id
    and type.external_id = p_external_id;

  if not found then
    raise exception 'Club % has no membership type %: sync the membership types first, or check the id.', p_club_id, p_external_id
      using errcode = 'no_data_found';
  end if;
end
$$;
comment on function crm.set_auto_renewing is
  'Sets by an operator''s choice whether a membership type renews itself. Fails for an unknown type.';
