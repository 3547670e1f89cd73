import { describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** The client's row as of a day; dates as YYYY-MM-DD. */
async function factsOf(club: Club, client: string, day: Day = club.today) {
  const rows = await clubs.sql<{ facts: Record<string, unknown> }[]>`
    select to_jsonb(facts) as facts from stats.replay(${club.id}, ${day}) as facts
    where client_id = ${await club.idOf(client)}`;
  return rows[0]?.facts;
}

describe('a visit', () => {
  it('is dated by the club’s calendar: midnight there, not in UTC', async () => {
    const club = await clubs.open();
    await club.client('eva');
    // Prague is two hours ahead in June.
    await club.booking('eva', '', { startsAt: '2026-06-14T21:59:59Z' });
    expect(await factsOf(club, 'eva', '2026-06-14')).toMatchObject({ last_visit_date: '2026-06-14' });
    await club.booking('eva', '', { startsAt: '2026-06-14T22:00:00Z' });
    expect(await factsOf(club, 'eva')).toMatchObject({
      first_visit_date: '2026-06-14',
      last_visit_date: '2026-06-15',
    });
  });

  it.each([
    ['the night clocks go forward', '2026-03-28T23:30:00Z', '2026-03-29'],
    ['that night’s other end', '2026-03-29T21:59:00Z', '2026-03-29'],
    ['the night clocks go back', '2026-10-24T22:30:00Z', '2026-10-25'],
    ['that night’s other end, an hour later than usual', '2026-10-25T22:59:00Z', '2026-10-25'],
    ['midnight after clocks went back', '2026-10-25T23:00:00Z', '2026-10-26'],
  ])('keeps its date on %s', async (_, startsAt, expected) => {
    const club = await clubs.open();
    await club.client('eva');
    await club.booking('eva', '', { startsAt });
    expect(await factsOf(club, 'eva', '2026-12-01')).toMatchObject({ last_visit_date: expected });
  });

  it('at an hour the clocks skip stays on its day', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.booking('eva', '2026-03-29', { time: '02:30' });
    expect(await factsOf(club, 'eva')).toMatchObject({ last_visit_date: '2026-03-29' });
  });

  it('is another day in a club half a world away', async () => {
    const kiritimati = await clubs.open({ timezone: 'Pacific/Kiritimati' });
    await kiritimati.client('eva');
    await kiritimati.booking('eva', '', { startsAt: '2026-06-14T10:00:00Z' });
    expect(await factsOf(kiritimati, 'eva')).toMatchObject({ last_visit_date: '2026-06-15' });
  });

  it('is one record: two on one day are two', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 1]);
    expect(await factsOf(club, 'eva')).toMatchObject({ visits_total: 2, visits_7d: 2 });
  });

  it('counts by windows of whole dates', async () => {
    const club = await clubs.open();
    await club.came('eva', [0, 6, 7, 29, 30, 59, 60]);
    expect(await factsOf(club, 'eva')).toMatchObject({
      visits_total: 7,
      visits_7d: 2,
      visits_30d: 4,
      visits_previous_30d: 2,
    });
  });
});

describe('cadence', () => {
  it.each([
    ['four distinct dates', [1, 2, 3, 4], null],
    ['five records on four dates', [1, 2, 3, 4, 4], null],
    ['five dates: the mean of the middle two of four gaps, unrounded', [0, 1, 3, 6, 10], 2.5],
    ['six dates: the middle one of five gaps', [0, 1, 3, 6, 10, 30], 3],
    ['the oldest date that still counts', [0, 1, 2, 3, 179], 1],
    ['a date one day too old', [0, 1, 2, 3, 180], null],
  ])('from %s', async (_, daysAgo, expected) => {
    const club = await clubs.open();
    await club.came('eva', daysAgo);
    expect(await factsOf(club, 'eva')).toMatchObject({ cadence_days: expected });
  });
});

