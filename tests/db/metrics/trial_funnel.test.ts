import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

interface Step {
  step: string;
  clients: number;
  of_first: number | null;
  of_previous: number | null;
  waiting: number;
  lost: number;
}

/** Of first visits 200 days ago until today, unless told otherwise. */
async function funnel(club: Club, day = club.today, from = club.ago(200), until = club.today) {
  return clubs.sql<Step[]>`
    select step, clients::int, share_of_first::float8 as of_first, share_of_previous::float8 as of_previous,
      waiting::int, lost::int
    from metrics.trial_funnel(${club.id}, ${day}, ${from}, ${until}) order by position`;
}

async function counts(club: Club, day = club.today) {
  const steps = await funnel(club, day);
  expect(steps.map(({ step }) => step)).toEqual([
    'first_visit',
    'second_visit',
    'membership',
    'active_at_60',
  ]);
  for (const [index, { waiting, lost }] of steps.entries()) {
    const before = steps[index - 1]?.clients ?? steps[0]!.clients;
    expect(steps[index]!.clients + waiting + lost).toBe(before);
  }
  return steps.map(({ clients, waiting }) => [clients, waiting]);
}

async function dropouts(club: Club, day = club.today) {
  const rows = await clubs.sql<{ who: string; lost_at: string }[]>`
    select external_id as who, lost_at
    from metrics.trial_dropouts(${club.id}, ${day}, ${club.ago(200)}, ${club.today})`;
  return Object.fromEntries(rows.map(({ who, lost_at: lostAt }) => [who, lostAt]));
}

it('asks for each step after the one before it, and names who was lost where', async () => {
  const club = await clubs.open();
  await club.came('all', [100, 90, 50]);
  await club.sale('all', club.ago(80));
  await club.came('bought', [100, 90]);
  await club.sale('bought', club.ago(80));
  await club.came('came', [100, 90, 50]);
  // A membership and a visit on day 50, and no second visit in time: lost at the second visit.
  await club.came('late', [100, 50]);
  await club.sale('late', club.ago(80));
  expect(await funnel(club)).toEqual([
    { step: 'first_visit', clients: 4, of_first: 1, of_previous: null, waiting: 0, lost: 0 },
    { step: 'second_visit', clients: 3, of_first: 0.75, of_previous: 0.75, waiting: 0, lost: 1 },
    { step: 'membership', clients: 2, of_first: 0.5, of_previous: 2 / 3, waiting: 0, lost: 1 },
    { step: 'active_at_60', clients: 1, of_first: 0.25, of_previous: 0.5, waiting: 0, lost: 1 },
  ]);
  expect(await dropouts(club)).toEqual({ bought: 'active_at_60', came: 'membership', late: 'second_visit' });
});

it.each([
  ['on the same day', 0, 1],
  ['14 days later', 14, 1],
  ['15 days later', 15, 0],
])('a second visit %s', async (_, days, reached) => {
  const club = await clubs.open();
  await club.came('ann', [100, 100 - days]);
  expect((await counts(club))[1]).toEqual([reached, 0]);
});

it.each([
  ['on the day of the first visit', 0, [1, 1]],
  ['30 days later', 30, [1, 1]],
  ['31 days later', 31, [1, 0]],
  ['the day before, so that it is no trial', -1, [0, 0]],
])('a membership bought %s', async (_, days, [asked, reached]) => {
  const club = await clubs.open();
  await club.came('ann', [100, 99]);
  await club.sale('ann', club.ago(100 - days));
  const [first, , membership] = await counts(club);
  expect([first![0], membership![0]]).toEqual([asked, reached]);
});

it.each([
  [30, 0],
  [31, 1],
  [60, 1],
  [61, 0],
])('a visit %i days after the first', async (days, reached) => {
  const club = await clubs.open();
  await club.came('ann', [100, 99, 100 - days]);
  await club.sale('ann', club.ago(90));
  expect((await counts(club))[3]![0]).toBe(reached);
});

it.each([
  ['second_visit', [], null, 14, 1],
  ['membership', [1], null, 30, 2],
  ['active_at_60', [1], 1, 60, 3],
])('waits for %s until its last day is over', async (step, visits, sale, days, index) => {
  const club = await clubs.open();
  const first = 100;
  await club.came('ann', [first, ...visits.map((day) => first - day)]);
  if (sale !== null) await club.sale('ann', club.ago(first - sale));
  const lastDay = club.ago(first - days);
  expect((await counts(club, lastDay))[index]).toEqual([0, 1]);
  expect(await dropouts(club, lastDay)).toEqual({});
  expect((await counts(club, club.ago(first - days - 1)))[index]).toEqual([0, 0]);
  expect(await dropouts(club, club.ago(first - days - 1))).toEqual({ ann: step });
});

it('takes the first visits of the days asked for, on the club’s calendar, of clients who are there', async () => {
  const club = await clubs.open();
  await club.came('day before', [51]);
  await club.came('first day', [50]);
  await club.came('last day', [40]);
  await club.came('day after', [39]);
  await club.came('gone', [45]);
  await club.deleteClient('gone');
  await club.client('midnight');
  // Half past midnight of the first day in Prague.
  await club.booking('midnight', club.today, { startsAt: `${club.ago(51)}T22:30:00Z` });
  const [first] = await funnel(club, club.today, club.ago(50), club.ago(40));
  expect(first!.clients).toBe(3);
});

it('reads a past day as it was read then, from the rollup or not', async () => {
  const club = await clubs.open();
  await club.came('ann', [40, 38]);
  await club.refresh(club.ago(30));
  const then = [await funnel(club, club.ago(30)), await dropouts(club, club.ago(30))];
  await club.sale('ann', club.ago(20));
  await club.visits('ann', [club.ago(5)]);
  await club.refresh();
  expect([await funnel(club, club.ago(30)), await dropouts(club, club.ago(30))]).toEqual(then);
  expect(await counts(club)).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 0],
  ]);
});

it('has four steps without shares for a club without newcomers, whatever others have', async () => {
  const busy = await clubs.open();
  await busy.came('ann', [50]);
  const club = await clubs.open();
  expect(await dropouts(club)).toEqual({});
  expect(await funnel(club)).toMatchObject(
    Array.from({ length: 4 }, () => ({ clients: 0, of_first: null, of_previous: null, waiting: 0, lost: 0 })),
  );
});
