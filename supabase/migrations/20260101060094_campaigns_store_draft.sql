-- From planned to pending: the words of a claimed draft come back, are checked once more, and wait for a person or go on.
-- Only the lease that asked for them may bring them; what they cost counts whoever brings them.
create function campaigns.store_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_message text, p_source text, p_author text, p_usage jsonb,
  p_now timestamptz
) returns text
language plpgsql set search_path = '' as $$
declare
  draft campaigns.drafts;
  obstacle text;
  goes_by_itself boolean;
begin
  perform campaigns.settle_charge(p_club_id, p_lease_token, p_usage, p_now);
  select known.* into draft
  from campaigns.drafts as known
  where known.club_id = p_club_id and known.draft_id = p_draft_id
  for update;

  -- Another worker took over after our lease: its words count, ours do not.
  if draft.status is distinct from 'planned' or draft.lease_token is distinct from p_lease_token then
    return coalesce(draft.status, 'unknown');
  end if;

  begin
    perform campaigns.write_version(p_club_id, p_draft_id, p_message, p_source, p_author, p_usage, p_now);
  exception
    -- Where not even the static line fits, or the template mentions what is not known any more, there is nothing to fall back to.
    when string_data_right_truncation or check_violation then
      if p_source <> 'static' then
        raise;
      end if;
      perform campaigns.skip_drafts(
        p_club_id, array[p_draft_id], case sqlstate when '22001' then 'too_long' else 'no_template' end, 'system:drafting', p_now
      );
      return 'cancelled';
  end;
  update campaigns.drafts as known
  set status = 'drafted', lease_token = null, leased_until = null
  where known.club_id = p_club_id and known.draft_id = p_draft_id;

  obstacle := campaigns.recheck(p_club_id, p_draft_id, p_now);
  if obstacle is not null then
    perform campaigns.skip_drafts(p_club_id, array[p_draft_id], obstacle, 'system:drafting', p_now);
    return 'cancelled';
  end if;

  -- A message that goes out by itself has passed every check: one with a warning waits for a person.
  goes_by_itself := draft.delivery_mode = 'notification' and coalesce(jsonb_array_length(p_usage -> 'warnings'), 0) = 0;
  update campaigns.drafts as known
  set status = case when goes_by_itself then 'approved' else 'pending' end,
      decided_by = case when goes_by_itself then 'system:notification' end,
      decided_at = case when goes_by_itself then p_now end
  where known.club_id = p_club_id and known.draft_id = p_draft_id
  returning known.status into draft.status;
  return draft.status;
end
$$;
comment on function campaigns.store_draft is
  'Stores the first wording of a claimed draft and moves it on: pending, in notification mode approved unless something about it is to be looked at, or cancelled when a check fails by now.';

create function campaigns.expire_drafts(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  expired bigint;
begin
  update campaigns.drafts as draft
  set status = 'expired',
      decided_by = 'system:expiry',
      decided_at = p_now
  where draft.status in ('planned', 'drafted', 'pending')
    and draft.expires_at <= p_now;
  get diagnostics expired = row_count;
  return expired;
end
$$;
comment on function campaigns.expire_drafts is 'Expires drafts nobody decided in time; returns how many.';
