// Everything the club holds, as the platform would show it: what a test compares a mirror with when all it has is HTTP.
import type { Hono } from 'hono';
import type { Booking } from './booking.ts';
import { categoryPayload, servicePayload, staffPayload } from './catalogue-payload.ts';
import type { ActivityRow, GoodsRow, MembershipRow, TransactionRow } from './club.ts';
import type { FlatRow, Table } from './columns.ts';
import { ControlError } from './control-club.ts';
import { membershipType, MoneyWriter } from './money-payload.ts';
import { PayloadWriter } from './payload.ts';
import { clientOf, recordOf } from './store.ts';

type Batches = Iterator<unknown[]>;

/** Answers one row a line, written while it is read: half a million rows fit into no string. */
export function addRowsRoute(app: Hono, booking: Booking): void {
  app.get('/rows/:entity', (c) => {
    const entities: Readonly<Record<string, () => Batches>> = { ...tables(booking), ...lists(booking) };
    const open = entities[c.req.param('entity')];
    if (open === undefined)
      throw new ControlError(`There are no such rows; ask for one of ${Object.keys(entities).join(', ')}.`);
    return new Response(lines(open()), { headers: { 'content-type': 'application/x-ndjson' } });
  });
}

function lines(batches: Batches): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = batches.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value.map((row) => `${JSON.stringify(row)}\n`).join('')));
    },
  });
}

/** Clients who vanished are not among them; deleted records and struck-out money are, and say so. */
function tables(booking: Booking): Record<Table, () => Batches> {
  const { store } = booking;
  const write = new PayloadWriter(booking);
  const money = new MoneyWriter(booking);
  const every = (table: Table, payload: (row: FlatRow) => unknown) => () =>
    mapped(store.every(table), payload);
  return {
    clients: every('clients', (row) => (row['isGone'] === 1 ? null : write.client(clientOf(row)))),
    records: every('records', (row) => write.record(recordOf(row), { withFinance: false })),
    activities: every('activities', (row) => write.activity(row as ActivityRow)),
    memberships: every('memberships', (row) => money.membership(row as MembershipRow)),
    transactions: every('transactions', (row) => money.transaction(row as TransactionRow)),
    goods: every('goods', (row) => money.goods(row as GoodsRow)),
  };
}

function lists({ store: { catalogue }, credentials, time, now }: Booking): Record<string, () => Batches> {
  const today = time.wall(now()).slice(0, 10);
  return {
    services: () => [catalogue.list('services').map(servicePayload)].values(),
    service_categories: () => [catalogue.list('service_categories').map(categoryPayload)].values(),
    staff: () => [catalogue.list('staff').map((member) => staffPayload(member, today))].values(),
    membership_types: () =>
      [catalogue.list('membership_types').map((type) => membershipType(type, credentials.chainId))].values(),
    loyalty_programmes: () => [catalogue.list('loyalty_programmes')].values(),
  };
}

function* mapped(batches: Iterable<FlatRow[]>, payload: (row: FlatRow) => unknown): Generator<unknown[]> {
  for (const rows of batches) yield rows.map(payload).filter((row) => row !== null);
}
