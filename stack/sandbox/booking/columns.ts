// Which column holds which field: the one place that knows both names.
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

export const COLUMNS = {
  clients: {
    id: 'id',
    payload: 'payload',
    phone: 'phone',
    community: 'community',
    lastChange: 'last_change',
    isGone: 'is_gone',
  },
  records: {
    id: 'id',
    clientId: 'client_id',
    staffId: 'staff_id',
    activityId: 'activity_id',
    services: 'services',
    date: 'date',
    created: 'created',
    lastChange: 'last_change',
    length: 'length',
    attendance: 'attendance',
    confirmed: 'confirmed',
    paidFull: 'paid_full',
    online: 'online',
    deleted: 'deleted',
    extra: 'extra',
  },
  activities: {
    id: 'id',
    date: 'date',
    serviceId: 'service_id',
    staffId: 'staff_id',
    length: 'length',
    capacity: 'capacity',
  },
  memberships: {
    id: 'id',
    clientId: 'client_id',
    typeId: 'type_id',
    goodsTransactionId: 'goods_transaction_id',
    number: 'number',
    created: 'created',
    expires: 'expires',
    left: 'left_count',
    statusId: 'status_id',
    frozen: 'is_frozen',
  },
  transactions: {
    id: 'id',
    documentId: 'document_id',
    clientId: 'client_id',
    recordId: 'record_id',
    staffId: 'staff_id',
    date: 'date',
    lastChange: 'last_change',
    amount: 'amount',
    expenseId: 'expense_id',
    accountId: 'account_id',
    soldItemId: 'sold_item_id',
    soldItemType: 'sold_item_type',
    deleted: 'deleted',
  },
  goods: {
    id: 'id',
    documentId: 'document_id',
    clientId: 'client_id',
    membershipTypeId: 'membership_type_id',
    number: 'number',
    created: 'created',
    lastChange: 'last_change',
    cost: 'cost',
    deleted: 'deleted',
  },
} as const;

export type Table = keyof typeof COLUMNS;
export type FlatRow = Record<string, unknown>;

/** `id as "id", client_id as "clientId", …` */
export function selectList(table: Table): string {
  return Object.entries(COLUMNS[table])
    .map(([field, column]) => `${column} as "${field}"`)
    .join(', ');
}

/** Opens an insert that takes rows by field name; what a row lacks is null, and a row with a known id replaces it. */
export function inserter(db: DatabaseSync, table: Table): (row: FlatRow) => void {
  const fields = Object.keys(COLUMNS[table]);
  const marks = fields.map(() => '?').join(', ');
  const insert = db.prepare(
    `insert or replace into booking_${table} (${Object.values(COLUMNS[table]).join(', ')}) values (${marks})`,
  );
  return (row) => {
    insert.run(...fields.map((field) => (row[field] ?? null) as SQLInputValue));
  };
}
