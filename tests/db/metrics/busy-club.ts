import type { Club } from '../club.ts';
import type { useClubs } from '../clubs.ts';

/** A club in which every metric has something to see. */
export async function busyClub(clubs: ReturnType<typeof useClubs>): Promise<Club> {
  const club = await clubs.open();
  for (const [name, days] of Object.entries({
    eva: [1, 2, 3, 40],
    ivan: [2, 50],
    jan: [5, 45],
    petr: [70],
    olga: [200],
  })) {
    await club.came(name, days);
    await club.visits(name, [club.ago(days.at(-1)!)], { kinds: ['personal'] });
    await club.payment(name, club.ago(10), 100_000);
  }
  await club.came('new', [1]);
  await club.came('zoe', [3], { kinds: ['personal'] });
  for (const milestone of [10, 25, 50, 100, 200, 500]) {
    const name = await club.client(`milestone-${milestone}`);
    await club.apply(
      'bookings',
      Array.from({ length: milestone }, (_, index) => ({
        external_id: `${name}-${index}`,
        client_external_id: name,
        services: [{ external_id: 'personal', title: 'Personal training' }],
        status: 'attended',
        is_deleted: false,
        starts_local: `${club.ago(index === 0 ? 1 : 30)}T18:00`,
      })),
    );
  }
  await club.booking('eva', club.ago(4), { status: 'no_show' });
  await club.came('bought', [35]);
  await club.sale('bought', club.ago(33));
  return club;
}
