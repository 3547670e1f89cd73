-- Every update of Telegram, recognised by its update_id: what comes twice is done once, what cannot be done is kept and skipped.
-- One bot serves all clubs: an update belongs to none.
create table core.telegram_updates (
  update_id bigint primary key,
  state text not null check (state in ('begun', 'failed', 'done', 'poison')),
  tries integer not null default 1 check (tries > 0),
  received_at timestamptz not null,
  begun_at timestamptz not null,
  finished_at timestamptz,
  error text,
  body jsonb,
  check ((body is not null) = (state = 'poison'))
);
create index telegram_updates_by_time on core.telegram_updates (received_at);
comment on table core.telegram_updates is 'One row per update of Telegram of the last days, with what became of it; the body only of what could not be done.';

alter table core.telegram_updates enable row level security;

create function core.begin_telegram_update(p_update_id bigint, p_lease_seconds integer, p_now timestamptz) returns text
language plpgsql set search_path = '' as $$
declare
  known core.telegram_updates;
begin
  insert into core.telegram_updates (update_id, state, received_at, begun_at)
  values (p_update_id, 'begun', p_now, p_now)
  on conflict (update_id) do nothing;
  if found then
    return 'new';
  end if;

  select seen.* into known from core.telegram_updates as seen where seen.update_id = p_update_id for update;
  if known.state in ('done', 'poison') then
    return known.state;
  end if;
  -- Whoever began it so long ago has died.
  if known.state = 'begun' and known.begun_at > p_now - make_interval(secs => p_lease_seconds) then
    return 'busy';
  end if;
  update core.telegram_updates as seen
  set state = 'begun', begun_at = p_now, tries = known.tries + 1
  where seen.update_id = p_update_id;
  return 'again';
end
$$;
comment on function core.begin_telegram_update is
  'Begins an update: new, again (it failed or its worker died), busy (another is at it), done or poison (nothing is left to do).';

create function core.finish_telegram_update(p_update_id bigint, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update core.telegram_updates as seen
  set state = 'done', finished_at = p_now, error = null
  where seen.update_id = p_update_id
    and seen.state <> 'poison'
$$;
comment on function core.finish_telegram_update is 'Notes that an update is done: it is never done again.';

create function core.fail_telegram_update(p_update_id bigint, p_error text, p_body jsonb, p_is_hopeless boolean, p_now timestamptz)
returns text
language sql set search_path = '' as $$
  update core.telegram_updates as seen
  set state = case when p_is_hopeless or seen.tries >= 5 then 'poison' else 'failed' end,
      error = left(p_error, 2000),
      body = case when p_is_hopeless or seen.tries >= 5 then p_body end,
      finished_at = case when p_is_hopeless or seen.tries >= 5 then p_now end
  where seen.update_id = p_update_id
    and seen.state = 'begun'
  returning seen.state
$$;
comment on function core.fail_telegram_update is
  'Notes why an update was not done: failed, to be tried again; poison when that is hopeless or was the fifth try: kept whole, and skipped.';

create function core.forget_telegram_updates(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  forgotten bigint;
begin
  -- Telegram repeats an update for a day at most.
  delete from core.telegram_updates as seen
  where seen.received_at < p_now - case seen.state when 'poison' then interval '30 days' else interval '7 days' end;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;
comment on function core.forget_telegram_updates is 'Forgets updates of more than 7 days, and after 30 days those that could not be done; returns how many.';
