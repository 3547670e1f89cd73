import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';

const SALES = '/storages/transactions/1001?changed_after=2026-03-11T10:05:00';
const PAYMENTS = '/transactions/1001?deleted=1&changed_after=2026-03-11T10:05:00';

test('a card made out without a sale names none, and only the phone tells whose it is', async () => {
  const club = openClub();
  const client = await club.control('POST', '/clients', { name: 'Věra', phone: '+420601555444' });
  const card = { clientId: client.body.id, membershipTypeId: 305 };
  const { status, body } = await club.control('POST', '/memberships', card);
  expect(status).toBe(201);
  expect(body).toMatchObject({ goods_transaction_id: 0, balance_string: 'Osobní tréninky (x5)' });
  expect(body).not.toHaveProperty('client');
  const byPhone = await club.get('/loyalty/abonements?company_id=1001&phone=420601555444');
  expect(rowsOf(byPhone)).toMatchObject([{ id: body.id }]);
  expect((await club.control('POST', '/memberships', { ...card, membershipTypeId: 7 })).status).toBe(404);
});

test('a card is used, frozen and prolonged without a trace of when', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/memberships', { clientId: 10_001, membershipTypeId: 301 });
  const patch = { left: 0, statusId: 4, frozen: true, expires: '2027-01-31T23:59:59' };
  expect((await club.control('PATCH', `/memberships/${body.id}`, patch)).body).toMatchObject({
    id: body.id,
    balance_string: 'Tréninky (x0)',
    is_frozen: true,
    expiration_date: '2027-01-31T23:59:59.000+01:00',
    status: { id: 4 },
    created_date: body.created_date,
  });
});

test('a sale is struck out, and a payment corrected; silently, no list of changes shows it', async () => {
  const club = openClub();
  const sold = await club.control('POST', '/sales', { clientId: 10_001, membershipTypeId: 301 });
  const { goodsId, transactionId } = sold.body;
  club.advance(10 * 60_000);
  const silently = { deleted: true, silent: true };
  expect((await club.control('PATCH', `/sales/${goodsId}`, silently)).body.deleted).toBe(true);
  expect((await club.control('PATCH', `/transactions/${transactionId}`, silently)).body.deleted).toBe(true);
  expect([rowsOf(await club.get(SALES)), rowsOf(await club.get(PAYMENTS))]).toEqual([[], []]);

  await club.control('PATCH', `/sales/${goodsId}`, { deleted: false });
  await club.control('PATCH', `/transactions/${transactionId}`, { amount: 12.5 });
  expect(rowsOf(await club.get(SALES))).toMatchObject([{ id: goodsId, deleted: false }]);
  const [payment] = rowsOf(await club.get(PAYMENTS));
  expect({ ...payment, amount: Number(payment!.amount) }).toMatchObject({
    id: transactionId,
    amount: 12.5,
    deleted: true,
  });
});

test('what the desk does not have is refused', async () => {
  const club = openClub();
  for (const path of ['/sales/1', '/transactions/1', '/memberships/1'])
    expect((await club.control('PATCH', path, path === '/sales/1' ? { deleted: true } : {})).status).toBe(
      404,
    );
});
