import { describe, expect, it } from 'vitest';
import { addVisitors, begin, earlier, fitted } from '../bg-nbd-club.ts';
import { NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const forecast = (club: Club, day = club.today) => clubs.sql`
  select external_id as client, frequency, recency_days, age_days, probability_alive, expected_visits_30d, forecast.basis
  from stats.bg_nbd(${club.id}, ${day}) as forecast
  join crm.clients as client on client.club_id = ${club.id} and client.client_id = forecast.client_id
  order by 1`;

async function explanation(club: Club): Promise<string> {
  const [row] = await clubs.sql<{ explanation: string }[]>`select * from stats.bg_nbd_state(${club.id})`;
  return row!.explanation;
}

describe('what the model knows of a client', () => {
  it('is visits after the first, days from first to last, days from first to today; of who came at all', async () => {
    const club = await clubs.open();
    await club.came('often', [100, 40, 40, 10]);
    await club.came('once', [20]);
    await club.came('today', [0]);
    await club.client('never');
    const known = [
      { client: 'often', frequency: 3, recency_days: 90, age_days: 100 },
      { client: 'once', frequency: 0, recency_days: 0, age_days: 20 },
      { client: 'today', frequency: 0, recency_days: 0, age_days: 0 },
    ];
    expect(await forecast(club)).toMatchObject(known);
    await club.refresh();
    expect(await forecast(club)).toMatchObject(known);
    expect(await forecast(club, club.ago(30))).toMatchObject([
      { client: 'often', frequency: 2, recency_days: 60, age_days: 70 },
    ]);
  });

  it('is no probability before the first fit', async () => {
    const club = await clubs.open();
    await club.came('eva', [20, 10]);
    expect(await forecast(club)).toMatchObject([
      { probability_alive: null, expected_visits_30d: null, basis: null },
    ]);
  });
});

describe('the forecast', () => {
  it('is that of the club’s latest fit, and says whose parameters it rests on', async () => {
    const club = await clubs.open();
    const neighbour = await clubs.open();
    await club.came('eva', [100, 60, 10]);
    await club.came('once', [100]);
    await fitted(club, { r: 5 });
    await fitted(club);
    await fitted(neighbour, { r: 9 });
    const [expected] = await clubs.sql`
      select
        stats.bg_nbd_probability_alive(1.2, 9, 0.6, 7, 2, 90, 100) as alive,
        stats.bg_nbd_expected_visits(1.2, 9, 0.6, 7, 2, 90, 100, 30) as visits`;
    expect(expected!.alive).toBeLessThan(1);
    expect(await forecast(club)).toMatchObject([
      { probability_alive: expected!.alive, expected_visits_30d: expected!.visits, basis: 'pooled' },
      { client: 'once', probability_alive: 1 },
    ]);
  });

  it('is given of the clients named alone', async () => {
    const club = await clubs.open();
    for (const name of ['eva', 'jan']) await club.came(name, [9]);
    const rows = await clubs.sql`
      select client_id::int from stats.bg_nbd(${club.id}, ${club.today}, array[${await club.idOf('jan')}::bigint])`;
    expect(rows).toEqual([{ client_id: await club.idOf('jan') }]);
  });
});

describe('the state in words', () => {
  it('tells of no attempt, of too few, of a failure, and of pooled parameters', async () => {
    const club = await clubs.open();
    await addVisitors(club, earlier(3, 20, 10));
    expect(await explanation(club)).toBe(
      'No probabilities yet. The first attempt follows the first complete sync.',
    );
    await begin(club);
    await clubs.sql`select stats.note_bg_nbd_shortage(${club.id}, 70, ${NOON})`;
    expect(await explanation(club)).toBe(
      'No probabilities yet. The last attempt found 3 repeat clients in this club and 70 in all clubs together, 200 are needed; the next is a day later.',
    );
    await clubs.sql`select stats.note_bg_nbd_failure(${club.id}, 'no', ${NOON})`;
    expect(await explanation(club)).toContain('The last attempt failed');
    await fitted(club, { has_converged: false });
    expect(await explanation(club)).toBe(
      'Pooled parameters: this club had 3 repeat clients, 200 are needed for its own; these were fitted on 250 repeat clients of all clubs. The search for the parameters did not settle: look at the calibration before relying on them.',
    );
  });
});
