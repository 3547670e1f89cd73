import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';

test('a fault spoils as many matching calls as it was told to, and no others', async () => {
  const club = openClub();
  await club.control('POST', '/faults', {
    match: { method: 'GET', path: '/records/*' },
    kind: '429',
    times: 2,
  });
  expect((await club.get('/company/1001/staff')).status).toBe(200);
  const statuses = [];
  for (let call = 0; call < 3; call += 1) statuses.push((await club.get('/records/1001')).status);
  expect(statuses).toEqual([429, 429, 200]);
});

test('a fault may be meant for what is asked, not only for where', async () => {
  const club = openClub();
  const match = { path: '/clients/*', query: '*id[]=10002*' };
  await club.control('POST', '/faults', { match, kind: '500', times: 0 });
  expect((await club.get('/clients/1001')).status).toBe(200);
  expect((await club.get('/clients/1001?id[]=10001')).status).toBe(200);
  const response = await club.call('/clients/1001?id%5B%5D=10001&id%5B%5D=10002&page=1');
  expect(response.status).toBe(500);
});

test.each([
  ['success-false', 200, 'application/json'],
  ['html-403', 403, 'text/html'],
  ['500', 500, 'text/plain'],
  ['page-failure', 500, 'application/json'],
  ['unauthorized', 401, 'application/json'],
  ['no-rights', 403, 'application/json'],
])('the fault %s answers %i as %s', async (kind, status, type) => {
  const club = openClub();
  await club.control('POST', '/faults', { kind });
  const response = await club.call('/groups');
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain(type);
  expect(await response.text()).not.toContain('"success":true');
});

test('a page failure can wait for the pages after one', async () => {
  const club = openClub();
  await club.control('POST', '/faults', {
    match: { path: '/records/*' },
    kind: 'page-failure',
    afterPage: 2,
  });
  const statuses = [];
  for (const page of [1, 2, 3, 3]) statuses.push((await club.get(`/records/1001?page=${page}`)).status);
  expect(statuses).toEqual([200, 200, 500, 200]);
  await club.control('POST', '/faults', { match: { method: 'POST' }, kind: 'page-failure', afterPage: 1 });
  expect((await club.post('/company/1001/clients/search', { page: 1 })).status).toBe(200);
  expect((await club.post('/company/1001/clients/search', { page: 2 })).status).toBe(500);
});

test('a cut connection fails the caller’s read, and truncated JSON does not parse', async () => {
  const club = openClub();
  await club.control('POST', '/faults', { kind: 'reset' });
  await expect((await club.call('/groups')).text()).rejects.toThrow();
  await club.control('POST', '/faults', { kind: 'truncated-json' });
  const cut = await club.call('/company/1001/staff');
  expect(cut.status).toBe(200);
  await expect(cut.json()).rejects.toThrow(SyntaxError);
});

test('a short page is shorter than what there is', async () => {
  const club = openClub();
  await club.control('POST', '/faults', { kind: 'short-page' });
  expect(rowsOf(await club.get('/records/1001?count=50'))).toHaveLength(25);
});

test('a page may show the last rows of the page before again, above its own', async () => {
  const club = openClub();
  const ids = async (page: number) =>
    rowsOf(await club.get(`/records/1001?count=50&page=${page}`)).map(({ id }) => id);
  const [first, second] = [await ids(1), await ids(2)];
  await club.control('POST', '/faults', { kind: 'duplicate-ids', times: 0, rows: 3 });
  expect(await ids(1)).toEqual(first);
  expect(await ids(2)).toEqual([...first.slice(-3), ...second]);
  const types = '/company/1001/loyalty/abonement_types/search?page_size=4&page=2';
  expect(rowsOf(await club.get(types)).map(({ id }) => id)).toEqual([302, 303, 304, 305, 306, 307]);
  const search = { page: 2, page_size: 20, fields: ['id'] };
  expect(rowsOf(await club.post('/company/1001/clients/search', search))).toHaveLength(23);
});

test('a slow answer waits as long as it was told and is then right', async () => {
  const waited: number[] = [];
  const club = openClub({ wait: async (ms) => void waited.push(ms) });
  await club.control('POST', '/faults', { kind: 'slow', delayMs: 5000 });
  expect((await club.get('/groups')).success).toBe(true);
  expect(waited).toEqual([5000]);
});

test('faults outlive a restart and can be cleared', async () => {
  const first = openClub();
  await first.control('POST', '/faults', { kind: '500', times: 0 });
  const second = openClub({ db: first.db });
  expect((await second.call('/groups')).status).toBe(500);
  expect((await second.call('/groups')).status).toBe(500);
  expect((await second.control('GET', '/faults')).body.faults).toHaveLength(1);
  await second.control('DELETE', '/faults');
  expect((await second.call('/groups')).status).toBe(200);
});

test('a fault that is not one is refused with the reason', async () => {
  const answer = await openClub().control('POST', '/faults', { kind: 'gremlins' });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toContain('kind');
});

test('the log tells each call, how it ended and why', async () => {
  const club = openClub();
  await club.get('/records/1001?page=2');
  await club.control('POST', '/faults', { kind: '429' });
  await club.get('/groups');
  await club.call('/groups', { headers: { Authorization: 'none' } });
  const { requests, counts } = (await club.control('GET', '/requests')).body;
  expect(requests).toMatchObject([
    { method: 'GET', path: '/records/1001', query: 'page=2', status: 200, note: '', peer: '127.0.0.1' },
    { method: 'GET', path: '/groups', status: 429, note: '429' },
    { method: 'GET', path: '/groups', status: 401, note: '' },
  ]);
  expect(counts).toEqual({
    total: 3,
    byPath: { '/groups': 2, '/records/1001': 1 },
    byStatus: { 200: 1, 401: 1, 429: 1 },
  });
});
