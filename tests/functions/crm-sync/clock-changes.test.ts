// The nights in which the club's clocks change. The platform filters by the wall clock, which then shows an hour twice, or never,
// and what it says of when a row was changed may go back with it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

const MINUTE = 60_000;
const RECORD = 1_000_005;
const CLIENT = 10_003;

let club: ClubUnderSync;

describe.each([
  ['go back', '2026-10-25T00:30:00Z'],
  ['go forward', '2026-03-29T00:30:00Z'],
])('when clocks %s', (_, at) => {
  beforeEach(async () => {
    club = await openClub({ clients: 12, visits: 80, at });
    await club.syncAll();
  });
  afterEach(() => club.close());

  it('a row that is edited again and again is never left as it was', async () => {
    const payment = club.booking.store.transactions({ sql: [], values: [] }, { page: 1, count: 1 }).rows[0]!;
    // From half an hour before the clocks change to two hours after.
    for (let minutes = 0; minutes < 150; minutes += 21) {
      club.advance(20 * MINUTE);
      await club.control('PATCH', `/records/${RECORD}`, { attendance: minutes % 2 === 0 ? 1 : -1 });
      await club.control('PATCH', `/clients/${CLIENT}`, { surname: `Č${minutes}` });
      await club.control('PATCH', `/transactions/${payment.id}`, { amount: 100 + minutes });
      club.advance(MINUTE);
      expect((await club.sync()).body.complete).toBe(true);
      await expectMirrorEqualsPlatform(club);
    }
  });

  it('a row that was edited once is seen, at whatever minute', async () => {
    for (let minutes = 0; minutes < 150; minutes += 17) {
      const record = await club.control('POST', '/visits', { clientId: CLIENT });
      club.advance(17 * MINUTE);
      await club.sync();
      const [mirrored] =
        await club.sql`select status from crm.bookings where external_id = ${String(record.id)}`;
      expect({ minutes, status: mirrored?.status }).toEqual({ minutes, status: 'attended' });
    }
    await expectMirrorEqualsPlatform(club);
  });
});
