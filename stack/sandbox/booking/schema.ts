// The booking stand-in's tables. Indexes stand apart: a load fills the tables first and indexes them once.

const TABLES = `
create table if not exists booking_meta (key text primary key, value text not null) without rowid;
create table if not exists booking_clients (
  id integer primary key, payload text not null, phone text not null, community text not null,
  last_change text not null, is_gone integer not null default 0
);
create table if not exists booking_records (
  id integer primary key, client_id integer, staff_id integer not null, activity_id integer not null, services text not null,
  date text not null, created text not null, last_change text not null, length integer not null, attendance integer not null,
  confirmed integer not null, paid_full integer not null, online integer not null, deleted integer not null, extra text
);
create table if not exists booking_activities (
  id integer primary key, date text not null, service_id integer not null, staff_id integer not null,
  length integer not null, capacity integer not null
);
create table if not exists booking_memberships (
  id integer primary key, client_id integer not null, type_id integer not null, goods_transaction_id integer not null,
  number text not null, created text not null, expires text, left_count integer not null, status_id integer not null,
  is_frozen integer not null
);
create table if not exists booking_transactions (
  id integer primary key, document_id integer not null, client_id integer, record_id integer not null, staff_id integer not null,
  date text not null, last_change text not null, amount real not null, expense_id integer not null, account_id integer not null,
  sold_item_id integer not null, sold_item_type text not null, deleted integer not null
);
create table if not exists booking_goods (
  id integer primary key, document_id integer not null, client_id integer, membership_type_id integer not null, number text not null,
  created text not null, last_change text not null, cost real not null, deleted integer not null
);
create table if not exists booking_catalogue (
  list text not null, id integer not null, payload text not null, is_gone integer not null, primary key (list, id)
) without rowid;
create table if not exists booking_requests (
  id integer primary key autoincrement, at text not null, peer text not null, method text not null, path text not null,
  query text not null, status integer not null, note text not null
);
create table if not exists booking_faults (id integer primary key autoincrement, fault text not null, remaining integer not null);
`;

const INDEXES: readonly (readonly [string, string])[] = [
  ['booking_clients_last_change', 'booking_clients (last_change, id)'],
  ['booking_clients_phone', 'booking_clients (phone)'],
  ['booking_records_date', 'booking_records (date, id, deleted)'],
  ['booking_records_last_change', 'booking_records (last_change, id, deleted)'],
  ['booking_records_client', 'booking_records (client_id, deleted, attendance, date)'],
  ['booking_records_activity', 'booking_records (activity_id) where activity_id <> 0'],
  ['booking_activities_date', 'booking_activities (date, id)'],
  ['booking_memberships_client', 'booking_memberships (client_id)'],
  ['booking_memberships_created', 'booking_memberships (created)'],
  ['booking_transactions_last_change', 'booking_transactions (last_change, id, deleted)'],
  ['booking_transactions_date', 'booking_transactions (date, id, deleted)'],
  ['booking_transactions_record', 'booking_transactions (record_id) where record_id <> 0'],
  ['booking_transactions_client', 'booking_transactions (client_id)'],
  ['booking_goods_last_change', 'booking_goods (last_change, id)'],
  ['booking_goods_created', 'booking_goods (created, id)'],
];

export const CREATE_TABLES = TABLES;
export const CREATE_INDEXES = INDEXES.map(
  ([name, on]) => `create index if not exists ${name} on ${on};`,
).join('\n');
export const DROP_INDEXES = INDEXES.map(([name]) => `drop index if exists ${name};`).join('\n');
