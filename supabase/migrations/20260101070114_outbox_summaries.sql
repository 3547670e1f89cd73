-- What went out by itself on a day, told in the evening with a few samples to judge: who approves nothing should still see what is said.
-- One row per club and local day on which such a message was sent, made once sending hours are over. The figures are those of that
-- moment; the samples stay the same, what is thought of them may change.
create table outbox.summaries (
  club_id bigint not null references core.clubs on delete cascade,
  summary_date date not null,
  made_at timestamptz not null,
  counts jsonb not null,
  samples uuid[] not null,
  primary key (club_id, summary_date)
);
create index summaries_by_time on outbox.summaries (made_at);
comment on table outbox.summaries is 'One row per club and local day on which messages went out by themselves: how many, what became of them, and samples.';
comment on column outbox.summaries.counts is
  'Per scenario and campaign, most first: [{scenario, campaign_id, sent, delivered, read, replied, opted_out}], as known when it was made.';
comment on column outbox.summaries.samples is 'Drafts that are shown for people to judge.';

alter table outbox.summaries enable row level security;
grant select on outbox.summaries to authenticated;
create policy "operators read the summaries of their clubs" on outbox.summaries
  for select to authenticated using (club_id in (select core.my_clubs()));

create function outbox.sent_by_itself(p_club_id bigint, p_from timestamptz, p_until timestamptz)
returns table (
  draft_id uuid,
  scenario text,
  campaign_id bigint,
  language text,
  phone text,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz
)
language sql stable set search_path = '' rows 100 as $$
  select
    draft.draft_id,
    draft.scenario,
    draft.campaign_id,
    split_part(draft.template_language, '_', 1),
    message.phone,
    message.accepted_at,
    message.delivered_at,
    message.read_at
  from campaigns.contacts as contact
  join campaigns.drafts as draft
    on draft.club_id = contact.club_id
    and draft.draft_id = contact.draft_id
  join outbox.messages as message
    on message.club_id = contact.club_id
    and message.draft_id = contact.draft_id
  where contact.club_id = p_club_id
    -- WhatsApp may answer long after it was asked: whether it took a message can come to light days later.
    and contact.contacted_at > p_from - interval '3 days'
    and contact.contacted_at < p_until
    and message.accepted_at >= p_from
    and message.accepted_at < p_until
    and draft.decided_by = 'system:notification'
$$;
comment on function outbox.sent_by_itself is 'The messages that nobody approved and WhatsApp took between two instants, the second excluded.';

