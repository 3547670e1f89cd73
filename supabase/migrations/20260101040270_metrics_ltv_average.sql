-- Mean LTV of the clients who have paid more than they were given back.
select metrics.define(
  p_code => 'ltv_average',
  p_position => 270,
  p_among => 'client.ltv_minor > 0',
  p_sums => 'client.ltv_minor',
  p_title => 'Average LTV',
  p_tooltip => 'What a paying client has paid in all until today, on average.',
  p_formula => 'Sum of LTV / clients with LTV above zero',
  p_unit => 'money',
  p_direction => 'up',
  p_smallest_sample => 10,
  p_caveat => 'Knows only the payments the booking platform knows.',
  p_translations => '{
    "cs": {"title": "Průměrné LTV", "tooltip": "LTV je vše, co klient klubu do dneška celkem zaplatil. Zde je průměr na jednoho platícího klienta."},
    "uk": {"title": "Середній LTV", "tooltip": "LTV — це все, що клієнт загалом заплатив клубу до сьогодні. Тут показано середнє на одного клієнта, який платив."},
    "ru": {"title": "Средний LTV", "tooltip": "LTV — это всё, что клиент в общей сложности заплатил клубу по сегодняшний день. Здесь показано среднее на одного платящего клиента."},
    "bg": {"title": "Средна стойност на LTV", "tooltip": "LTV е всичко, което клиентът общо е платил на клуба до днес. Тук е показана средната стойност за един плащащ клиент."}
  }'
);
