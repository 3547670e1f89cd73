import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openClub, rowsOf } from './club-under-test.ts';

test('what was changed is still there when the sandbox is opened again on its file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'regulars-booking-'));
  const path = join(directory, 'sandbox.db');
  const first = openClub({ db: new DatabaseSync(path) });
  const { body } = await first.control('POST', '/visits', { clientId: 10_001 });
  const before = first.booking.store.dump();
  first.db.close();
  const second = openClub({ db: new DatabaseSync(path) });
  expect(second.booking.store.dump()).toBe(before);
  expect((await second.get(`/record/1001/${body.id}`)).data).toMatchObject({ attendance: 1 });
  second.db.close();
  rmSync(directory, { recursive: true });
});

test('a member who comes to train now is an attended record at this moment', async () => {
  const club = openClub();
  const { status, body } = await club.control('POST', '/visits', { clientId: 10_004, serviceKind: 'open' });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    attendance: 1,
    datetime: '2026-03-11T10:00:00+01:00',
    create_date: '2026-03-11T10:00:00+0100',
    client: { id: 10_004 },
  });
  const seen = await club.control('GET', '/clients/10004');
  expect(seen.body.visits.last).toBe('2026-03-11T10:00:00');
  expect(seen.body.records.map(({ id }: { id: number }) => id)).toContain(body.id);
});

test('a record can be moved, marked, given to another and made odd by hand', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/records', {
    clientId: 10_001,
    serviceKind: 'trial',
    startsAt: '2026-03-12T18:00:00',
  });
  club.advance(60_000);
  const patch = {
    clientId: null,
    attendance: -1,
    startsAt: '2026-03-13T07:00:00Z',
    serviceId: 777,
    raw: { paid_full: 'yes' },
  };
  expect((await club.control('PATCH', `/records/${body.id}`, patch)).body).toMatchObject({
    client: null,
    attendance: -1,
    datetime: '2026-03-13T08:00:00+01:00',
    services: [{ id: 777, title: '' }],
    paid_full: 'yes',
    last_change_date: '2026-03-11T10:01:00+0100',
  });
});

test('a record outlives its client, and can still be edited', async () => {
  const club = openClub();
  const booking = { clientId: 10_001, startsAt: '2026-03-12T18:00:00' };
  const { body } = await club.control('POST', '/records', booking);
  await club.control('DELETE', '/clients/10001');
  const edited = await club.control('PATCH', `/records/${body.id}`, { attendance: 1, serviceKind: 'open' });
  expect(edited.body).toMatchObject({ client: { id: 10_001 }, attendance: 1 });
  expect((await club.control('PATCH', `/records/${body.id}`, { clientId: 10_001 })).status).toBe(404);
});

test('a record that is purged leaves no tombstone, and nobody inherits its id', async () => {
  const club = openClub();
  const booking = { clientId: 10_001, startsAt: '2026-03-12T18:00:00' };
  const { body } = await club.control('POST', '/records', booking);
  expect((await club.control('DELETE', `/records/${body.id}?purge=1`)).status).toBe(204);
  const listed = rowsOf(await club.get('/records/1001?client_id=10001&with_deleted=1&count=200'));
  expect(listed.map(({ id }) => id)).not.toContain(body.id);
  expect((await club.get(`/record/1001/${body.id}`)).status).toBe(404);
  expect((await club.control('POST', '/records', booking)).body.id).toBe(body.id + 1);
});

test('a silent change is there, and no list of changes shows it', async () => {
  const club = openClub();
  const before = (await club.control('GET', '/clients/10002')).body.client.last_change_date;
  await club.control('PATCH', '/records/1000001', { attendance: -1, silent: true });
  const { body } = await club.control('PATCH', '/clients/10002', { name: 'Tichá', silent: true });
  expect(body).toMatchObject({ name: 'Tichá', last_change_date: before });
  expect((await club.get('/record/1001/1000001')).data).toMatchObject({ attendance: -1 });
  const since = 'changed_after=2026-03-11T00:00:00';
  expect(rowsOf(await club.get(`/records/1001?with_deleted=1&${since}`))).toEqual([]);
  expect(rowsOf(await club.get(`/clients/1001?${since}`))).toEqual([]);
});

test('load puts a generated club of the wanted size in place of the old one', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/load', { clients: 120, visits: 4000, seed: 3 });
  expect(body).toMatchObject({ clients: 120, seed: 3, today: '2026-03-11' });
  expect(body.attended).toBeGreaterThan(3800);
  expect(body.attended).toBeLessThan(4300);
  expect((await club.get('/clients/1001')).meta.total_count).toBe(120);
});

test('a load that fails leaves the club that was there', () => {
  const club = openClub();
  const before = club.booking.store.dump();
  const empty = { clients: [], activities: [], memberships: [], transactions: [], goods: [] };
  const broken = { ...empty, seed: 1, today: '', timeZone: '', records: [{ id: 1 }] as never };
  expect(() => club.booking.store.load(broken)).toThrow('still there');
  expect(club.booking.store.dump()).toBe(before);
});

test('a client the club does not have is refused with the way to find one', async () => {
  const club = openClub();
  const answer = await club.control('POST', '/visits', { clientId: 5 });
  expect(answer.status).toBe(404);
  expect(answer.body.error).toContain('/control/booking/clients');
  expect((await club.control('POST', '/visits', { client: 10_001 })).status).toBe(400);
});

test('members can be looked up by name and phone', async () => {
  const club = openClub();
  const { body } = await club.control('POST', '/clients', {
    name: 'Zdeněk',
    surname: 'Hledaný',
    phone: '+420601555444',
  });
  expect((await club.control('GET', '/clients?q=Hledan%C3%BD')).body.clients).toMatchObject([
    { id: body.id },
  ]);
  expect((await club.control('GET', '/clients?q=601555444')).body.clients).toMatchObject([{ id: body.id }]);
  expect(rowsOf(await club.get('/clients/1001?phone=601555444'))).toMatchObject([{ id: body.id }]);
});
