import type { Hono } from 'hono';
import { checkCompany } from './access.ts';
import type { Booking } from './booking.ts';
import { ok, PlatformError } from './envelope.ts';
import { PayloadWriter } from './payload.ts';
import { Conditions, queryFlag, queryPaging, wholeNumber } from './query.ts';

/** Bookings, one by one and as lists, and the classes some of them belong to. */
export function addRecordRoutes(app: Hono, booking: Booking): void {
  const { store, credentials } = booking;
  const write = new PayloadWriter(booking);

  app.get('/records/:company', (c) => {
    checkCompany(c, credentials);
    const size = queryPaging(c, 50, 200);
    const conditions = new Conditions(c)
      .equals('staff_id', 'staff_id', 'team_member_id', 'master_id')
      .equals('client_id', 'client_id')
      .days('date', 'start_date', 'end_date')
      .days('created', 'c_start_date', 'c_end_date')
      .moments('last_change', 'changed_after', 'changed_before');
    if (!queryFlag(c, 'with_deleted')) conditions.add('deleted = 0');
    const withFinance = queryFlag(c, 'include_finance_transactions');
    const { rows, total } = store.records(conditions.where, size);
    const data = rows.map((record) => write.record(record, { withFinance }));
    return c.json(ok(data, { page: size.page, total_count: total }));
  });

  // A deleted record is found here, with 200 and `deleted: true`.
  app.get('/record/:company/:id', (c) => {
    checkCompany(c, credentials);
    const record = store.record(wholeNumber(c.req.param('id'), 'id'));
    if (record === null) throw new PlatformError(404, 'Not found.');
    return c.json(ok(write.record(record, { withFinance: queryFlag(c, 'include_finance_transactions') })));
  });

  app.get('/activity/:company/search', (c) => {
    checkCompany(c, credentials);
    const size = queryPaging(c, 25, 300);
    const conditions = new Conditions(c)
      .days('date', 'from', 'till')
      .equals('staff_id', 'staff_id', 'team_member_id', 'master_id')
      .equals('service_id', 'service_id');
    const { rows, total } = store.activities(conditions.where, size);
    return c.json(
      ok(
        rows.map((activity) => write.activity(activity)),
        { count: total },
      ),
    );
  });
}
