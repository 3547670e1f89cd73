import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** By trainer, `club` for the row without one: first, repeat, churn, visits, clients. */
async function trainers(club: Club, day = club.today) {
  const rows = await clubs.sql<{ who: string; counts: number[] }[]>`
    select coalesce(staff_external_id, 'club') as who,
      array[pt_first_30d, pt_repeat_30d, pt_churn, visits_30d, clients_30d]::int[] as counts
    from metrics.personal_training(${club.id}, ${day})`;
  return Object.fromEntries(rows.map(({ who, counts }) => [who, counts]));
}

/** Personal trainings with a trainer, or with nobody named. */
async function trained(club: Club, client: string, trainer: string | null, daysAgo: number[]) {
  await club.client(client);
  await club.apply(
    'bookings',
    daysAgo.map((days) => ({
      external_id: club.nextId('training'),
      client_external_id: client,
      staff_external_id: trainer,
      services: [{ external_id: 'personal', title: 'Personal training' }],
      status: 'attended',
      starts_local: `${club.ago(days)}T18:00`,
    })),
  );
}

async function metricsOf(club: Club, day = club.today) {
  const codes = ['pt_first_30d', 'pt_repeat_30d', 'pt_churn'];
  return Promise.all(codes.map(async (code) => (await club.metric(code, day)).value));
}

it('tells first, repeat and churn of each trainer', async () => {
  const club = await clubs.open();
  await trained(club, 'new', 'alex', [5]);
  await trained(club, 'new twice', 'alex', [9, 9]);
  await trained(club, 'regular', 'alex', [100, 40, 3]);
  await trained(club, 'stopped', 'alex', [45]);
  await trained(club, 'long gone', 'alex', [90]);
  await trained(club, 'other', 'bela', [35]);
  expect(await trainers(club)).toEqual({
    club: [2, 2, 2, 4, 3],
    alex: [2, 2, 1, 4, 3],
    bela: [0, 0, 1, 0, 0],
  });
});

it.each([
  ['29 days ago', [29], [1, 0, 0, 1, 1]],
  ['30 days ago', [30], [0, 0, 1, 0, 0]],
  ['59 days ago', [59], [0, 0, 1, 0, 0]],
  ['30 and 29 days ago', [30, 29], [0, 1, 0, 1, 1]],
])('trainings %s', async (_, daysAgo, counts) => {
  const club = await clubs.open();
  await trained(club, 'ann', 'alex', daysAgo);
  expect(await trainers(club)).toEqual({ club: counts, alex: counts });
  expect(await metricsOf(club)).toEqual(counts.slice(0, 3));
});

it('lists no trainer without a training in the last 60 days', async () => {
  const club = await clubs.open();
  await trained(club, 'ann', 'alex', [60]);
  expect(await trainers(club)).toEqual({ club: [0, 0, 0, 0, 0] });
});

it('counts a client who changes trainers for both, and as a repeat of the club', async () => {
  const club = await clubs.open();
  await trained(club, 'ann', 'alex', [40]);
  await trained(club, 'ann', 'bela', [4]);
  expect(await trainers(club)).toEqual({
    club: [0, 1, 0, 1, 1],
    alex: [0, 0, 1, 0, 0],
    bela: [1, 0, 0, 1, 1],
  });
});

it('keeps trainings without a trainer to the club’s row', async () => {
  const club = await clubs.open();
  await trained(club, 'ann', null, [4]);
  expect(await trainers(club)).toEqual({ club: [1, 0, 0, 1, 1] });
});

it('names the trainers whom the platform lists', async () => {
  const club = await clubs.open();
  await trained(club, 'ann', '7', [4]);
  await trained(club, 'ann', '8', [4]);
  await club.apply('staff', [{ external_id: '7', name: 'Alex' }]);
  const rows = await clubs.sql`select name from metrics.personal_training(${club.id}, ${club.today})`;
  expect(rows.map(({ name }) => name as string)).toEqual([null, 'Alex', null]);
});

it('agrees with the metrics, on today as on a past day, whoever was deleted and whatever else was booked', async () => {
  const club = await clubs.open();
  await trained(club, 'ann', 'alex', [80, 45, 44, 10]);
  await trained(club, 'bob', 'alex', [45]);
  await trained(club, 'cyd', 'bela', [42, 12, 2]);
  await trained(club, 'dan', null, [70, 41]);
  await trained(club, 'gone', 'bela', [42, 2]);
  await club.deleteClient('gone');
  await club.came('group', [3, 4]);
  await club.booking('bob', club.ago(3), { kinds: ['personal'], status: 'no_show' });
  for (const daysAgo of [0, 10, 11, 40, 41, 60]) {
    const day = club.ago(daysAgo);
    expect((await trainers(club, day)).club!.slice(0, 3), `${daysAgo} days ago`).toEqual(
      await metricsOf(club, day),
    );
  }
  const then = await trainers(club, club.ago(11));
  await club.refresh();
  expect(await trainers(club, club.ago(11))).toEqual(then);
  expect((await trainers(club)).club!.slice(0, 3)).toEqual(await metricsOf(club));
});

it('is one row of zeros for a club without trainings, whatever others have', async () => {
  const busy = await clubs.open();
  await trained(busy, 'ann', 'alex', [4]);
  expect(await trainers(await clubs.open())).toEqual({ club: [0, 0, 0, 0, 0] });
});
