-- The number that all clubs of the installation share: how many people it may write to, and how Meta rates it.
-- One row: what was last read from Meta or told by a webhook. An answer that could not be read changes nothing but the error.
create table outbox.number (
  is_only boolean primary key default true check (is_only),
  display_number text,
  verified_name text,
  quality text check (quality in ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')),
  tier text,
  throughput text,
  read_at timestamptz,
  read_error text,
  read_error_at timestamptz
);
insert into outbox.number default values;
comment on table outbox.number is 'One row: the WhatsApp number of this installation, as Meta last described it.';
comment on column outbox.number.tier is 'Meta''s name for how many different people may be written to in 24 hours, or that number.';

alter table outbox.number enable row level security;
grant select on outbox.number to authenticated;
create policy "operators of any club read what concerns the number they share" on outbox.number
  for select to authenticated using (exists (select from core.my_clubs()));

create function outbox.limit_of_tier(p_tier text) returns integer
language sql immutable set search_path = '' as $$
  select case
    when p_tier ~ '^[0-9]{1,9}$' then p_tier::integer
    when p_tier ~ '^TIER_[0-9]{1,6}$' then substring(p_tier from '[0-9]+')::integer
    when p_tier ~ '^TIER_[0-9]{1,6}K$' then substring(p_tier from '[0-9]+')::integer * 1000
    when p_tier = 'TIER_UNLIMITED' then 2147483647
  end
$$;
comment on function outbox.limit_of_tier is
  'How many different people may be written to in 24 hours: of TIER_250, TIER_2K and the like, or a number; null for a tier we do not know.';

create function outbox.set_tier(p_tier text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  people integer := outbox.limit_of_tier(p_tier);
  before text;
begin
  -- A tier nobody has told us of changes no limit: too many is worse than too few.
  if people is null then
    return;
  end if;
  select known.tier into before from outbox.number as known for update;
  update outbox.number as known set tier = p_tier;
  update core.settings as setting set portfolio_limit = people where setting.portfolio_limit <> people;
  if people < outbox.limit_of_tier(before) then
    perform outbox.raise_alert(
      'number_limit',
      format(
        'WhatsApp has lowered how many people the number may write to in 24 hours, from %s to %s. Those with the highest value come first; the rest wait.',
        before, p_tier
      ),
      p_now
    );
  elsif people > outbox.limit_of_tier(before) then
    perform outbox.end_alert('number_limit', p_now);
  end if;
end
$$;
comment on function outbox.set_tier is 'Takes over how many people the number may write to in 24 hours, for every club; a lower limit raises an alert.';

create function outbox.set_quality(p_quality text, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  if (p_quality in ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')) is not true then
    return;
  end if;
  update outbox.number as known set quality = p_quality where known.quality is distinct from p_quality;
  if p_quality = 'RED' then
    perform outbox.raise_alert(
      'number_quality',
      'Members block or report what the number sends: WhatsApp rates it RED and may lower its limit. Send less, and only to who wants it.',
      p_now
    );
  elsif p_quality <> 'UNKNOWN' then
    perform outbox.end_alert('number_quality', p_now);
  end if;
end
$$;
comment on function outbox.set_quality is 'Takes over how members rate the number; RED raises an alert, anything better ends it.';

create function outbox.note_number(p_facts jsonb, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  update outbox.number as known
  set display_number = coalesce(p_facts ->> 'display_phone_number', known.display_number),
      verified_name = coalesce(p_facts ->> 'verified_name', known.verified_name),
      throughput = coalesce(p_facts #>> '{throughput,level}', known.throughput),
      read_at = p_now,
      read_error = null,
      read_error_at = null;
  perform outbox.set_tier(p_facts ->> 'whatsapp_business_manager_messaging_limit', p_now);
  perform outbox.set_quality(p_facts ->> 'quality_rating', p_now);
end
$$;
comment on function outbox.note_number is 'Takes over what Meta says of the number, {display_phone_number, verified_name, quality_rating, throughput, whatsapp_business_manager_messaging_limit}.';

create function outbox.note_number_error(p_error text, p_now timestamptz) returns void
language sql set search_path = '' as $$
  update outbox.number as known set read_error = p_error, read_error_at = p_now
$$;
comment on function outbox.note_number_error is 'Notes why the number could not be read; what was known of it stays.';
