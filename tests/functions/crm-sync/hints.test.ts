import { describe, expect, it } from 'vitest';
import { expectMirrorEqualsPlatform } from './equality.ts';
import {
  arrive,
  asked,
  bookingOf,
  clientOf,
  club,
  knownClient,
  newClient,
  pretend,
  settle,
  useHintedClub,
} from './hinted-club.ts';

useHintedClub();

describe('A hint', () => {
  it('brings a new member and their visit before any tick, and segments follow', async () => {
    const clientId = await newClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await arrive();
    const report = await settle();
    expect(report).toMatchObject({ settled: 2, changed: 2, wanted: [], complete: true, errors: [] });
    expect(report.changedSegments).toBeGreaterThanOrEqual(0);
    expect(await asked()).toEqual(['/clients/1001', `/record/1001/${id}`]);
    const client = await clientOf(clientId);
    expect(client).toMatchObject({ name: 'Eva', deleted_at: null });
    expect(await bookingOf(id)).toMatchObject({ status: 'attended', client_id: client!.client_id });
    const stats =
      await club.sql`select visits_total from stats.client_stats where client_id = ${client!.client_id}`;
    expect(stats).toMatchObject([{ visits_total: 1 }]);
    await expectMirrorEqualsPlatform(club);
  });

  it('brings a cancellation', async () => {
    const clientId = await knownClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await club.control('DELETE', `/records/${id}`);
    await arrive();
    expect(await settle()).toMatchObject({ settled: 2, changed: 1 });
    expect(await bookingOf(id)).toMatchObject({ status: 'cancelled' });
  });

  it('at many changes of one row asks for it once', async () => {
    const clientId = await knownClient();
    for (const name of ['Jana', 'Petra', 'Lucie']) {
      await club.control('PATCH', `/clients/${clientId}`, { name });
      club.advance(1_000);
    }
    await arrive();
    expect(await settle()).toMatchObject({ settled: 3, changed: 1 });
    expect(await asked()).toEqual(['/clients/1001']);
    expect(await clientOf(clientId)).toMatchObject({ name: 'Lucie' });
  });

  it('that changes nothing leaves the segments alone', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0, changedSegments: null });
  });

  it('is followed by one of two who come at the same time', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    const reports = await Promise.all([settle(), settle()]);
    expect(reports.map(({ settled }) => settled).sort()).toEqual([0, 1]);
    expect(await asked()).toHaveLength(1);
  });
});

describe('A client deleted on the platform', () => {
  it('is archived at once, for nothing else tells of it', async () => {
    const clientId = await knownClient();
    await club.control('DELETE', `/clients/${clientId}`);
    await arrive();
    expect(await settle()).toMatchObject({ settled: 1, changed: 1 });
    expect((await clientOf(clientId))!.deleted_at).toBeInstanceOf(Date);
    await expectMirrorEqualsPlatform(club);
  });

  it('who is still there was never deleted, whatever the webhook says', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'delete');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0 });
    expect(await clientOf(clientId)).toMatchObject({ deleted_at: null });
  });

  it('who is not found, and was not said to be deleted, may be hidden from us', async () => {
    const clientId = await knownClient();
    club.booking.store.removeClient(clientId);
    await pretend('client', clientId, 'update');
    expect(await settle()).toMatchObject({ settled: 1, changed: 0 });
    expect(await clientOf(clientId)).toMatchObject({ deleted_at: null });
    await club.sql`update crm.clients set deleted_at = now() where external_id = ${String(clientId)}`;
  });
});

describe('What a webhook says of a row', () => {
  it('is never believed', async () => {
    const clientId = await knownClient();
    const { id } = await club.control('POST', '/visits', { clientId });
    await arrive();
    // The visit is counted in the client's own row.
    await pretend('client', clientId, 'update', { last_change_date: 'since the visit' });
    await settle();
    const before = [await clientOf(clientId), await bookingOf(id)];
    await pretend('client', clientId, 'update', { id: clientId, name: 'Mallory', phone: '+420666666666' });
    await pretend('record', id, 'update', { id, attendance: -1, deleted: true });
    expect(await settle()).toMatchObject({ settled: 2, changed: 0 });
    expect([await clientOf(clientId), await bookingOf(id)]).toEqual(before);
  });

  it('makes no row that the platform does not have', async () => {
    await pretend('client', 99_999_999, 'create', { id: 99_999_999, name: 'Nobody' });
    await pretend('record', 99_999_999, 'create', { id: 99_999_999, attendance: 1 });
    expect(await settle()).toMatchObject({ settled: 2, changed: 0 });
    expect(await clientOf(99_999_999)).toBeUndefined();
    expect(await bookingOf(99_999_999)).toBeUndefined();
  });
});
