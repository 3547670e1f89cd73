-- Who was written to outside their 24 hours, by template: these count against the portfolio's limit, which Meta counts in different
-- people of a rolling 24 hours, over all clubs that share the number. One row per message that reached WhatsApp, or may have; taken
-- back with the contact when it certainly did not.
create table campaigns.outreaches (
  club_id bigint not null references core.clubs on delete cascade,
  message_id uuid not null,
  phone text not null,
  reached_at timestamptz not null,
  primary key (club_id, message_id)
);
create index outreaches_by_time on campaigns.outreaches (reached_at, phone);
comment on table campaigns.outreaches is
  'One row per template message to somebody whose 24 hours were over: counted against WhatsApp''s limit of the portfolio.';
-- Of all clubs at once: the claim alone reads and writes it.
alter table campaigns.outreaches enable row level security;

create function campaigns.people_reached(p_at timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select count(distinct outreach.phone)
  from campaigns.outreaches as outreach
  where outreach.reached_at > p_at - interval '24 hours'
$$;
comment on function campaigns.people_reached is
  'How many different people were written to outside their window in the 24 hours before an instant, by all clubs of the number.';

create function campaigns.forget_outreaches(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  forgotten bigint;
begin
  delete from campaigns.outreaches as outreach where outreach.reached_at <= p_now - interval '48 hours';
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;
comment on function campaigns.forget_outreaches is 'Forgets what no limit asks for any more; returns how many.';
