// Every request of the sync × everything that can go wrong with it. In each cell something has changed on the platform, goes
// wrong while it is fetched, and in the end the mirror is what the platform holds, with the cursor where it belongs.
//
// Left out: troubles between pages where a request has one page only (services, their categories, staff, programmes, cards by
// phone, rows by id), and a card vanishing between pages, because the platform deletes none.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openClub } from './club.ts';
import type { ClubUnderSync, Fault } from './club.ts';
import type { Endpoint } from './endpoints.ts';
import { archivedThoughThere, expectMirrorEqualsPlatform } from './equality.ts';

const MINUTE = 60_000;
/** So much of the past is listed again each time: what was lost longer ago is not found by chance. */
const OVERLAP_MS = 5 * MINUTE;

/** One row of the matrix, inside a `describe` of its own. */
export function testFaults(endpoint: Endpoint): void {
  const { match, mode, dueAfterMs, size, prepare, change, vanish } = endpoint;
  const waitMs = Math.max(dueAfterMs, OVERLAP_MS + MINUTE);
  const isPaged = vanish !== undefined || endpoint.name === 'cards of the chain';
  let club: ClubUnderSync;
  let turn = 0;

  async function open(): Promise<void> {
    club = await openClub(size ?? { clients: 12, visits: 60 });
    await prepare?.(club);
    await club.syncAll();
  }
  beforeAll(open);
  afterAll(() => club.close());
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    // The next cell must not inherit the mess.
    await club.close();
    await open();
  });

  const run = () => club.syncAll({ mode });

  /** At once, so that the run before must have left its cursor where it belongs; then it is time for the next run. */
  async function changeAndWait({ isMany = false } = {}): Promise<void> {
    turn += 1;
    await change(club, turn, isMany);
    club.advance(waitMs);
  }

  async function expectWhole(): Promise<void> {
    await expectMirrorEqualsPlatform(club);
    await expectCursorAtRest(club);
  }

  async function expectToRecover(fault: Omit<Fault, 'match'>): Promise<void> {
    const before = await archivedThoughThere(club);
    await club.fault({ ...fault, match, times: 0 });
    const { status, body } = await club.sync({ mode });
    expect({ status, complete: body.complete }).toEqual({ status: 200, complete: false });
    expect(body.clubs[0]!.error).toMatch(/asked again later|slow down/);
    expect(before).toEqual(expect.arrayContaining(await archivedThoughThere(club)));
    await club.control('DELETE', '/faults');
    await run();
    await expectWhole();
  }

  it.each(['429', 'success-false', 'html-403', '500', 'reset', 'truncated-json'])(
    'recovers from %s that does not end',
    async (kind) => {
      await changeAndWait();
      await expectToRecover({ kind });
    },
  );

  it('asks again what was too slow, and is complete', async () => {
    await changeAndWait();
    await club.fault({ kind: 'slow', match, times: 2 });
    const { body } = await club.sync({ mode });
    expect(body.complete).toBe(true);
    await expectWhole();
  });

  it.each([
    ['behind', -4 * MINUTE],
    ['ahead', 4 * MINUTE],
  ])('sees what changed on a platform whose clock is 4 minutes %s', async (_, skewMs) => {
    club.advance(2 * OVERLAP_MS);
    club.setSkew(skewMs);
    await changeAndWait();
    await run();
    // What the platform dates later than now is listed when that time has come.
    await changeAndWait();
    await run();
    await expectWhole();
    club.setSkew(0);
    club.advance(2 * OVERLAP_MS);
  });

  if (isPaged) {
    it('recovers from a page that fails after the first', async () => {
      await changeAndWait({ isMany: true });
      await expectToRecover({ kind: 'page-failure', afterPage: 1 });
    });

    it('takes rows shown again on the next page once', async () => {
      await changeAndWait({ isMany: true });
      await club.fault({ kind: 'duplicate-ids', match, afterPage: 1, times: 0, rows: 15 });
      await run();
      await club.control('DELETE', '/faults');
      await expectWhole();
    });
  }

  if (!vanish) return;
  it('loses nobody when a row vanishes between two pages', async () => {
    await changeAndWait({ isMany: true });
    let vanished: string | null = null;
    const onRequest = async ({ pathname, searchParams }: URL) => {
      if (vanished !== null || searchParams.get('page') !== '2' || !pathname.endsWith(match.path!)) return;
      club.advance(2_000);
      vanished = await vanish(club, turn);
    };
    await club.sync({ mode }, { onRequest });
    await run();
    expect(vanished).not.toBeNull();
    await expectMirrorEqualsPlatform(club, { but: [vanished!] });
    // Only a whole listing shows that a client is gone.
    await changeAndWait();
    await club.syncAll({ mode: endpoint.name.endsWith('clients') ? 'full' : mode });
    await expectWhole();
  });
}

async function expectCursorAtRest({ sql, now }: ClubUnderSync): Promise<void> {
  const unsettled = await sql`
    select entity, lane, opened_at, error from crm.listings where opened_at is not null or error is not null
  `;
  expect(unsettled).toEqual([]);
  const [left] = await sql`
    select
      (select count(*)::int from crm.listed_ids) as listed_ids,
      (select count(*)::int from crm.quarantine) as quarantined,
      (select count(*)::int from crm.sync_leases) as leases,
      (select count(*)::int from crm.mirror_states where complete_until > ${now()}) as ahead_of_time
  `;
  expect(left).toEqual({ listed_ids: 0, quarantined: 0, leases: 0, ahead_of_time: 0 });
}
