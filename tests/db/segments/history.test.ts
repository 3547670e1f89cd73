import { beforeAll, describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { tellHistory } from './told-history.ts';

const clubs = useClubs();

/** Today is a Monday, and 30 days ago was a Saturday. */
let club: Club;
beforeAll(async () => {
  club = await clubs.open();
  await tellHistory(club, {
    begins: 30,
    changes: [
      ['leaves and returns', 10, 'regular', 'at_risk'],
      ['leaves and returns', 3, 'at_risk', 'regular'],
      ['comes', 20, null, 'regular'],
      // Twice on one day.
      ['comes', 8, 'regular', 'at_risk'],
      ['comes', 8, 'at_risk', 'vip'],
      ['deleted', 5, 'going_silent', null],
      // There and back on one day.
      ['restless', 6, 'regular', 'at_risk'],
      ['restless', 6, 'at_risk', 'regular'],
    ],
    members: { 'leaves and returns': 'regular', comes: 'vip', restless: 'regular', away: 'lost', new: null },
  });
  const other = await clubs.open();
  await tellHistory(other, {
    begins: 30,
    changes: [['another club’s', 10, 'vip', 'regular']],
    members: { 'another club’s': 'regular' },
  });
});

async function sizesOn(day: Day): Promise<Record<string, number>> {
  const rows = await clubs.sql<{ segment: string; clients: number }[]>`
    select segment, clients::int from segments.sizes(${club.id}, ${day}, ${day}) where clients <> 0`;
  return Object.fromEntries(rows.map(({ segment, clients }) => [segment, clients]));
}

/** Each row in words. */
async function flow(from: Day, until: Day): Promise<string[]> {
  const rows = await clubs.sql`
    select from_segment, to_segment, clients from segments.flow(${club.id}, ${from}, ${until})`;
  return rows.map((row) => `${row.from_segment} > ${row.to_segment}: ${row.clients}`);
}

async function weekOf(monday: Day): Promise<string[]> {
  const rows = await clubs.sql`
    select from_segment, to_segment, clients
    from segments.transitions(${club.id}, ${club.today}) where week_start = ${monday}`;
  return rows.map((row) => `${row.from_segment} > ${row.to_segment}: ${row.clients}`);
}

describe('the size of every segment', () => {
  it.each<[number, Record<string, number>]>([
    [30, { regular: 2, going_silent: 1, lost: 1 }],
    [21, { regular: 2, going_silent: 1, lost: 1 }],
    [20, { regular: 3, going_silent: 1, lost: 1 }],
    [10, { regular: 2, at_risk: 1, going_silent: 1, lost: 1 }],
    [8, { vip: 1, regular: 1, at_risk: 1, going_silent: 1, lost: 1 }],
    [6, { vip: 1, regular: 1, at_risk: 1, going_silent: 1, lost: 1 }],
    [5, { vip: 1, regular: 1, at_risk: 1, lost: 1 }],
    [0, { vip: 1, regular: 2, lost: 1 }],
  ])('is what it was at the end of the day %i days ago', async (daysAgo, expected) => {
    expect(await sizesOn(club.ago(daysAgo))).toEqual(expected);
  });

  it('is there for all eight on every day that is known, and on no other', async () => {
    const rows = await clubs.sql<{ day: Day; segments: string[] }[]>`
      select as_of::text as day, array_agg(segment) as segments
      from segments.sizes(${club.id}, ${club.ago(40)}, ${club.ago(-10)}) group by as_of order by as_of`;
    expect(rows.map(({ day }) => day)).toEqual(
      Array.from({ length: 31 }, (_, index) => club.ago(30 - index)),
    );
    for (const { segments } of rows) {
      expect(segments).toEqual([
        'vip',
        'pt_cancelled',
        'trial_dropoff',
        'lost',
        'nearly_lost',
        'going_silent',
        'at_risk',
        'regular',
      ]);
    }
  });

  it('of days in the wrong order is refused', async () => {
    const asked = clubs.sql`select * from segments.sizes(${club.id}, ${club.ago(1)}, ${club.ago(2)})`;
    await expect(asked).rejects.toThrow(
      `There are no days from ${club.ago(1)} until ${club.ago(2)}: ask from the earlier day until the later one.`,
    );
  });
});

describe('the flow between two days', () => {
  it('has where everybody was and is, those who stayed included', async () => {
    expect(await flow(club.ago(30), club.today)).toEqual([
      'lost > lost: 1',
      'going_silent > unsegmented: 1',
      'regular > regular: 2',
      'unsegmented > vip: 1',
    ]);
    expect(await flow(club.ago(9), club.ago(6))).toEqual([
      'lost > lost: 1',
      'going_silent > going_silent: 1',
      'at_risk > at_risk: 1',
      'regular > vip: 1',
      'regular > regular: 1',
    ]);
  });

  it('counts what changed on its last day, and not what had on its first', async () => {
    expect(await flow(club.ago(20), club.ago(8))).toEqual([
      'lost > lost: 1',
      'going_silent > going_silent: 1',
      'regular > vip: 1',
      'regular > at_risk: 1',
      'regular > regular: 1',
    ]);
  });

  it('from one day to itself is who was there', async () => {
    expect(await flow(club.ago(2), club.ago(2))).toEqual([
      'vip > vip: 1',
      'lost > lost: 1',
      'regular > regular: 2',
    ]);
  });

  it('from before the history begins is not known', async () => {
    expect(await flow(club.ago(31), club.today)).toEqual([]);
  });

  it('of days in the wrong order is refused', async () => {
    await expect(flow(club.today, club.ago(1))).rejects.toThrow(
      'ask from the earlier day until the later one',
    );
  });
});

describe('the transitions of a week', () => {
  it('are from the Sunday before to its own, or to today', async () => {
    expect(await weekOf('2026-05-25')).toEqual([
      'lost > lost: 1',
      'going_silent > going_silent: 1',
      'regular > regular: 2',
      'unsegmented > regular: 1',
    ]);
    expect(await weekOf('2026-06-01')).toEqual([
      'lost > lost: 1',
      'going_silent > going_silent: 1',
      'regular > vip: 1',
      'regular > at_risk: 1',
      'regular > regular: 1',
    ]);
    expect(await weekOf('2026-06-08')).toEqual([
      'vip > vip: 1',
      'lost > lost: 1',
      'going_silent > unsegmented: 1',
      'at_risk > regular: 1',
      'regular > regular: 1',
    ]);
    expect(await weekOf('2026-06-15')).toEqual(['vip > vip: 1', 'lost > lost: 1', 'regular > regular: 2']);
  });

  const weeks = (asOf: Day, count: number) => clubs.sql`
    select distinct week_start::text as week, is_complete
    from segments.transitions(${club.id}, ${asOf}, ${count}) order by week_start::text`;

  it('are complete once its Sunday is over, and begin with the first whose Sunday before is known', async () => {
    expect(await weeks(club.today, 12)).toEqual([
      { week: '2026-05-18', is_complete: true },
      { week: '2026-05-25', is_complete: true },
      { week: '2026-06-01', is_complete: true },
      { week: '2026-06-08', is_complete: true },
      { week: '2026-06-15', is_complete: false },
    ]);
    expect(await weeks('2026-06-14', 2)).toEqual([
      { week: '2026-06-01', is_complete: true },
      { week: '2026-06-08', is_complete: false },
    ]);
    expect(await weeks('2026-05-17', 12)).toEqual([]);
  });

  it('stop at the day that is asked for', async () => {
    const rows = await clubs.sql`
      select from_segment, to_segment from segments.transitions(${club.id}, '2026-06-11', 1)
      where from_segment <> to_segment`;
    expect(rows).toEqual([{ from_segment: 'going_silent', to_segment: 'unsegmented' }]);
  });

  it.each([0, 521])('are refused for %i weeks', async (count) => {
    await expect(weeks(club.today, count)).rejects.toThrow(
      `There is no matrix of ${count} weeks: ask for 1 to 520.`,
    );
  });
});

describe('the stays', () => {
  it('are of whole days, with their length and the reason at their beginning', async () => {
    const stays = await clubs.sql`
      select client.external_id as client, segment, began_date::text as began, ended_date::text as ended, days, reason
      from segments.stays join crm.clients as client using (club_id, client_id)
      where club_id = ${club.id} order by client.external_id, ended_date`;
    const unknown = { began: null, days: null, reason: null };
    expect(stays).toEqual([
      { client: 'away', segment: 'lost', ended: null, ...unknown },
      {
        client: 'comes',
        segment: 'regular',
        began: club.ago(20),
        ended: club.ago(8),
        days: 12,
        reason: 'because regular',
      },
      { client: 'comes', segment: 'vip', began: club.ago(8), ended: null, days: 8, reason: 'because vip' },
      { client: 'deleted', segment: 'going_silent', ended: club.ago(5), ...unknown },
      { client: 'leaves and returns', segment: 'regular', ended: club.ago(10), ...unknown },
      {
        client: 'leaves and returns',
        segment: 'at_risk',
        began: club.ago(10),
        ended: club.ago(3),
        days: 7,
        reason: 'because at_risk',
      },
      {
        client: 'leaves and returns',
        segment: 'regular',
        began: club.ago(3),
        ended: null,
        days: 3,
        reason: 'because regular',
      },
      { client: 'restless', segment: 'regular', ended: null, ...unknown },
    ]);
  });
});
