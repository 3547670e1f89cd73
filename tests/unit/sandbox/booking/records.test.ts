import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';
import type { Json } from './club-under-test.ts';

test('a page over 200 rows is lowered without a word, and the total is told', async () => {
  const club = openClub();
  const answer = await club.get('/records/1001?count=1000&with_deleted=1');
  expect(rowsOf(answer)).toHaveLength(200);
  expect(answer.meta).toEqual({ page: 1, total_count: club.booking.store.totals().records });
  expect(rowsOf(await club.get('/records/1001'))).toHaveLength(50);
});

test('the pages together hold every record once, and the page after the last is empty', async () => {
  const club = openClub();
  const ids = new Set<number>();
  const total = club.booking.store.totals().records;
  for (let page = 1; ; page += 1) {
    const rows = rowsOf(await club.get(`/records/1001?count=200&page=${page}&with_deleted=1`));
    if (rows.length === 0) break;
    for (const { id } of rows) ids.add(id);
  }
  expect(ids.size).toBe(total);
});

test('a deleted record hides without with_deleted, and alone still answers 200', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/records', {
    clientId: 10_001,
    startsAt: '2026-03-12T18:00:00',
  });
  await club.control('DELETE', `/records/${body.id}`);
  const ids = async (query: string) =>
    rowsOf(await club.get(`/records/1001?client_id=10001&count=200${query}`)).map(({ id }) => id);
  expect(await ids('')).not.toContain(body.id);
  expect(await ids('&with_deleted=1')).toContain(body.id);
  expect(await club.get(`/record/1001/${body.id}`)).toMatchObject({ status: 200, data: { deleted: true } });
  expect((await club.get('/record/1001/999999999')).status).toBe(404);
});

test('changed_after answers only what changed since, deletions with the flag', async () => {
  const club = openClub();
  const since = '/records/1001?count=200&changed_after=2026-03-11T10:00:00';
  expect(rowsOf(await club.get(`${since}&with_deleted=1`))).toEqual([]);
  const visit = await club.control('POST', '/visits', { clientId: 10_003, serviceKind: 'personal' });
  expect(rowsOf(await club.get(since))).toMatchObject([
    { id: visit.body.id, attendance: 1, client: { id: 10_003 }, services: [{ title: expect.any(String) }] },
  ]);
  await club.control('DELETE', `/records/${visit.body.id}`);
  expect(rowsOf(await club.get(since))).toEqual([]);
  expect(rowsOf(await club.get(`${since}&with_deleted=1`))).toMatchObject([
    { id: visit.body.id, deleted: true },
  ]);
  expect(rowsOf(await club.get(`${since}&with_deleted=1&changed_before=2026-03-11T10:00:00`))).toEqual([]);
});

test('start_date and end_date are whole local days, both included', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/records', {
    clientId: null,
    startsAt: '2026-05-01T23:30:00+02:00',
  });
  const within = async (query: string) =>
    rowsOf(await club.get(`/records/1001?${query}`)).map(({ id }) => id);
  expect(await within('start_date=2026-05-01&end_date=2026-05-01')).toEqual([body.id]);
  expect(await within('start_date=2026-05-02')).toEqual([]);
  expect((await club.get('/records/1001?start_date=1.5.2026')).status).toBe(422);
});

test('records wear the platform’s date formats, each for its field', async () => {
  const club = openClub();
  const rows = rowsOf(await club.get('/records/1001?count=200&start_date=2025-06-01&end_date=2025-06-30'));
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) {
    expect(row['datetime']).toMatch(/^2025-06-\d\dT\d\d:\d\d:00\+02:00$/);
    expect(row['create_date']).toMatch(/^2025-0[56]-\d\dT\d\d:\d\d:\d\d\+0200$/);
    expect(row['date']).toMatch(/^2025-06-\d\d \d?\d:\d\d:00$/);
  }
});

test('there are bookings of nobody, of a deleted service, of classes, and amounts as text', async () => {
  const club = openClub();
  const rows: Record<string, Json>[] = [];
  for (let page = 1; page <= 10; page += 1) {
    rows.push(...rowsOf(await club.get(`/records/1001?count=200&page=${page}&with_deleted=1`)));
  }
  const offered = rowsOf(await club.get('/company/1001/services')).map(({ id }) => Number(id));
  expect(rows.some(({ client }) => client === null)).toBe(true);
  expect(rows.some(({ services }) => !offered.includes(services[0].id))).toBe(true);
  expect(rows.some(({ activity_id }) => activity_id !== 0)).toBe(true);
  expect(rows.some(({ services }) => typeof services[0].cost === 'string')).toBe(true);
  expect(new Set(rows.map(({ attendance }) => attendance))).toEqual(new Set([-1, 0, 1, 2]));
});

test('payments come with a record only when asked for', async () => {
  const club = openClub();
  const money = rowsOf(await club.get('/transactions/1001?count=200')).find(
    ({ record_id }) => record_id !== 0,
  );
  const path = `/record/1001/${money?.['record_id']}`;
  expect(await club.get(path)).toMatchObject({ data: { finance_transactions: [] } });
  expect(await club.get(`${path}?include_finance_transactions=1`)).toMatchObject({
    data: { finance_transactions: [{ id: money?.['id'], expense: { id: expect.any(Number) } }] },
  });
});

test('a class counts its bookings', async () => {
  const club = openClub();
  const answer = await club.get('/activity/1001/search?from=2026-01-01&till=2026-01-31&count=300');
  const [first] = rowsOf(answer);
  expect(answer.meta.count).toBe(rowsOf(answer).length);
  expect(first).toMatchObject({
    capacity: 14,
    records_count: expect.any(Number),
    service: { title: expect.any(String) },
  });
});
