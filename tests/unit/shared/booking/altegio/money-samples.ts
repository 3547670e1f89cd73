/** Money as the platform shows it. */
export const payment = {
  id: 30,
  amount: '-220.50',
  date: '2026-03-10T07:05:00+0100',
  client: { id: 7, name: 'x' },
  client_id: 7,
  record_id: 2,
  visit_id: 3,
  sold_item_id: 1,
  sold_item_type: 'service',
  expense: { id: 5, title: 'Services' },
  last_change_date: '2026-03-10T07:05:00+0100',
  deleted: false,
};

/** A movement of the shop as the platform shows it. */
export const goods = {
  id: 40,
  type_id: 1,
  good: { id: 401, title: '10 visits', loyalty_abonement_type_id: 301 },
  client: [],
  client_id: 7,
  create_date: '2026-03-09T18:10:00+0100',
  last_change_date: '2026-03-09T18:10:00+0100',
  deleted: false,
};
