// The body of `clients/search`: what may be filtered, ordered and asked for, and no more than that.
import { z } from 'zod';
import { PlatformError } from './envelope.ts';
import { phoneDigits } from './load.ts';
import type { StoredClient, Where } from './store.ts';

export const searchSchema = z.object({
  page: z.unknown().optional(),
  page_size: z.unknown().optional(),
  fields: z.array(z.string()).default(['id']),
  order_by: z.string().default('id'),
  order_by_direction: z.string().default('asc'),
  operation: z.enum(['AND', 'OR']).default('AND'),
  filters: z.array(z.object({ type: z.string(), state: z.unknown().optional() })).default([]),
});

export type ClientSearch = z.infer<typeof searchSchema>;

const visitDate = (which: 'min' | 'max') =>
  `(select ${which}(date) from booking_records where client_id = booking_clients.id and deleted = 0 and attendance = 1)`;

const ORDERS: Record<string, string> = {
  id: 'id',
  name: "json_extract(payload, '$.name')",
  phone: 'phone',
  email: "json_extract(payload, '$.email')",
  discount: "json_extract(payload, '$.discount')",
  sold_amount:
    '(select coalesce(sum(amount), 0) from booking_transactions where client_id = booking_clients.id and deleted = 0)',
  visits_count:
    '(select count(*) from booking_records where client_id = booking_clients.id and deleted = 0 and attendance = 1)',
  first_visit_date: visitDate('min'),
  last_visit_date: visitDate('max'),
};

/** The SQL a search is ordered by. */
export function searchOrder({ order_by, order_by_direction }: ClientSearch): string {
  const column = ORDERS[order_by];
  const direction = order_by_direction.toLowerCase();
  if (column === undefined || !['asc', 'desc'].includes(direction)) {
    throw new PlatformError(400, 'Bad order.', {
      order_by: [`Clients cannot be ordered by ${order_by} ${order_by_direction}.`],
    });
  }
  return `${column} ${direction}, id`;
}

const idsSchema = z.object({ value: z.array(z.coerce.number()) });
const rangeSchema = z.object({
  from: z.union([z.string(), z.number()]).optional(),
  to: z.union([z.string(), z.number()]).optional(),
});
const statusSchema = z.object({ status: z.array(z.literal([1, 2, 3, 4])).min(1) });

/** `record.status` is not the attendance: 1 no-show, 2 waiting, 3 came, 4 confirmed. */
const ATTENDANCE_OF_STATUS = { 1: -1, 2: 0, 3: 1, 4: 2 } as const;

const FILTERS: Record<string, (state: unknown) => Where> = {
  id: (state) => listed('id', idsSchema.parse(state).value),
  gender: (state) => listed("json_extract(payload, '$.sex_id')", idsSchema.parse(state).value),
  importance: (state) => listed("json_extract(payload, '$.importance_id')", idsSchema.parse(state).value),
  sms_notification: (state) => listed("json_extract(payload, '$.sms_not')", idsSchema.parse(state).value),
  birthday: (state) =>
    range("substr(json_extract(payload, '$.birth_date'), 6)", rangeSchema.parse(state), (date) =>
      String(date).slice(-5),
    ),
  sold_amount: (state) => range(ORDERS['sold_amount'] ?? '', rangeSchema.parse(state), Number),
  quick_search: (state) => {
    const { value } = z.object({ value: z.string().min(1) }).parse(state);
    const digits = phoneDigits(value);
    const words = "payload like '%' || ? || '%'";
    return digits.length < 4
      ? { sql: [words], values: [value] }
      : { sql: [`(${words} or phone like '%' || ? || '%')`], values: [value, digits] };
  },
  record: (state) => {
    const attendances = statusSchema.parse(state).status.map((status) => ATTENDANCE_OF_STATUS[status]);
    const { sql, values } = listed('attendance', attendances);
    return {
      sql: [
        `exists (select 1 from booking_records where client_id = booking_clients.id and deleted = 0 and ${sql[0]})`,
      ],
      values,
    };
  },
};

const DOCUMENTED = ['category', 'has_mobile_app', 'has_passteam_card', 'passteam_card_ids', 'sale', 'client'];

function listed(column: string, values: number[]): Where {
  return { sql: [`${column} in (${values.map(() => '?').join(', ')})`], values };
}

function range(
  column: string,
  { from, to }: z.infer<typeof rangeSchema>,
  read: (end: string | number) => string | number,
): Where {
  const where: Where = { sql: [], values: [] };
  if (from !== undefined) {
    where.sql.push(`${column} >= ?`);
    where.values.push(read(from));
  }
  if (to !== undefined) {
    where.sql.push(`${column} <= ?`);
    where.values.push(read(to));
  }
  return { sql: [where.sql.length === 0 ? 'true' : `(${where.sql.join(' and ')})`], values: where.values };
}

/** The conditions a search stands for; a filter the platform does not know is refused, never ignored. */
export function searchWhere({ filters, operation }: ClientSearch): Where {
  const parts = filters.map(({ type, state }) => {
    const filter = FILTERS[type];
    if (filter === undefined) {
      const reason = DOCUMENTED.includes(type)
        ? `The sandbox does not evaluate the filter ${type}.`
        : `Unknown filter type ${type}.`;
      throw new PlatformError(400, 'Bad filter.', { filters: [reason] });
    }
    try {
      return filter(state);
    } catch (error) {
      if (error instanceof z.ZodError)
        throw new PlatformError(400, 'Bad filter.', { filters: [`${type}: ${z.prettifyError(error)}`] });
      throw error;
    }
  });
  if (parts.length === 0) return { sql: [], values: [] };
  const joined = parts.flatMap(({ sql }) => sql).join(operation === 'OR' ? ' or ' : ' and ');
  return { sql: [`(${joined})`], values: parts.flatMap(({ values }) => values) };
}

/** The asked-for fields the search can answer; it drops others without a word, `last_change_date` and tags among them. */
export function searchRow(
  client: StoredClient,
  fields: string[],
  visits: { came: number; first: string | null; last: string | null },
  paid: number,
): Record<string, unknown> {
  const { payload } = client;
  const known: Record<string, unknown> = {
    id: payload.id,
    name: payload.display_name,
    phone: payload.phone,
    email: payload.email,
    discount: payload.discount,
    first_visit_date: visits.first?.replace('T', ' ') ?? null,
    last_visit_date: visits.last?.replace('T', ' ') ?? null,
    sold_amount: paid,
    visits_count: visits.came,
  };
  return Object.fromEntries(Object.entries(known).filter(([field]) => fields.includes(field)));
}
