import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../../shared/booking/entity.ts';
import { entitiesOf, openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

const CLIENT = 10_001;

let club: ClubUnderSync;

beforeAll(async () => {
  club = await openClub({ clients: 40, visits: 300 });
  await club.syncAll();
});
afterAll(() => club.close());

beforeEach(async () => {
  club.advance(10 * 60_000);
  await club.syncAll();
  club.advance(20_000);
  await club.control('DELETE', '/requests');
});

async function hint(entity: Entity, externalId: number | null, operation = 'update'): Promise<void> {
  await club.sql`
    select api.store_hint(
      'altegio', '1001', '1001', ${entity}, ${externalId}, ${operation}, ${crypto.randomUUID()}, ${club.now()}
    )`;
}

function askedPaths(): string[] {
  return club.booking.requests.list(0, 1_000).map(({ path }) => path);
}

describe('a run for hints', () => {
  it('asks for nothing when there are none', async () => {
    const { body } = await club.sync({ mode: 'hints' });
    expect(body).toMatchObject({
      complete: true,
      clubs: [{ hints: { settled: 0, changed: 0 }, listings: [] }],
    });
    expect(askedPaths()).toEqual([]);
  });

  it('brings the row that was hinted at, with one request, and counts it', async () => {
    const { id } = await club.control('POST', '/visits', { clientId: CLIENT });
    const visits = async () =>
      (
        await club.sql`select visits_total from stats.client_stats join crm.clients using (club_id, client_id) where external_id = ${CLIENT}`
      )[0]!.visits_total as number;
    const before = await visits();
    await hint('bookings', id, 'create');
    const { body } = await club.sync({ mode: 'hints' });
    expect(body.clubs).toMatchObject([{ complete: true, hints: { settled: 1, changed: 1 } }]);
    expect(askedPaths()).toEqual([`/record/1001/${id}`]);
    expect(await visits()).toBe(before + 1);
  });

  it('lists what cannot be asked for row by row, in whichever lane it is read', async () => {
    await club.control('POST', '/sales', { clientId: CLIENT, membershipTypeId: 301 });
    await hint('membership_sales', null, 'create');
    await hint('staff', 201);
    const { body } = await club.sync({ mode: 'hints' });
    expect(entitiesOf(body)).toEqual(['membership_sales', 'staff']);
    expect(body.clubs[0]!.listings).toMatchObject([{ lane: 'changes', changed: 1 }, { lane: 'full' }]);
    await club.syncAll();
    club.advance(6 * 60 * 60_000);
    await club.syncAll();
    await expectMirrorEqualsPlatform(club);
  });

  it('does not wait for a tick that is reading the same, which brings it anyway', async () => {
    await club.sql`
      insert into crm.sync_leases values (1, 'changes', gen_random_uuid(), ${new Date(club.now().getTime() + 100_000)})`;
    await hint('payments', null);
    const started = club.now().getTime();
    const { status, body } = await club.sync({ mode: 'hints' });
    expect({ status, error: body.clubs[0]!.error }).toEqual({ status: 200, error: undefined });
    expect(club.now().getTime() - started).toBeLessThan(2_000);
    await club.sql`delete from crm.sync_leases`;
  });
});
