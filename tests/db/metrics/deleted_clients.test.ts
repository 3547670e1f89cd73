import { describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { only, valuesOf } from './values.ts';
import type { Values } from './values.ts';

const clubs = useClubs();

/** One who stays, and one who has done all that a metric can see. */
async function twoClients(): Promise<Club> {
  const club = await clubs.open();
  await club.came('stays', [1]);
  await club.payment('stays', club.ago(2), 100);
  await club.came('goes', [1, 1, 1, 2, 2, 2, 35, 35, 36, 36], { kinds: ['personal'] });
  await club.booking('goes', club.ago(3), { status: 'no_show' });
  await club.payment('goes', club.ago(2), 700);
  await club.payment('goes', club.ago(36), 50);
  await club.sale('goes', club.ago(36));
  return club;
}

const days = (club: Club): Record<string, Day> => ({
  today: club.today,
  then: club.ago(35),
  tomorrow: club.ago(-1),
});

async function valuesOn(club: Club): Promise<Record<string, Values>> {
  const values: Record<string, Values> = {};
  for (const [name, day] of Object.entries(days(club))) values[name] = await valuesOf(club, day);
  return values;
}

const OF_WHO_STAYS = only({
  clients_total: 1,
  new_clients_7d: 1,
  new_clients_30d: 1,
  active_7d: 1,
  active_30d: 1,
  high_ltv: 1,
  visits_per_active: 1,
  ltv_average: 100,
  // What the club took in and whom it waited for does not change with who is still listed.
  revenue_30d: 800,
  arpu_30d: 800,
  no_show_rate_30d: 1 / 8,
});

const OF_BOTH = only({
  clients_total: 2,
  new_clients_7d: 1,
  new_clients_30d: 1,
  active_7d: 2,
  active_30d: 2,
  core_clients: 1,
  pt_repeat_30d: 1,
  high_ltv: 1,
  milestone_10: 1,
  trial_conversion: 1,
  retention_30d: 1,
  visits_per_active: 3.5,
  revenue_30d: 800,
  arpu_30d: 400,
  no_show_rate_30d: 1 / 8,
  ltv_average: 425,
});

describe('a deleted client', () => {
  it('is out of every metric at every day, save that her payments stay revenue and her bookings were held', async () => {
    const club = await twoClients();
    expect((await valuesOn(club)).today).toEqual(OF_BOTH);
    await club.deleteClient('goes');
    expect(await valuesOn(club)).toEqual({
      today: OF_WHO_STAYS,
      tomorrow: OF_WHO_STAYS,
      then: only({ clients_total: 1, revenue_30d: 50, no_show_rate_30d: 0 }),
    });
  });

  it('is out of the rollup as well, and back in both as if never gone', async () => {
    const club = await twoClients();
    const before = await valuesOn(club);
    await club.refresh();
    await club.deleteClient('goes');
    expect(await valuesOf(club), 'while she waits for a refresh').toEqual(OF_WHO_STAYS);
    await club.refresh();
    expect(await valuesOf(club), 'refreshed').toEqual(OF_WHO_STAYS);
    await club.client('goes');
    expect(await valuesOn(club), 'back, while she waits').toEqual(before);
    await club.refresh();
    expect(await valuesOn(club), 'back').toEqual(before);
  });

  it('leaves a club of nobody when she was the only one', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 40]);
    await club.payment('eva', club.today, 100);
    await club.deleteClient('eva');
    expect(await valuesOf(club)).toEqual(only({ revenue_30d: 100, no_show_rate_30d: 0 }));
  });
});
