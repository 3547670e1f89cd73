-- Security definer: nobody signed in may write tables; this door checks who knocks and lets one decision through.
create function api.decide_draft(p_club_id bigint, p_draft_id uuid, p_version integer, p_decision text, p_reason text default null)
returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  role text := core.my_role(p_club_id);
begin
  if role is null or role not in ('owner', 'operator', 'moderator') then
    raise exception 'Only an owner, operator or moderator of the club may decide about its messages.'
      using errcode = 'insufficient_privilege';
  end if;
  return outbox.decide_draft(p_club_id, p_draft_id, p_version, p_decision, 'operator:' || auth.uid(), p_reason, now());
end
$$;
comment on function api.decide_draft is
  'Approves or rejects one version of a draft as the signed-in person, with what follows: an approved one is queued, and whoever is rejected as never_this_person is suppressed. {outcome, status, reason}.';
revoke all on function api.decide_draft from public, anon;
grant execute on function api.decide_draft to authenticated;
