import type { Hono } from 'hono';
import { checkChain, checkCompany } from './access.ts';
import type { Booking } from './booking.ts';
import { ok, PlatformError } from './envelope.ts';
import { phoneDigits } from './load.ts';
import { MoneyWriter } from './money-payload.ts';
import { Conditions, queryFlag, queryPaging } from './query.ts';

/** Membership cards, money and the shop. */
export function addMoneyRoutes(app: Hono, booking: Booking): void {
  const { store, credentials } = booking;
  const write = new MoneyWriter(booking);

  app.get('/chain/:chain/loyalty/abonements', (c) => {
    checkChain(c, credentials);
    const size = queryPaging(c, 25, 100);
    const conditions = new Conditions(c).moments('created', 'created_after', 'created_before');
    return c.json(ok(store.memberships(conditions.where, size).rows.map((card) => write.membership(card))));
  });

  // By phone, with the country code: whoever shares the phone shares the answer, and closed cards are not in it.
  app.get('/loyalty/abonements', (c) => {
    checkCompany(c, credentials, c.req.query('company_id') ?? c.req.query('location_id'));
    const phone = phoneDigits(c.req.query('phone') ?? '');
    if (phone.length < 9)
      throw new PlatformError(422, 'Validation failed.', { phone: ['The phone must have 9 to 15 digits.'] });
    const where = {
      sql: [
        'client_id in (select id from booking_clients where phone = ? and is_gone = 0)',
        'status_id in (1, 2)',
      ],
      values: [phone],
    };
    return c.json(
      ok(store.memberships(where, { page: 1, count: 200 }).rows.map((card) => write.membership(card))),
    );
  });

  app.get('/transactions/:company', (c) => {
    checkCompany(c, credentials);
    const size = queryPaging(c, 50, 200);
    const conditions = new Conditions(c)
      .equals('client_id', 'client_id')
      .equals('account_id', 'account_id')
      .equals('staff_id', 'master_id', 'staff_id', 'team_member_id')
      .equals('document_id', 'document_id')
      .days('date', 'start_date', 'end_date')
      .moments('last_change', 'changed_after', 'changed_before');
    if (!queryFlag(c, 'deleted')) conditions.add('deleted = 0');
    return c.json(ok(store.transactions(conditions.where, size).rows.map((row) => write.transaction(row))));
  });

  // Struck-out rows stay in this list and say so.
  app.get('/storages/transactions/:company', (c) => {
    checkCompany(c, credentials);
    const size = queryPaging(c, 20, 200);
    const conditions = new Conditions(c)
      .equals('document_id', 'document_id')
      .equals('client_id', 'client_id')
      .days('created', 'start_date', 'end_date')
      .moments('last_change', 'changed_after', 'changed_before');
    return c.json(ok(store.goods(conditions.where, size).rows.map((row) => write.goods(row))));
  });
}
