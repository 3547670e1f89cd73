import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';
import type { ClubUnderTest, Json } from './club-under-test.ts';

async function rows(club: ClubUnderTest, entity: string): Promise<Json[]> {
  const response = await club.rows(entity);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const text = await response.text();
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('all rows are told once, though they are read a thousand at a time', async () => {
  const club = openClub({ demo: { clients: 150, visits: 5000 } });
  const totals = club.booking.store.totals();
  expect(totals.records).toBeGreaterThan(2000);
  for (const entity of [
    'records',
    'activities',
    'memberships',
    'transactions',
    'goods',
    'clients',
  ] as const) {
    const ids = (await rows(club, entity)).map(({ id }) => id);
    expect({ [entity]: new Set(ids).size }).toEqual({ [entity]: totals[entity] });
    expect(ids).toHaveLength(totals[entity]);
  }
});

test('a row is as the platform’s own list shows it', async () => {
  const club = openClub();
  await club.control('DELETE', '/records/1000001');
  const byId = (list: Json[]) => list.sort((one, other) => Number(one.id) - Number(other.id));
  const shown = rowsOf(await club.get('/records/1001?with_deleted=1&count=200&client_id=10001'));
  expect(byId((await rows(club, 'records')).filter(({ client }) => client?.id === 10_001))).toEqual(
    byId(shown),
  );
  for (const [entity, path] of [
    ['services', '/company/1001/services'],
    ['service_categories', '/company/1001/service_categories'],
    ['staff', '/company/1001/staff'],
    ['membership_types', '/company/1001/loyalty/abonement_types/search'],
    ['loyalty_programmes', '/company/1001/loyalty/programs/search'],
  ] as const)
    expect(await rows(club, entity)).toEqual(rowsOf(await club.get(path)));
});

test('a client who vanished is not among the clients', async () => {
  const club = openClub();
  await club.control('DELETE', '/clients/10001');
  expect((await rows(club, 'clients')).map(({ id }) => id)).not.toContain(10_001);
});

test('rows of nothing are refused with what there is', async () => {
  const club = openClub();
  const response = await club.rows('gremlins');
  expect(response.status).toBe(404);
  expect(((await response.json()) as Json).error).toContain('membership_types');
});
