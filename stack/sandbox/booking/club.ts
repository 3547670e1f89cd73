// The rows of a club as the sandbox keeps them. Times are wall-clock `YYYY-MM-DDTHH:MM:SS`.

export const COMMUNITIES = ['cs', 'uk', 'ru', 'en', 'bg'] as const;
export type Community = (typeof COMMUNITIES)[number];

export const SERVICE_KINDS = ['trial', 'group', 'personal', 'open', 'other'] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** A client in the platform's own shape. Types waver on purpose: the real ones do. */
export type ClientPayload = {
  id: number;
  name: string;
  surname: string;
  patronymic: string;
  display_name: string;
  phone: string | number;
  email: string;
  categories: { id: number; title: string; color: string }[] | Record<string, never>;
  sex_id: number;
  sex: string;
  discount: number;
  importance_id: number;
  importance: string;
  card: string | number;
  birth_date: string | null;
  comment: string;
  sms_check: number;
  sms_not: number;
  spent: number | string;
  paid: number | string;
  balance: number;
  visits: number;
  last_change_date: string;
  custom_fields: Record<string, unknown> | [];
};

export type ClientRow = { payload: ClientPayload; community: Community; lastChange: string };

/** One booking. `services` is JSON: `[[serviceId, cost, costToPay], …]`. */
export type RecordRow = {
  id: number;
  clientId: number | null;
  staffId: number;
  activityId: number;
  services: string;
  date: string;
  created: string;
  lastChange: string;
  length: number;
  attendance: -1 | 0 | 1 | 2;
  confirmed: 0 | 1;
  paidFull: 0 | 1;
  online: 0 | 1;
  deleted: 0 | 1;
};

export type ActivityRow = {
  id: number;
  date: string;
  serviceId: number;
  staffId: number;
  length: number;
  capacity: number;
};

/** A membership card. The platform's list does not say whose it is: only the sale does. */
export type MembershipRow = {
  id: number;
  clientId: number;
  typeId: number;
  goodsTransactionId: number;
  number: string;
  created: string;
  expires: string | null;
  left: number;
  statusId: number;
  frozen: 0 | 1;
};

export type TransactionRow = {
  id: number;
  documentId: number;
  clientId: number | null;
  recordId: number;
  staffId: number;
  date: string;
  lastChange: string;
  amount: number;
  expenseId: number;
  accountId: number;
  soldItemId: number;
  soldItemType: 'service' | 'goods_transaction';
  deleted: 0 | 1;
};

/** A movement in the shop; type 1 is a sale, and a sale of a membership names its type. */
export type GoodsRow = {
  id: number;
  documentId: number;
  clientId: number | null;
  membershipTypeId: number;
  number: string;
  created: string;
  lastChange: string;
  cost: number;
  deleted: 0 | 1;
};

export type Club = {
  seed: number;
  today: string;
  timeZone: string;
  clients: ClientRow[];
  records: RecordRow[];
  activities: ActivityRow[];
  memberships: MembershipRow[];
  transactions: TransactionRow[];
  goods: GoodsRow[];
};

/** Where each sort of id begins, so that a number says what it is. */
export const FIRST_ID = {
  client: 10_001,
  activity: 300_001,
  record: 1_000_001,
  membership: 9_000_001,
  transaction: 30_000_001,
  goods: 40_000_001,
  document: 60_000_001,
  /** Added to a record's id. */
  visitOffset: 100_000_000,
} as const;
