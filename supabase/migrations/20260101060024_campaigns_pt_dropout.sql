-- The rule of the segment pt_cancelled, whatever the client's segment; once per 90 days.
do $$
declare
  pt_cancelled segments.definitions;
begin
  select known.* into strict pt_cancelled from segments.definitions as known where known.code = 'pt_cancelled';
  perform campaigns.define_scenario(
    p_code => 'pt_dropout',
    p_priority => 3,
    p_name => 'PT drop-out',
    p_fires_for => 'the rule of the segment ' || pt_cancelled.name || ', whatever the client''s segment',
    p_once_per => '90 days',
    p_tone => 'personal, as from the trainer',
    p_is_churn => true,
    p_is_exempt_from_cooldown => false,
    p_holds => pt_cancelled.holds,
    -- A spell longer than 90 days is a new occasion every 90 days.
    p_occasion => $words$
      'no personal training since ' || client.last_pt_visit_date
      || coalesce(
        ', again ' || nullif((client.days_since_last_pt_visit - club.pt_cancelled_min_days) / 90, 0), ''
      )
    $words$,
    p_once_since => 'club.as_of - 89',
    p_why => pt_cancelled.reason,
    p_variables => $words$jsonb_build_object('days_since_last_pt_visit', client.days_since_last_pt_visit)$words$,
    p_static_messages => '{
      "cs": "Chybí nám vaše osobní tréninky. Napište nám prosím, co by se mělo změnit, rádi najdeme termín i plán podle vás.",
      "uk": "Нам бракує ваших персональних тренувань. Напишіть, будь ласка, що варто змінити, і ми підберемо час та план для вас.",
      "ru": "Нам не хватает ваших персональных тренировок. Напишите, пожалуйста, что стоит изменить, и мы подберём время и план для вас.",
      "en": "We miss your personal training sessions. Please tell us what you would change, and we will find a time and a plan that suit you.",
      "bg": "Липсват ни вашите персонални тренировки. Пишете ни какво бихте променили и ще намерим час и план според вас."
    }'
  );
end
$$;
