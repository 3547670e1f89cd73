-- What became of a message, as far as the statuses heard so far say. Each status is such a state, and states merge: whatever
-- order they come in, and however often, the same state results. Nothing else moves outbox.messages.delivery.
create type outbox.delivery as enum ('accepted', 'held', 'sent', 'failed', 'delivered', 'read');
comment on type outbox.delivery is
  'How far a message has come, in order: it only moves up. Failed counts until delivery is seen, which takes its place.';

create type outbox.delivery_state as (
  delivery outbox.delivery,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  error_code integer,
  pricing jsonb
);
comment on type outbox.delivery_state is
  'How far a message is known to have come, the first moment of each kind of status, the error while it stands failed, the price.';

create function outbox.merge_delivery(p_known outbox.delivery_state, p_seen outbox.delivery_state) returns outbox.delivery_state
language plpgsql immutable set search_path = '' as $$
declare
  merged outbox.delivery_state := p_known;
begin
  merged.delivery := greatest(p_known.delivery, p_seen.delivery);
  merged.delivered_at := least(p_known.delivered_at, p_seen.delivered_at);
  merged.read_at := least(p_known.read_at, p_seen.read_at);
  merged.failed_at := least(p_known.failed_at, p_seen.failed_at);
  merged.error_code := case
    when merged.delivery is distinct from 'failed' then null
    when p_known.delivery is distinct from 'failed' then p_seen.error_code
    when p_seen.delivery is distinct from 'failed' then p_known.error_code
    -- Of several failures the first is the cause.
    when (p_seen.failed_at, coalesce(p_seen.error_code, 2147483647))
      < (p_known.failed_at, coalesce(p_known.error_code, 2147483647)) then p_seen.error_code
    else p_known.error_code
  end;
  if p_seen.pricing is not null and (
    p_known.pricing is null
    -- What was said later in a message's life is what is billed.
    or ((p_seen.pricing ->> 'status')::outbox.delivery, p_seen.pricing)
      > ((p_known.pricing ->> 'status')::outbox.delivery, p_known.pricing)
  ) then
    merged.pricing := p_seen.pricing;
  end if;
  return merged;
end
$$;
comment on function outbox.merge_delivery is
  'Two states of one message made one: in any order, in any grouping, any number of times, the same.';

create function outbox.error_code_of(p_payload jsonb) returns integer
language sql immutable set search_path = '' as $$
  select case when p_payload #>> '{errors,0,code}' ~ '^[0-9]{1,9}$' then (p_payload #>> '{errors,0,code}')::integer end
$$;
comment on function outbox.error_code_of is 'The code of the first error an update carries; null when it carries none.';

create function outbox.delivery_of_status(p_payload jsonb, p_now timestamptz) returns outbox.delivery_state
language plpgsql immutable set search_path = '' as $$
declare
  -- Only what was seen is played.
  reported text := case p_payload ->> 'status' when 'played' then 'read' else p_payload ->> 'status' end;
  -- A clock ahead of ours foretells nothing.
  happened_at timestamptz := least(to_timestamp((p_payload ->> 'timestamp')::bigint), p_now);
  state outbox.delivery_state;
begin
  if reported is null or reported <> all (enum_range(null::outbox.delivery)::text[]) then
    return null;
  end if;
  state.delivery := reported;
  if reported in ('delivered', 'read') then
    state.delivered_at := happened_at;
  end if;
  if reported = 'read' then
    state.read_at := happened_at;
  end if;
  if reported = 'failed' then
    state.failed_at := happened_at;
    state.error_code := outbox.error_code_of(p_payload);
  end if;
  if jsonb_typeof(p_payload -> 'pricing') = 'object' then
    state.pricing := (p_payload -> 'pricing') || jsonb_build_object('status', reported);
  end if;
  return state;
end
$$;
comment on function outbox.delivery_of_status is
  'What one status of Meta''s says of a message; null for a status that nobody has documented. The price remembers which status named it.';
