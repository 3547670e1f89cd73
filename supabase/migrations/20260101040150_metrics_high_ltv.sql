-- Clients whose LTV is at or over the VIP threshold; none when there is no threshold.
select metrics.define(
  p_code => 'high_ltv',
  p_position => 150,
  p_counts => 'client.ltv_minor >= club.vip_threshold_minor',
  p_title => 'High-value clients',
  p_tooltip => 'Clients who have paid at least the VIP threshold: a fixed amount if the club set one, else the top tenth.',
  p_formula => 'Clients with LTV at or over the VIP threshold',
  p_unit => 'clients',
  p_direction => 'up',
  p_smallest_sample => 5,
  p_caveat => 'Whether they still come does not matter here; the VIP segment also asks for a visit in the last 60 days.',
  p_translations => '{
    "cs": {"title": "Nejcennější klienti", "tooltip": "Klienti, kteří celkem zaplatili alespoň tolik, kolik činí hranice VIP. Hranicí je pevná částka, pokud ji klub nastavil, jinak částka, od které začíná horní desetina platících klientů."},
    "uk": {"title": "Найцінніші клієнти", "tooltip": "Клієнти, які загалом заплатили не менше за поріг VIP. Поріг — фіксована сума, якщо клуб її задав, інакше сума, з якої починається верхня десята частина клієнтів, які платили."},
    "ru": {"title": "Самые ценные клиенты", "tooltip": "Клиенты, которые в общей сложности заплатили не меньше порога VIP. Порог — фиксированная сумма, если клуб её задал, иначе сумма, с которой начинается верхняя десятая часть платящих клиентов."},
    "bg": {"title": "Най-ценни клиенти", "tooltip": "Клиенти, които общо са платили поне толкова, колкото е прагът за VIP. Прагът е фиксирана сума, ако клубът е задал такава, иначе е сумата, от която започва най-горната десета част от плащащите клиенти."}
  }'
);
