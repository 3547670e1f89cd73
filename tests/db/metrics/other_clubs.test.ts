import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { valuesOf } from './values.ts';
import type { Values } from './values.ts';

const clubs = useClubs();

/** The platform numbers each club from 1: the same external ids mean other people, bookings, services and money. */
async function club1({ scale }: { scale: number }): Promise<Club> {
  const club = await clubs.open();
  const visit = (name: string, daysAgo: number, index: number, kind = 'personal') => ({
    external_id: `${name}-${index}`,
    client_external_id: name,
    services: [{ external_id: '1', title: kind === 'personal' ? 'Personal training' : 'Group class' }],
    status: index % 9 === 8 ? 'no_show' : 'attended',
    is_deleted: false,
    starts_local: `${club.ago(daysAgo)}T18:00`,
  });
  for (const [place, name] of ['1', '2', '3', '4'].entries()) {
    await club.client(name);
    await club.apply(
      'bookings',
      Array.from({ length: 4 + place * 4 }, (_, index) =>
        visit(name, (place * 23 + index * 5) * scale, index, scale === 1 ? 'personal' : 'group'),
      ),
    );
    await club.payment(name, club.ago(place * 12), 100 * (place + scale), { external_id: name });
    await club.sale(name, club.ago(scale * 40), { external_id: name });
  }
  return club;
}

async function allOf(club: Club): Promise<{ values: Values; kinds: unknown; behind: unknown }> {
  const [kinds, behind] = await Promise.all([
    clubs.sql`select * from metrics.read_by_service_kind(${club.id}, ${club.today})`,
    clubs.sql`
      select definition.code, behind.*
      from metrics.definitions as definition
      cross join lateral metrics.clients_behind(${club.id}, definition.code, ${club.today}) as behind
      where coalesce(definition.counts, definition.sums) is not null`,
  ]);
  return { values: await valuesOf(club), kinds: [...kinds], behind: [...behind] };
}

it('no metric changes with the rows of another club, not even under the same external ids', async () => {
  const club = await club1({ scale: 1 });
  const alone = await allOf(club);
  expect(alone.values.active_30d).toBeGreaterThan(0);
  expect(alone.values.high_ltv).toBe(1);

  const other = await club1({ scale: 2 });
  await other.set({ core_min_visits: 1, vip_threshold_minor: 1 });
  expect(await allOf(club), 'replayed').toEqual(alone);
  await other.refresh();
  expect(await allOf(club), 'beside a club with a rollup').toEqual(alone);
  await club.refresh();
  await other.came('2', [0, 1]);
  expect(await allOf(club), 'from the rollup, while in the other club somebody waits').toEqual(alone);
  expect((await allOf(other)).values).not.toEqual(alone.values);
});

it('no metric changes when another club goes', async () => {
  const club = await club1({ scale: 1 });
  const other = await club1({ scale: 2 });
  const before = await allOf(club);
  await other.refresh();
  await clubs.sql`delete from core.clubs where club_id = ${other.id}`;
  expect(await allOf(club)).toEqual(before);
});
