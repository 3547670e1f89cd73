import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';

test('the search answers only the fields asked for, and id alone when none are', async () => {
  const club = openClub();
  expect(Object.keys(rowsOf(await club.post('/company/1001/clients/search', {}))[0] ?? {})).toEqual(['id']);
  const asked = { fields: ['id', 'phone', 'last_change_date'], page_size: 3 };
  const found = await club.post('/company/1001/clients/search', asked);
  expect(rowsOf(found)).toHaveLength(3);
  expect(Object.keys(rowsOf(found)[0] ?? {})).toEqual(['id', 'phone']);
  expect(found.meta).toEqual({ total_count: 60 });
});

test('a search page is 25 rows unless told, and never more than 200', async () => {
  const club = openClub({ demo: { clients: 230, visits: 2000 } });
  expect(rowsOf(await club.post('/company/1001/clients/search', {}))).toHaveLength(25);
  expect(rowsOf(await club.post('/company/1001/clients/search', { page_size: 500 }))).toHaveLength(200);
  const last = await club.post('/company/1001/clients/search', { page: 2, page_size: 200 });
  expect(rowsOf(last)).toHaveLength(30);
});

test('filters the platform knows narrow the search; one it does not know is a bad request', async () => {
  const club = openClub();
  const opted = await club.post('/company/1001/clients/search', {
    fields: ['id'],
    page_size: 200,
    filters: [{ type: 'sms_notification', state: { value: [1] } }],
  });
  const all = rowsOf(await club.get('/clients/1001?count=200'));
  expect(rowsOf(opted).map(({ id }) => id)).toEqual(
    all.filter((row) => row['sms_not'] === 1).map(({ id }) => id),
  );
  const both = await club.post('/company/1001/clients/search', {
    operation: 'AND',
    filters: [
      { type: 'id', state: { value: [10_001, 10_002] } },
      { type: 'birthday', state: { from: '03-11', to: '03-11' } },
    ],
  });
  expect(rowsOf(both)).toEqual([{ id: 10_001 }]);
  const unknown = await club.post('/company/1001/clients/search', {
    filters: [{ type: 'changed', state: {} }],
  });
  expect(unknown).toMatchObject({
    status: 400,
    success: false,
    meta: { errors: { filters: [expect.any(String)] } },
  });
});

test('the deprecated list pages by 20, tells the total, and knows what changed', async () => {
  const club = openClub();
  const first = await club.get('/clients/1001');
  expect(rowsOf(first)).toHaveLength(20);
  expect(first.meta).toEqual({ page: 1, total_count: 60 });
  expect(rowsOf(await club.get('/clients/1001?changed_after=2026-03-11T00:00:00'))).toEqual([]);
  await club.control('PATCH', '/clients/10005', { phone: '+420601234567', smsNot: true });
  const changed = await club.get('/clients/1001?changed_after=2026-03-11T00:00:00');
  expect(rowsOf(changed)).toMatchObject([{ id: 10_005, phone: '+420601234567', sms_not: 1 }]);
});

test('changed_after is the club’s wall clock and includes the second it names', async () => {
  const club = openClub();
  // 09:00:00 UTC is 10:00:00 in Prague.
  const { body } = await club.control('POST', '/clients', {
    name: 'Ева',
    phone: '+420601111222',
    community: 'bg',
  });
  expect(body.last_change_date).toBe('2026-03-11T10:00:00+0100');
  const since = async (wall: string) => rowsOf(await club.get(`/clients/1001?changed_after=${wall}`)).length;
  expect(await since('2026-03-11T10:00:00')).toBe(1);
  expect(await since('2026-03-11T10:00:01')).toBe(0);
  expect((await club.get('/clients/1001?changed_after=2026-03-11T09:00:00Z')).status).toBe(422);
  expect((await club.get('/clients/1001?changed_after=yesterday')).status).toBe(422);
});

test('a removed client is gone from every list without a trace, while the bookings still name them', async () => {
  const club = openClub();
  await club.control('POST', '/records', {
    clientId: 10_007,
    startsAt: '2026-03-10T18:00:00',
    attendance: 1,
  });
  expect((await club.control('DELETE', '/clients/10007')).status).toBe(204);
  expect((await club.get('/client/1001/10007')).status).toBe(404);
  expect((await club.get('/clients/1001')).meta.total_count).toBe(59);
  expect(rowsOf(await club.get('/clients/1001?changed_after=2026-03-11T00:00:00'))).toEqual([]);
  const search = await club.post('/company/1001/clients/search', { page_size: 200 });
  expect(rowsOf(search).map(({ id }) => id)).not.toContain(10_007);
  const records = rowsOf(await club.get('/records/1001?client_id=10007'));
  expect(records[0]?.['client']).toMatchObject({ id: 10_007 });
});

test('what a client spent is what they paid, refunds subtracted, in the list and in the search', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/clients', { name: 'Nová', phone: '+420601111333' });
  await club.control('POST', '/sales', { clientId: body.id, membershipTypeId: 301, amount: 1_500 });
  await club.control('POST', '/sales', { clientId: body.id, amount: -500.5 });
  await club.control('POST', '/sales', { clientId: body.id, amount: 300, isPaid: false });
  const { body: struck } = await club.control('POST', '/sales', { clientId: body.id, amount: 800 });
  await club.control('PATCH', `/transactions/${struck.transactionId}`, { deleted: true });
  const { data } = await club.get(`/client/1001/${body.id}`);
  expect(Number((data as { spent: number | string }).spent)).toBe(999.5);
  const [found] = rowsOf(
    await club.post('/company/1001/clients/search', {
      fields: ['id', 'sold_amount'],
      filters: [{ type: 'sold_amount', state: { from: 999, to: 1_000 } }],
    }),
  );
  expect(found).toEqual({ id: body.id, sold_amount: 999.5 });
  const everybody = rowsOf(await club.get('/clients/1001?count=200'));
  expect(everybody.filter(({ spent }) => Number(spent) > 0).length).toBeGreaterThan(10);
});

test.each(['page=0', 'page=x', 'count=-1', 'count=1.5'])('%s is refused', async (query) => {
  expect(await openClub().get(`/clients/1001?${query}`)).toMatchObject({ status: 422, success: false });
});
