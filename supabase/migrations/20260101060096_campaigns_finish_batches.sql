-- What becomes of a batch of drafts. Each step may be the last thing a worker did: the next one goes on from what is written here,
-- and a draft that is given back, or whose lease has ended, is written as if there had been no batch.
create function campaigns.close_batch(
  p_club_id bigint, p_batch_id uuid, p_error text, p_is_unspent boolean, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
begin
  update campaigns.draft_batches as batch
  set state = case when p_error is null then 'ended' else 'failed' end,
      error = p_error,
      finished_at = p_now
  where batch.club_id = p_club_id
    and batch.batch_id = p_batch_id
    and batch.state in ('submitting', 'in_progress');
  if not found then
    return;
  end if;

  with leased as materialized (
    select draft.draft_id
    from campaigns.draft_batch_items as item
    join campaigns.drafts as draft using (club_id, draft_id, lease_token)
    where item.club_id = p_club_id
      and item.batch_id = p_batch_id
      and draft.status = 'planned'
    -- Whoever changes several locks them in one order.
    order by draft.draft_id
    for update of draft
  )
  update campaigns.drafts as draft
  set lease_token = null, leased_until = null
  from leased
  where draft.club_id = p_club_id and draft.draft_id = leased.draft_id;

  -- Where nobody knows what it cost, the estimate stands.
  if p_is_unspent then
    perform campaigns.settle_charge(p_club_id, open_draft.lease_token, '{"cost_micro_usd": 0, "attempts": 0}', p_now)
    from campaigns.open_batch_drafts(p_club_id, p_batch_id) as open_draft;
  end if;
end
$$;
comment on function campaigns.close_batch is
  'Ends a batch, as failed when there is an error, and gives back those of its drafts that have no words; p_is_unspent: Anthropic asks nothing for them.';

create function campaigns.start_batch(p_club_id bigint, p_batch_id uuid, p_provider_id text, p_now timestamptz) returns boolean
language plpgsql set search_path = '' as $$
declare
  -- An hour, and some time to be cancelled and read.
  held_until timestamptz := p_now + interval '75 minutes';
begin
  update campaigns.draft_batches as batch
  set state = 'in_progress',
      provider_id = p_provider_id,
      submitted_at = p_now,
      look_at = p_now + interval '1 minute',
      give_up_at = held_until
  where batch.club_id = p_club_id
    and batch.batch_id = p_batch_id
    and batch.state = 'submitting';
  if not found then
    return false;
  end if;

  with leased as materialized (
    select draft.draft_id
    from campaigns.draft_batch_items as item
    join campaigns.drafts as draft using (club_id, draft_id, lease_token)
    where item.club_id = p_club_id
      and item.batch_id = p_batch_id
      and draft.status = 'planned'
    order by draft.draft_id
    for update of draft
  )
  update campaigns.drafts as draft
  set leased_until = held_until
  from leased
  where draft.club_id = p_club_id and draft.draft_id = leased.draft_id;
  return true;
end
$$;
comment on function campaigns.start_batch is
  'Notes under which id Anthropic took a batch, and keeps its drafts for it; false: it was given up meanwhile, and nobody will read it.';

create function campaigns.look_at_batch(p_now timestamptz) returns jsonb
language plpgsql set search_path = '' as $$
declare
  overdue campaigns.draft_batches;
  due campaigns.draft_batches;
begin
  for overdue in
    select batch.*
    from campaigns.draft_batches as batch
    where batch.state in ('submitting', 'in_progress')
      and batch.give_up_at <= p_now
    order by batch.club_id, batch.batch_id
    for update skip locked
  loop
    perform campaigns.close_batch(
      overdue.club_id,
      overdue.batch_id,
      case overdue.state
        when 'submitting' then 'Nobody knows whether Anthropic took it: whoever submitted it has died.'
        else 'It was not answered and read in time.'
      end,
      false,
      p_now
    );
  end loop;

  update campaigns.draft_batches as batch
  set look_at = p_now + interval '1 minute'
  where (batch.club_id, batch.batch_id) = (
    select known.club_id, known.batch_id
    from campaigns.draft_batches as known
    where known.state = 'in_progress'
      and known.look_at <= p_now
    order by known.look_at
    limit 1
    for update skip locked
  )
  returning batch.* into due;
  if not found then
    return null;
  end if;
  return jsonb_build_object(
    'club_id', due.club_id,
    'batch_id', due.batch_id,
    'provider_id', due.provider_id,
    'model', due.model,
    'prompt_version', due.prompt_version,
    'voice_version', due.voice_version,
    'submitted_at', due.submitted_at,
    'is_overdue', due.submitted_at + interval '60 minutes' <= p_now,
    'leases', (
      select coalesce(jsonb_object_agg(open_draft.draft_id, open_draft.lease_token), '{}')
      from campaigns.open_batch_drafts(due.club_id, due.batch_id) as open_draft
    )
  );
end
$$;
comment on function campaigns.look_at_batch is
  'Closes batches whose time is over, and hands out one that somebody should look at now, with the leases of the drafts whose answers were not read; null when there is none.';

create function campaigns.note_batch(
  p_club_id bigint, p_batch_id uuid, p_status text, p_counts jsonb, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
begin
  if p_status is null or p_status not in ('in_progress', 'canceling', 'reading', 'read') then
    raise exception 'A batch is in_progress, canceling, reading or read, not "%".', p_status using errcode = 'check_violation';
  end if;
  update campaigns.draft_batches as batch
  set counts = p_counts,
      cancelled_at = case when p_status = 'canceling' then coalesce(batch.cancelled_at, p_now) else batch.cancelled_at end,
      look_at = case when p_status = 'reading' then p_now else batch.look_at end
  where batch.club_id = p_club_id
    and batch.batch_id = p_batch_id
    and batch.state = 'in_progress';
  -- What Anthropic's results say nothing of was not asked.
  if p_status = 'read' then
    perform campaigns.close_batch(p_club_id, p_batch_id, null, true, p_now);
  end if;
end
$$;
comment on function campaigns.note_batch is
  'Notes what a look at a batch showed: in_progress or canceling at Anthropic, reading (some of its answers are read, the rest is due at once) or read.';

create function campaigns.release_batched_draft(
  p_club_id bigint, p_draft_id uuid, p_lease_token uuid, p_previous_attempt jsonb, p_usage jsonb, p_now timestamptz
) returns void
language plpgsql set search_path = '' as $$
begin
  perform campaigns.settle_charge(p_club_id, p_lease_token, p_usage, p_now);
  -- Whoever reads an answer a second time takes nothing back.
  update campaigns.draft_batch_items as item
  set previous_attempt = coalesce(p_previous_attempt, item.previous_attempt)
  where item.club_id = p_club_id
    and item.draft_id = p_draft_id
    and item.lease_token = p_lease_token;
  update campaigns.drafts as draft
  set lease_token = null, leased_until = null
  where draft.club_id = p_club_id
    and draft.draft_id = p_draft_id
    and draft.lease_token = p_lease_token
    and draft.status = 'planned';
end
$$;
comment on function campaigns.release_batched_draft is
  'Settles what a draft''s answer in a batch cost and gives the draft back, with the words that were not accepted, if there were any.';

create function campaigns.previous_attempt(p_club_id bigint, p_draft_id uuid) returns jsonb
language sql stable set search_path = '' as $$
  select item.previous_attempt
  from campaigns.draft_batch_items as item
  where item.club_id = p_club_id and item.draft_id = p_draft_id
$$;
comment on function campaigns.previous_attempt is 'Words for a draft that were not accepted, and why, as {message, problems}; null: nobody has tried.';

create function campaigns.is_batch_due(p_now timestamptz) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select
    from campaigns.draft_batches as batch
    where batch.state in ('submitting', 'in_progress')
      and batch.look_at <= p_now
  )
$$;
comment on function campaigns.is_batch_due is 'Whether somebody should look at a batch of drafts now.';
