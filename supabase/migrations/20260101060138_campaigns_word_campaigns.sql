-- The messages of one-off campaigns: their words are the operator's, approved when the campaign was started. They skip the writer
-- and the moderators.
create function campaigns.word_campaigns(p_club_id bigint, p_now timestamptz) returns bigint
language plpgsql set search_path = '' as $$
declare
  planned record;
  worded bigint := 0;
begin
  for planned in
    select
      draft.draft_id,
      draft.campaign_id,
      -- A template without a place for the message still has a wording that someone may look for: it bears the campaign's name.
      coalesce(
        campaign.messages ->> split_part(draft.template_language, '_', 1), btrim(regexp_replace(campaign.name, '\s+', ' ', 'g'))
      ) as message,
      campaign.started_by
    from campaigns.drafts as draft
    join campaigns.campaigns as campaign
      on campaign.club_id = draft.club_id
      and campaign.campaign_id = draft.campaign_id
    where draft.club_id = p_club_id
      and draft.status = 'planned'
      and campaign.status = 'running'
    order by draft.draft_id
    for update of draft
  loop
    begin
      perform campaigns.write_version(
        p_club_id, planned.draft_id, planned.message, 'operator', planned.started_by, '{}', p_now
      );
      update campaigns.drafts as draft
      set status = 'approved', decided_by = 'campaign:' || planned.campaign_id, decided_at = p_now
      where draft.club_id = p_club_id and draft.draft_id = planned.draft_id;
      worded := worded + 1;
    exception
      -- Somebody with a longer name than all who were there at the start: one message less, not a planning less.
      when string_data_right_truncation then
        perform campaigns.skip_drafts(p_club_id, array[planned.draft_id], 'too_long', 'campaign:' || planned.campaign_id, p_now);
      when check_violation then
        -- The template mentions something that is not known of them any more.
        perform campaigns.skip_drafts(p_club_id, array[planned.draft_id], 'no_template', 'campaign:' || planned.campaign_id, p_now);
    end;
  end loop;
  return worded;
end
$$;
comment on function campaigns.word_campaigns is
  'Gives the planned messages of a club''s running campaigns their words and approves them; returns how many.';
