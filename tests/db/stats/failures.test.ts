import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const MONDAY = '2026-06-15T10:00:00Z';
const TUESDAY = '2026-06-16T10:00:00Z';

const fail = (club: Club, step: string, message: string, now: string) =>
  clubs.sql`select stats.note_failure(${club.id}, ${step}, ${message}, ${now})`;

const succeed = (club: Club, step: string) => clubs.sql`select stats.note_success(${club.id}, ${step})`;

const failures = (club: Club) => clubs.sql`
  select step, first_failed_at, last_failed_at, times::int, message
  from stats.failures where club_id = ${club.id} order by step`;

describe('a step that fails', () => {
  it('is noted with when it began to, when it last did, how often, and the last words', async () => {
    const club = await clubs.open();
    await fail(club, 'metrics.tick_club', 'disk full', MONDAY);
    await fail(club, 'metrics.tick_club', 'division by zero', TUESDAY);
    expect(await failures(club)).toEqual([
      {
        step: 'metrics.tick_club',
        first_failed_at: new Date(MONDAY),
        last_failed_at: new Date(TUESDAY),
        times: 2,
        message: 'division by zero',
      },
    ]);
  });

  it('is forgotten once it succeeds, alone; failing anew, it begins at one', async () => {
    const club = await clubs.open();
    const neighbour = await clubs.open();
    await fail(club, 'a', 'no', MONDAY);
    await fail(club, 'b', 'no', MONDAY);
    await fail(neighbour, 'a', 'no', MONDAY);
    await succeed(club, 'a');
    expect(await failures(club)).toMatchObject([{ step: 'b' }]);
    expect(await failures(neighbour)).toMatchObject([{ step: 'a' }]);
    await fail(club, 'a', 'no', TUESDAY);
    expect(await failures(club)).toMatchObject([
      { step: 'a', times: 1, first_failed_at: new Date(TUESDAY) },
      { step: 'b' },
    ]);
  });
});
