import postgres from 'postgres';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function stored(club: Club, client: string) {
  const rows = await clubs.sql<{ visits: number; membership: string | null }[]>`
    select visits_total as visits, first_membership_date::text as membership from stats.client_stats
    where club_id = ${club.id} and client_id = ${await club.idOf(client)}`;
  return rows[0];
}

const NOW = '2026-06-15T10:00:00Z';

it('recomputes only the clients who were touched', async () => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.came('jan', [1]);
  await club.refresh();
  await club.visits('eva', [club.today]);
  const [row] = await clubs.sql`select stats.refresh(${club.id}, ${club.today}, ${NOW})::int[] as touched`;
  expect(row!.touched).toEqual([await club.idOf('eva')]);
  expect(await stored(club, 'eva')).toMatchObject({ visits: 2 });
});

it('recomputes whom the first refresh finds, and when the day turns only those for whom time passed', async () => {
  const club = await clubs.open();
  const crossing = { visit: [0, 7, 30, 60, 180], none: [1, 8, 29, 59, 179, 181] };
  for (const daysAgo of [...crossing.visit, ...crossing.none])
    await club.came(`came-${daysAgo}`, [daysAgo - 1]);
  await club.client('pays-tomorrow');
  await club.payment('pays-tomorrow', club.ago(-1), 100);
  await club.client('buys-tomorrow');
  await club.sale('buys-tomorrow', club.ago(-1));
  await club.client('never');
  const refresh = async (day: string) => {
    const [row] = await clubs.sql`select stats.refresh(${club.id}, ${day}, ${NOW})::int[] as touched`;
    return row!.touched as number[];
  };
  expect(await refresh(club.today)).toHaveLength(14);
  const expected = await Promise.all(
    [...crossing.visit.map((daysAgo) => `came-${daysAgo}`), 'pays-tomorrow', 'buys-tomorrow'].map((name) =>
      club.idOf(name),
    ),
  );
  expect((await refresh(club.ago(-1))).sort()).toEqual(expected.sort());
  // Back again is the same way.
  expect((await refresh(club.today)).sort()).toEqual(expected.sort());
});

it('answers from the replay while something waits, and from the rollup when nothing does', async () => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.refresh();
  await club.visits('eva', [club.today]);
  expect(await stored(club, 'eva')).toMatchObject({ visits: 1 });
  expect((await club.metric('visits_per_active')).value).toBe(2);
});

it('drops the row of a deleted client, and gives it back', async () => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.refresh();
  await club.deleteClient('eva');
  await club.refresh();
  expect(await stored(club, 'eva')).toBeUndefined();
  await club.client('eva');
  await club.refresh();
  expect(await stored(club, 'eva')).toMatchObject({ visits: 1 });
});

it('moves a booking from one client to another', async () => {
  const club = await clubs.open();
  await club.came('eva', [2]);
  await club.came('jan', [2]);
  const booking = await club.booking('eva', club.ago(1));
  await club.refresh();
  await club.booking('jan', club.ago(1), { id: booking });
  await club.refresh();
  expect(await stored(club, 'eva')).toMatchObject({ visits: 1 });
  expect(await stored(club, 'jan')).toMatchObject({ visits: 2 });
});

it('hears of a sale without a client through the card that names it', async () => {
  const club = await clubs.open();
  await club.client('eva');
  await club.card('eva', club.ago(5), { sale_external_id: 's1' });
  await club.refresh();
  expect(await stored(club, 'eva')).toMatchObject({ membership: club.ago(5) });
  await club.sale(null, club.ago(9), { external_id: 's1' });
  await club.refresh();
  expect(await stored(club, 'eva')).toMatchObject({ membership: club.ago(9) });
});

it('misses no change that was under way while it ran', async () => {
  const club = await clubs.open();
  await club.came('eva', [2]);
  await club.refresh();
  await club.visits('eva', [club.ago(1)]);

  // A writer touches eva again, and a refresh comes and goes before the writer commits.
  const writer = postgres(clubs.database.url, { max: 1 });
  try {
    await writer.begin(async (transaction) => {
      await transaction`
        select crm.apply_rows(${club.id}, 'bookings', ${transaction.json([
          {
            external_id: 'under-way',
            client_external_id: 'eva',
            services: [],
            status: 'attended',
            is_deleted: false,
            starts_local: `${club.today}T08:00`,
            raw: {},
          },
        ])})`;
      await club.refresh();
      expect(await stored(club, 'eva')).toMatchObject({ visits: 2 });
    });
  } finally {
    await writer.end();
  }
  await club.refresh();
  expect(await stored(club, 'eva')).toMatchObject({ visits: 3 });
});

it('lets a club be removed with all that is known of it', async () => {
  const club = await clubs.open();
  await club.came('eva', [1]);
  await club.sale('eva', club.ago(1));
  await club.card('eva', club.ago(1));
  await club.payment('eva', club.ago(1), 100);
  await club.refresh();
  await clubs.sql`delete from core.clubs where club_id = ${club.id}`;
  const [left] =
    await clubs.sql`select count(*)::int as rows from stats.dirty_clients where club_id = ${club.id}`;
  expect(left).toEqual({ rows: 0 });
});
