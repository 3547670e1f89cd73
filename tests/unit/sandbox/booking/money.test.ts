import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';
import type { Json } from './club-under-test.ts';

test('membership cards page by 25 and at most 100, without a total and without an owner', async () => {
  const club = openClub();
  const answer = await club.get('/chain/501/loyalty/abonements');
  expect(rowsOf(answer)).toHaveLength(25);
  expect(answer.meta).toEqual([]);
  expect(rowsOf(await club.get('/chain/501/loyalty/abonements?count=200'))).toHaveLength(100);
  expect(rowsOf(answer)[0]).not.toHaveProperty('client');
});

test('created_after finds the cards made since', async () => {
  const club = openClub();
  const since = '/chain/501/loyalty/abonements?created_after=2026-03-11T10:00:00';
  expect(rowsOf(await club.get(since))).toEqual([]);
  const { body } = await club.control('POST', '/sales', { clientId: 10_002, membershipTypeId: 301 });
  expect(rowsOf(await club.get(since))).toMatchObject([
    { id: body.membershipId, goods_transaction_id: body.goodsId },
  ]);
});

test('the sale of a card names the client, the type and the card’s number', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/sales', {
    clientId: 10_002,
    membershipTypeId: 301,
    isPaid: false,
  });
  const [sale] = rowsOf(await club.get('/storages/transactions/1001?changed_after=2026-03-11T10:00:00'));
  expect(sale).toMatchObject({
    id: body.goodsId,
    type_id: 1,
    amount: -1,
    client: { id: 10_002 },
    good: { loyalty_abonement_type_id: 301 },
  });
  expect(rowsOf(await club.get('/transactions/1001?changed_after=2026-03-11T10:00:00'))).toEqual([]);
});

test('some balances say one thing in the text and 0 in the container', async () => {
  const cards = rowsOf(await openClub().get('/chain/501/loyalty/abonements?count=100'));
  const split = cards.filter(
    (card) => card['balance_container'].links[0]?.count === 0 && !card['balance_string'].endsWith('(x0)'),
  );
  expect(split.length).toBeGreaterThan(0);
});

test('cards by phone are those of everyone who shares it, and only open ones', async () => {
  const club = openClub();
  await club.control('PATCH', '/clients/10001', { phone: '+420601999888' });
  await club.control('PATCH', '/clients/10002', { phone: 420601999888 });
  const before = rowsOf(await club.get('/loyalty/abonements?company_id=1001&phone=420601999888')).length;
  await club.control('POST', '/sales', { clientId: 10_001, membershipTypeId: 302 });
  await club.control('POST', '/sales', { clientId: 10_002, membershipTypeId: 305 });
  const shared = rowsOf(await club.get('/loyalty/abonements?company_id=1001&phone=420601999888'));
  expect(shared).toHaveLength(before + 2);
  expect(rowsOf(await club.get('/loyalty/abonements?company_id=1001&phone=601999888'))).toEqual([]);
});

test('payments hold refunds, text amounts and nobody’s money; struck-out ones only when asked for', async () => {
  const club = openClub({ demo: { clients: 200, visits: 7000 } });
  const all: Record<string, Json>[] = [];
  for (let page = 1; page <= 12; page += 1)
    all.push(...rowsOf(await club.get(`/transactions/1001?count=200&deleted=1&page=${page}`)));
  expect(all.some(({ amount }) => Number(amount) < 0)).toBe(true);
  expect(all.some(({ amount }) => typeof amount === 'string')).toBe(true);
  expect(all.some(({ client }) => Array.isArray(client))).toBe(true);
  const struck = all.filter(({ deleted }) => deleted);
  expect(struck.length).toBeGreaterThan(0);
  const day = struck[0]?.['date'].slice(0, 10);
  const plain = rowsOf(await club.get(`/transactions/1001?start_date=${day}&end_date=${day}&count=200`));
  expect(plain.map(({ id }) => id)).not.toContain(struck[0]?.['id']);
});

test('the lists without pages answer the whole catalogue, old rows in strings, missing positions as lists', async () => {
  const club = openClub();
  const services = await club.get('/company/1001/services');
  expect(services.meta.total_count).toBe(rowsOf(services).length);
  expect(rowsOf(services).some(({ id, price_min }) => typeof id === 'string' && price_min === '600.00')).toBe(
    true,
  );
  const staff = rowsOf(await club.get('/company/1001/staff'));
  expect(staff).toHaveLength(8);
  expect(staff.some(({ position }) => Array.isArray(position))).toBe(true);
  expect((await club.get('/company/1001')).data).toMatchObject({
    timezone: 1,
    timezone_name: 'Europe/Prague',
    currency_short_title: 'CZK',
  });
  expect(rowsOf(await club.get('/company/1001/service_categories'))).toHaveLength(5);
  expect((await club.get('/company/1001/loyalty/abonement_types/search')).meta).toEqual({ count: 7 });
  expect(rowsOf(await club.get('/company/1001/loyalty/programs/search?type=discount_static'))).toHaveLength(
    2,
  );
});
