import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';

const MINUTE = 60_000;

let club: ClubUnderSync;

beforeEach(async () => {
  club = await openClub({ clients: 30, visits: 300 });
});
afterEach(() => club.close());

async function figures() {
  return club.sql`
    select figure, figure_date::text, platform_value::int, our_value::int, difference::int, differing_clients::int, not_read_reason
    from api.reconciliation
    order by place
  `;
}

/** Calls for the platform's own counts, of which one row is asked for. */
function countsAsked(): string[] {
  return club.booking.requests
    .list(0, 10_000)
    .filter(({ query }) => new URLSearchParams(query).get('count') === '1')
    .map(({ path }) => path);
}

describe('the end of a rebuild', () => {
  it('sets the platform’s own numbers beside ours, with two small requests, and only then', async () => {
    const answer = await club.syncAll();
    expect(answer.clubs[0]!.figures).toEqual({
      read: ['bookings', 'clients', 'sold', 'visits'],
      not_read: {},
    });
    expect(countsAsked()).toEqual(['/clients/1001', '/records/1001']);
    const { clients, attended } = club.booking.store.totals();
    const [walkIns, yesterday, paid] = [
      club.booking.store.count('records', {
        sql: ['client_id is null', 'attendance = 1', 'deleted = 0'],
        values: [],
      }),
      club.booking.store.count('records', { sql: ["date like '2026-03-10%'", 'deleted = 0'], values: [] }),
      club.booking.store
        .transactions(
          { sql: ['client_id is not null', 'deleted = 0'], values: [] },
          { page: 1, count: 10_000 },
        )
        .rows.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0),
    ];
    const same = { difference: 0, not_read_reason: null };
    expect(paid).toBeGreaterThan(0);
    expect(yesterday).toBeGreaterThan(0);
    expect(await figures()).toMatchObject([
      { ...same, figure: 'clients', figure_date: '2026-03-11', platform_value: clients, our_value: clients },
      { ...same, figure: 'bookings', figure_date: '2026-03-10', platform_value: yesterday },
      { ...same, figure: 'visits', platform_value: attended - walkIns, differing_clients: 0 },
      { ...same, figure: 'sold', platform_value: paid, our_value: paid, differing_clients: 0 },
    ]);

    club.advance(MINUTE);
    expect((await club.sync()).body.clubs[0]).not.toHaveProperty('figures');
    expect(countsAsked()).toHaveLength(2);
  });

  it('shows a visit that the platform counts and we could not read, and whose it is', async () => {
    await club.control('POST', '/records', {
      clientId: 10_001,
      startsAt: '2026-03-10T18:00:00',
      attendance: 1,
      raw: { attendance: 5, visit_attendance: 5 },
    });
    await club.syncAll();
    const [, bookings, visits] = await figures();
    expect(bookings).toMatchObject({ difference: -1 });
    expect(visits).toMatchObject({ difference: -1, differing_clients: 1 });
    const came = club.booking.store.visitsOf(10_001).came;
    expect(await club.sql`select * from api.visit_differences(1)`).toMatchObject([
      {
        external_id: '10001',
        platform_visits: String(came),
        our_visits: String(came - 1),
        difference: '-1',
      },
    ]);
  });
});

describe('a figure that the platform does not show', () => {
  it('is absent and told, and neither fails nor stops the rebuild', async () => {
    await club.syncAll();
    const before = await figures();
    club.advance(60 * MINUTE);
    await club.control('POST', '/clients', { name: 'Nová', phone: '+420777000111' });
    await club.fault({ kind: 'no-rights', match: { path: '/records/*', query: '*count=1' }, times: 0 });
    const { status, body } = await club.sync(
      { mode: 'full' },
      {
        onRequest(url) {
          // A list of the same platform that tells no total.
          if (url.pathname.endsWith('/clients/1001') && url.searchParams.get('count') === '1')
            url.pathname = url.pathname.replace('clients', 'transactions');
        },
      },
    );
    expect({ status, complete: body.complete }).toEqual({ status: 200, complete: true });
    const reasons = {
      clients: 'The platform does not say how many clients there are.',
      bookings: expect.stringContaining('GET /records/1001 is not allowed: give'),
    };
    expect(body.clubs[0]!.figures).toEqual({ read: ['sold', 'visits'], not_read: reasons });
    expect(club.logged).toContainEqual(expect.objectContaining({ event: 'figures_not_read', reasons }));
    expect(await figures()).toEqual([
      { ...before[0], not_read_reason: reasons.clients },
      { ...before[1], not_read_reason: reasons.bookings },
      before[2],
      before[3],
    ]);

    await club.control('DELETE', '/faults');
    club.advance(MINUTE);
    await club.syncAll({ mode: 'full' });
    expect(await figures()).toMatchObject([
      { figure: 'clients', our_value: 31, not_read_reason: null },
      { figure: 'bookings', not_read_reason: null },
      { figure: 'visits' },
      { figure: 'sold' },
    ]);
  });
});
