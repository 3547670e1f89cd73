// What the demo club sells besides training itself, and where the money goes.

export type MembershipType = {
  id: number;
  goodId: number;
  title: string;
  price: number;
  /** 1 day, 2 week, 3 month, 4 year. */
  periodUnitId: 1 | 2 | 3 | 4;
  period: number;
  /** Entries on the card; 0 is without limit. */
  entries: number;
  covers: 'training' | 'personal';
  allowFreeze: boolean;
};

export const MEMBERSHIP_TYPES: readonly MembershipType[] = [
  {
    id: 301,
    goodId: 401,
    title: '10 vstupů',
    price: 1990,
    periodUnitId: 3,
    period: 3,
    entries: 10,
    covers: 'training',
    allowFreeze: false,
  },
  {
    id: 302,
    goodId: 402,
    title: 'Měsíční členství',
    price: 1490,
    periodUnitId: 3,
    period: 1,
    entries: 0,
    covers: 'training',
    allowFreeze: false,
  },
  {
    id: 303,
    goodId: 403,
    title: 'Čtvrtletní členství',
    price: 3990,
    periodUnitId: 3,
    period: 3,
    entries: 0,
    covers: 'training',
    allowFreeze: true,
  },
  {
    id: 304,
    goodId: 404,
    title: 'Roční členství',
    price: 13_900,
    periodUnitId: 4,
    period: 1,
    entries: 0,
    covers: 'training',
    allowFreeze: true,
  },
  {
    id: 305,
    goodId: 405,
    title: '5 osobních tréninků',
    price: 3700,
    periodUnitId: 3,
    period: 3,
    entries: 5,
    covers: 'personal',
    allowFreeze: false,
  },
  {
    id: 306,
    goodId: 406,
    title: 'Student 10 vstupů',
    price: 1690,
    periodUnitId: 3,
    period: 3,
    entries: 10,
    covers: 'training',
    allowFreeze: false,
  },
  {
    id: 307,
    goodId: 407,
    title: 'Měsíční členství s automatickým obnovením',
    price: 1490,
    periodUnitId: 3,
    period: 1,
    entries: 0,
    covers: 'training',
    allowFreeze: false,
  },
];

/** The platform does not say which memberships renew themselves; the sandbox must know. */
export const AUTO_RENEWING = 307;

export type Programme = {
  id: number;
  title: string;
  type: string;
  value: number;
  value_unit: 'percent' | 'amount';
  usage_limit: number;
  expiration_timeout: number;
};

export const PROGRAMMES: readonly Programme[] = [
  {
    id: 501,
    title: 'Uvítací sleva 10 %',
    type: 'discount_static',
    value: 10,
    value_unit: 'percent',
    usage_limit: 1,
    expiration_timeout: 30,
  },
  {
    id: 502,
    title: 'Narozeninových 200 Kč',
    type: 'discount_static',
    value: 200,
    value_unit: 'amount',
    usage_limit: 1,
    expiration_timeout: 14,
  },
  {
    id: 503,
    title: 'Balíček 5+1',
    type: 'package_discount',
    value: 100,
    value_unit: 'percent',
    usage_limit: 0,
    expiration_timeout: 0,
  },
];

export const EXPENSES: Record<number, string> = {
  5: 'Poskytnuté služby',
  7: 'Prodej zboží',
  8: 'Prodej členství',
  11: 'Vrácení peněz',
};
export const ACCOUNTS: Record<number, { title: string; is_cash: boolean }> = {
  90_459: { title: 'Hlavní pokladna', is_cash: true },
  90_460: { title: 'Platební terminál', is_cash: false },
};

/** The goods that are not memberships share this row of the shop. */
export const DRINK = { goodId: 490, title: 'Iontový nápoj', price: 45 } as const;

const typesById = new Map(MEMBERSHIP_TYPES.map((type) => [type.id, type]));

/** A membership type by id. */
export function membershipTypeById(id: number): MembershipType | undefined {
  return typesById.get(id);
}
