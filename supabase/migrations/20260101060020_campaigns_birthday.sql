-- Birth month and day are the day's; who was born on 29 February is congratulated on 28 February in common years. Once per year.
create function campaigns.born_on(p_club_id bigint, p_as_of date) returns setof bigint
language sql stable set search_path = '' rows 100 as $$
  select client.client_id
  from crm.clients as client
  where client.club_id = p_club_id
    and client.deleted_at is null
    and extract(month from client.birth_date) = extract(month from p_as_of)
    and extract(day from client.birth_date) = any (
      -- The day after 28 February is not in February: nobody has a 29th this year.
      case
        when extract(day from p_as_of) = 28 and extract(month from p_as_of) = 2 and extract(month from p_as_of + 1) = 3
        then array[28, 29]::numeric[]
        else array[extract(day from p_as_of)]
      end
    )
    -- The platform's "unset".
    and client.birth_date <> date '1970-01-01'
$$;
comment on function campaigns.born_on is 'Clients, not deleted, whose birthday is kept on a day: those of 29 February on 28 February in common years.';
grant execute on function campaigns.born_on to authenticated;

select campaigns.define_scenario(
  p_code => 'birthday',
  p_priority => 1,
  p_name => 'Birthday',
  p_fires_for => 'a birthday today, visited before or not',
  p_once_per => 'year',
  p_tone => 'a warm wish',
  p_is_churn => false,
  p_is_exempt_from_cooldown => true,
  p_is_for_the_day => true,
  p_among => 'select born.client_id from campaigns.born_on($1, $2) as born (client_id)',
  p_holds => 'true',
  p_occasion => $$'birthday of ' || extract(year from club.as_of)$$,
  p_once_since => 'null',
  p_why => $$
    'birthday today; '
    || case when client.visits_total = 0 then 'never visited yet' else 'last visit ' || client.last_visit_ago end
  $$,
  p_variables => $$'{}'$$,
  p_static_messages => '{
    "cs": "Všechno nejlepší k narozeninám! Přejeme vám hodně zdraví, radosti a dobrý pocit z každého pohybu.",
    "uk": "З днем народження! Бажаємо вам здоров’я, радості та гарного настрою після кожного тренування.",
    "ru": "С днём рождения! Желаем вам здоровья, радости и хорошего настроения после каждой тренировки.",
    "en": "Happy birthday! We wish you health, joy and a good feeling after every workout.",
    "bg": "Честит рожден ден! Пожелаваме ви здраве, радост и добро настроение след всяка тренировка."
  }'
);
