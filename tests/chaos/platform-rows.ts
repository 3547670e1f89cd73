import { ATTENDANCE } from '../functions/crm-sync/equality.ts';
import type { Entities, Rows } from '../functions/crm-sync/equality.ts';
import { toE164 } from '../../shared/booking/phone.ts';

// Everything the sandbox's booking platform holds, read over HTTP and put as the mirror would put it.

/** Fields come as the platform writes them: numbers as strings, `[]` for no object. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Payload = any;
type Read = (row: Payload) => Record<string, unknown>;

export async function platformRows(sandboxUrl: string): Promise<Entities> {
  const list = async (entity: string, isOurs: (row: Payload) => boolean = () => true) => {
    const response = await fetch(`${sandboxUrl}/control/booking/rows/${entity}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`The sandbox does not tell its ${entity}: ${text}`);
    const rows = text.split('\n').filter((line) => line !== '');
    return rows.map((line) => JSON.parse(line) as Payload).filter(isOurs);
  };
  const titles = new Map((await list('service_categories')).map(({ id, title }) => [String(id), title]));
  return {
    services: by(await list('services'), ({ title, category_id: category }) => ({
      title,
      category: titles.get(String(category)) ?? '',
    })),
    staff: by(await list('staff'), ({ name, fired }) => ({ name, is_deleted: fired === 1 })),
    membership_types: by(await list('membership_types'), membershipType),
    loyalty_programmes: by(await list('loyalty_programmes'), programme),
    clients: by(await list('clients'), client),
    bookings: by(await list('records'), booking),
    payments: by(await list('transactions'), payment),
    membership_sales: by(await list('goods', ({ good }) => good.loyalty_abonement_type_id !== 0), sale),
    memberships: by(await list('memberships'), card),
  };
}

function by(rows: readonly Payload[], read: Read): Rows {
  return Object.fromEntries(rows.map((row) => [String(row.id), { is_deleted: false, ...read(row) }]));
}

const text = (id: number | undefined) => (id ? String(id) : null);
const instant = (time: string) => new Date(time).toISOString();
const day = (time: string | null) => time?.slice(0, 10) ?? null;

const membershipType: Read = ({ title, period, united_balance_services_count: visits }) => ({
  title,
  period,
  visits: visits === 0 ? null : visits,
});

const programme: Read = ({ title, type, value, value_unit: unit, usage_limit: limit }) => ({
  title,
  type,
  discount: value,
  unit,
  limit: limit === 0 ? null : limit,
});

const client: Read = ({ display_name: name, phone, birth_date: birthDate, sms_not: smsNot }) => ({
  name,
  phone: toE164(phone, 'CZ'),
  birth_date: birthDate === '1970-01-01' ? null : birthDate,
  is_excluded: smsNot === 1,
});

const booking: Read = (record) => ({
  status: record.deleted ? 'cancelled' : ATTENDANCE[record.attendance],
  client: text(record.client?.id),
  staff: text(record.staff_id),
  services: record.services.map(({ id }: { id: number }) => String(id)),
  starts_at: instant(record.datetime),
  made_at: instant(record.create_date),
  is_deleted: record.deleted,
});

const payment: Read = (row) => ({
  amount: Math.round(Number(row.amount) * 100),
  client: text(row.client.id),
  booking: text(row.record_id),
  sale: row.sold_item_type === 'goods_transaction' ? text(row.sold_item_id) : null,
  paid_at: instant(row.date),
  is_deleted: row.deleted,
});

const sale: Read = ({ client, create_date: soldAt, deleted }) => ({
  client: text(client.id),
  sold_date: day(soldAt),
  is_deleted: deleted,
});

const card: Read = ({
  goods_transaction_id: sale,
  status,
  created_date: created,
  expiration_date: expires,
}) => ({
  sale: text(sale),
  status: status.title,
  created_date: day(created),
  expires_date: day(expires),
});
