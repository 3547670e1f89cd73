-- An unclear wish, decided by a person of the club: an opt-out, or an ordinary answer.
-- As an opt-out it is the member's own word, said in a reply, and goes the way of every other one.
create function outbox.settle_wish(
  p_club_id bigint, p_conversation_id bigint, p_is_opt_out boolean, p_actor text, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
declare
  wish campaigns.conversations;
begin
  select known.* into wish
  from campaigns.conversations as known
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
    and known.kind = 'unclear_wish'
    and known.closed_at is null;
  if not found then
    raise exception 'Nothing is left to decide here: somebody has, or the conversation is closed. Load the page again.'
      using errcode = 'no_data_found';
  end if;
  if p_is_opt_out then
    -- Queue before conversation, as whoever hears a STOP locks them.
    perform outbox.withdraw(p_club_id, wish.phone, 'stop_word', p_actor, p_now, null, wish.client_id, 'said in a reply');
    return;
  end if;
  update campaigns.conversations as known
  set kind = 'reply'
  where known.club_id = p_club_id
    and known.conversation_id = p_conversation_id
    and known.closed_at is null;
  perform core.audit(p_club_id, p_actor, 'wish.declined', 'client:' || wish.client_id, '{}', p_now);
end
$$;
comment on function outbox.settle_wish is
  'Decides an unclear wish: an opt-out withdraws the member and closes the conversation; otherwise it stays open as an ordinary answer.';
