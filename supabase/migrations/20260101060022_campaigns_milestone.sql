-- The visit count passed 10, 25, 50, 100, 200 or 500 within the last 7 days; of several, the highest. Once per milestone, for life.
do $$
declare
  -- The highest that the visits reach: where it was not passed in these 7 days, no lower one was. As text, because every client is
  -- asked, and a function would cost more than the question.
  highest constant text := $highest$
    case
      when client.visits_total >= 500 then 500
      when client.visits_total >= 200 then 200
      when client.visits_total >= 100 then 100
      when client.visits_total >= 50 then 50
      when client.visits_total >= 25 then 25
      when client.visits_total >= 10 then 10
    end
  $highest$;
begin
  perform campaigns.define_scenario(
    p_code => 'milestone',
    p_priority => 2,
    p_name => 'Milestone',
    p_fires_for => 'the 10th, 25th, 50th, 100th, 200th or 500th visit within the last 7 days; of several the highest',
    p_once_per => 'milestone, for life',
    p_tone => 'praise for what the member did',
    p_is_churn => false,
    p_is_exempt_from_cooldown => true,
    p_holds => format('client.visits_7d > 0 and %s > client.visits_total - client.visits_7d', highest),
    p_occasion => format($words$'milestone ' || %s$words$, highest),
    p_once_since => 'null',
    p_why => format(
      $words$format('visit %%s was within the last 7 days: %%s in all', %s, client.visits_total_in_words)$words$, highest
    ),
    p_variables => format($words$jsonb_build_object('milestone', %s)$words$, highest),
    p_static_messages => '{
      "cs": "Gratulujeme k dalšímu milníku! Vaší vytrvalosti si moc vážíme a máme radost, že cvičíte právě u nás.",
      "uk": "Вітаємо з новим рубежем! Ми щиро цінуємо вашу наполегливість і раді, що ви тренуєтеся саме в нас.",
      "ru": "Поздравляем с новым рубежом! Мы очень ценим ваше упорство и рады, что вы тренируетесь именно у нас.",
      "en": "Congratulations on a new milestone! We admire how you keep at it, and we are glad that you train with us.",
      "bg": "Поздравления за новия рубеж! Ценим вашето постоянство и се радваме, че тренирате именно при нас."
    }'
  );
end
$$;