create function outbox.summary_counts(p_club_id bigint, p_from timestamptz, p_until timestamptz, p_now timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  with sent as materialized (
    select
      message.*,
      (
        select min(later.accepted_at)
        from outbox.messages as later
        where later.club_id = p_club_id
          and later.phone = message.phone
          and later.purpose = 'campaign'
          and later.accepted_at > message.sent_at
      ) as next_sent_at
    from outbox.sent_by_itself(p_club_id, p_from, p_until) as message
  ),
  answered as (
    -- By the rules of outbox.journeys: what a person says answers the last message that their phone had got.
    select
      sent.*,
      exists (
        select
        from outbox.replies as reply
        where reply.club_id = p_club_id
          and reply.phone = sent.phone
          and not reply.is_opt_out
          and reply.type not in ('reaction', 'unsupported', 'system')
          and reply.replied_at between sent.sent_at and p_now
          and (reply.replied_at < sent.next_sent_at) is not false
      ) as is_replied,
      exists (
        select
        from outbox.replies as reply
        where reply.club_id = p_club_id
          and reply.phone = sent.phone
          and reply.is_opt_out
          and reply.replied_at between sent.sent_at and p_now
          and (reply.replied_at < sent.next_sent_at) is not false
      ) or exists (
        select
        from campaigns.suppressions as suppression
        where suppression.club_id = p_club_id
          and suppression.phone = sent.phone
          and suppression.cause in ('stop_word', 'button', 'user_preferences', 'error_131050')
          and suppression.suppressed_at between sent.sent_at and p_now
          and (suppression.suppressed_at < sent.next_sent_at) is not false
      ) as is_opted_out
    from sent
  ),
  bunch as (
    select
      answered.scenario,
      answered.campaign_id,
      count(*) as sent,
      count(*) filter (where answered.delivered_at <= p_now) as delivered,
      count(*) filter (where answered.read_at <= p_now) as read,
      count(*) filter (where answered.is_replied) as replied,
      count(*) filter (where answered.is_opted_out) as opted_out
    from answered
    group by answered.scenario, answered.campaign_id
  )
  select coalesce(jsonb_agg(to_jsonb(bunch) order by bunch.sent desc, bunch.scenario, bunch.campaign_id), '[]') from bunch
$$;
comment on function outbox.summary_counts is
  'Of the messages that went out by themselves between two instants, per scenario and campaign: sent, delivered, read, replied, opted out.';

create function outbox.summary_samples(p_club_id bigint, p_from timestamptz, p_until timestamptz) returns uuid[]
language sql stable set search_path = '' as $$
  with placed as (
    -- By chance, but the same however often it is asked.
    select
      message.draft_id,
      message.scenario,
      row_number() over (partition by message.scenario, message.language order by md5(message.draft_id::text)) as place_of_its_kind
    from outbox.sent_by_itself(p_club_id, p_from, p_until) as message
  ),
  ordered as (
    select
      placed.*,
      row_number() over (
        partition by placed.scenario order by placed.place_of_its_kind, md5(placed.draft_id::text)
      ) as place_of_its_scenario
    from placed
  ),
  chosen as (
    -- One of each scenario and language comes before a second of any; one of each scenario before a second language.
    select
      ordered.draft_id,
      row_number() over (
        order by ordered.place_of_its_kind, ordered.place_of_its_scenario, md5(ordered.draft_id::text)
      ) as place
    from ordered
    order by place
    limit 5
  )
  select coalesce(array_agg(chosen.draft_id order by chosen.place), '{}') from chosen
$$;
comment on function outbox.summary_samples is
  'Up to five of the messages that went out by themselves between two instants, of as many scenarios and languages as there are.';

create function outbox.make_summaries(p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  day record;
  counts jsonb;
  samples uuid[];
  made bigint := 0;
begin
  for day in
    select
      club.club_id,
      candidate.day as summary_date,
      candidate.day::timestamp at time zone club.timezone as begins_at,
      (candidate.day + 1)::timestamp at time zone club.timezone as ends_at
    from core.clubs as club
    join core.settings as setting using (club_id)
    -- Yesterday too: sending hours may end minutes before the day does, or nobody came by in time.
    cross join unnest(array[1, 0]) as days (ago)
    cross join lateral (select core.local_date(club.club_id, p_now) - days.ago as day) as candidate
    where p_now >= (candidate.day + setting.sending_closes_at) at time zone club.timezone
      and not exists (
        select
        from outbox.summaries as known
        where known.club_id = club.club_id
          and known.summary_date = candidate.day
      )
    order by club.club_id, candidate.day
  loop
    counts := outbox.summary_counts(day.club_id, day.begins_at, day.ends_at, p_now);
    continue when counts = '[]';
    samples := outbox.summary_samples(day.club_id, day.begins_at, day.ends_at);
    insert into outbox.summaries (club_id, summary_date, made_at, counts, samples)
    values (day.club_id, day.summary_date, p_now, counts, samples)
    on conflict do nothing;
    continue when not found;
    -- So that they are there when it is shown.
    perform campaigns.request_translation(day.club_id, sample.draft_id, p_now) from unnest(samples) as sample (draft_id);
    made := made + 1;
  end loop;
  return made;
end
$$;
comment on function outbox.make_summaries is
  'Sums up the day for every club whose sending hours are over, if a message went out by itself on it; returns how many it made. Safe to repeat.';
