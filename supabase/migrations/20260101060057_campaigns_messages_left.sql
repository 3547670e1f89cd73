-- What is left of the 24 hours: WhatsApp's limit of the portfolio or the club's own, less what went out and what is on its way.
create function campaigns.messages_left(p_club_id bigint, p_at timestamptz) returns bigint
language sql stable set search_path = '' as $$
  select
    least(setting.portfolio_limit, setting.daily_limit)
    - (
      select count(*)
      from campaigns.contacts as contact
      where contact.club_id = p_club_id
        and contact.contacted_at > p_at - interval '24 hours'
        and contact.contacted_at <= p_at
    )
    - (
      select count(*)
      from campaigns.drafts as draft
      where draft.club_id = p_club_id
        and draft.status in ('planned', 'drafted', 'pending', 'approved')
        and draft.planned_at <= p_at
        and draft.expires_at > p_at
        and not exists (
          select from campaigns.contacts as contact
          where contact.club_id = draft.club_id and contact.draft_id = draft.draft_id
        )
    )
  from core.settings as setting
  where setting.club_id = p_club_id
$$;
comment on function campaigns.messages_left is
  'How many more messages may be planned for a club now within its limit of a rolling 24 hours: those sent and those on their way are counted.';
grant execute on function campaigns.messages_left to authenticated;