describe('money and memberships', () => {
  it('sums payments and refunds up to the day', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.payment('eva', club.ago(100), 5_000);
    await club.payment('eva', club.ago(1), -2_000);
    await club.payment('eva', club.ago(-1), 100);
    await club.payment('eva', club.ago(1), 7_777, { is_deleted: true });
    expect(await factsOf(club, 'eva')).toMatchObject({ ltv_minor: 3_000 });
    expect(await factsOf(club, 'eva', club.ago(2))).toMatchObject({ ltv_minor: 5_000 });
  });

  it('does not know on a day of a membership bought after it', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.sale('eva', club.ago(10));
    expect(await factsOf(club, 'eva', club.ago(11))).toMatchObject({ first_membership_date: null });
    expect(await factsOf(club, 'eva', club.ago(10))).toMatchObject({ first_membership_date: club.ago(10) });
  });

  it('gives a sale without a client to whoever holds the card', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await club.card('eva', club.ago(5), { sale_external_id: 's1' });
    await club.sale(null, club.ago(9), { external_id: 's1' });
    expect(await factsOf(club, 'eva')).toMatchObject({ first_membership_date: club.ago(9) });
  });
});

describe('who has a row', () => {
  it('is every client not deleted, with zeros for one who never came', async () => {
    const club = await clubs.open();
    await club.client('never');
    expect(await factsOf(club, 'never')).toMatchObject({
      first_visit_date: null,
      visits_total: 0,
      ltv_minor: 0,
      cadence_days: null,
      first_membership_date: null,
    });
    await club.deleteClient('never');
    expect(await factsOf(club, 'never', club.ago(500))).toBeUndefined();
  });

  it('on any past day is the same whenever it is asked', async () => {
    const club = await clubs.open();
    await club.came('eva', [100, 50, 1]);
    const then = await factsOf(club, 'eva', club.ago(60));
    await club.refresh();
    await club.visits('eva', [club.today]);
    expect(await factsOf(club, 'eva', club.ago(60))).toEqual(then);
    expect(then).toMatchObject({ visits_total: 1, last_visit_date: club.ago(100) });
  });
});

describe('asked for less than everything', () => {
  async function replayed(club: Club, clients: number[] | null, kind: string | null) {
    return clubs.sql<{ client_id: number; facts: Record<string, unknown> }[]>`
      select client_id::int, to_jsonb(facts) as facts
      from stats.replay(${club.id}, ${club.today}, ${clients}, ${kind}) as facts order by client_id`;
  }

  it('recomputes the clients named as it does among all', async () => {
    const club = await clubs.open();
    for (const client of ['eva', 'jan', 'iva', 'gone']) await club.came(client, [0, 3, 40]);
    await club.payment('jan', club.ago(1), 500);
    await club.deleteClient('gone');
    const ids = await Promise.all(['jan', 'eva', 'gone'].map((client) => club.idOf(client)));
    const all = await replayed(club, null, null);
    expect(all).toHaveLength(3);
    const named = await replayed(club, ids, null);
    expect(named).toEqual(all.filter(({ client_id }) => ids.includes(client_id)));
    expect(named).toHaveLength(2);
    expect(await replayed(club, [], null)).toEqual([]);
  });

  it('of a service kind knows no other visit, and all the money', async () => {
    const club = await clubs.open();
    await club.came('eva', [10, 40], { kinds: ['personal'] });
    await club.came('eva', [0, 3, 100], { kinds: ['group'] });
    // The first kind of personal, trial, group, open, other among a booking's services.
    await club.came('eva', [2], { kinds: ['group', 'trial'] });
    await club.came('jan', [1], { kinds: ['open'] });
    await club.payment('eva', club.ago(1), 500);
    const of = async (kind: string) => (await replayed(club, null, kind)).map(({ facts }) => facts);
    expect(await of('group')).toMatchObject([
      {
        visits_total: 3,
        visits_30d: 2,
        first_visit_date: club.ago(100),
        last_visit_date: club.today,
        pt_visits_total: 0,
        ltv_minor: 500,
      },
      { visits_total: 0, last_visit_date: null, ltv_minor: 0 },
    ]);
    expect(await of('personal')).toMatchObject([
      { visits_total: 2, visits_30d: 1, visits_previous_30d: 1, pt_visits_total: 2, pt_visits_30d: 1 },
      { visits_total: 0, pt_visits_total: 0 },
    ]);
    expect(await of('trial')).toMatchObject([{ visits_total: 1 }, { visits_total: 0 }]);
  });

  it('takes both at once', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 2], { kinds: ['group'] });
    await club.came('eva', [3], { kinds: ['open'] });
    await club.came('jan', [1], { kinds: ['group'] });
    const id = await club.idOf('eva');
    expect(await replayed(club, [id], 'group')).toMatchObject([
      { client_id: id, facts: { visits_total: 2 } },
    ]);
  });
});
