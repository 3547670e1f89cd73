import { describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { busyClub } from './busy-club.ts';
import { METRICS, only, valuesOf } from './values.ts';

const clubs = useClubs();

/** Every metric asked on its own, as metrics.read_all should answer it. */
async function oneByOne(club: Club, day: Day): Promise<unknown[]> {
  const asked = METRICS.map((code) => `select '${code}'::text as code, * from metrics.${code}($1, $2)`);
  return [...(await clubs.sql.unsafe(asked.join('\nunion all\n'), [club.id, day]))];
}

async function together(club: Club, day: Day): Promise<unknown[]> {
  return [...(await clubs.sql`select * from metrics.read_all(${club.id}, ${day})`)];
}

const standsAt = async (club: Club, day: Day) => {
  const [row] = await clubs.sql<{ stands: boolean }[]>`select stats.stands_at(${club.id}, ${day}) as stands`;
  return row!.stands;
};

describe('metrics.read_all', () => {
  it('says of each metric what its own function says, in the order of the dictionary', async () => {
    const club = await busyClub(clubs);
    for (const day of [club.today, club.ago(1), club.ago(45), '2000-01-01', club.ago(-10)])
      expect(await together(club, day), `replayed ${day}`).toEqual(await oneByOne(club, day));

    await club.refresh();
    expect(await standsAt(club, club.today)).toBe(true);
    expect(await together(club, club.today), 'standing').toEqual(await oneByOne(club, club.today));

    await club.visits('petr', [club.today], { kinds: ['personal'] });
    await club.payment('olga', club.today, 9_000_000);
    await club.deleteClient('jan');
    await club.came('brand-new', [0]);
    expect(await standsAt(club, club.today)).toBe(false);
    expect(await together(club, club.today), 'with waiting').toEqual(await oneByOne(club, club.today));
    expect(await together(club, club.ago(45)), 'a past day').toEqual(await oneByOne(club, club.ago(45)));
  });

  it('answers the same from the rollup as from the replay, waiting or not', async () => {
    const club = await busyClub(clubs);
    const replayed = await together(club, club.today);
    await club.refresh();
    expect(await together(club, club.today)).toEqual(replayed);

    await club.visits('petr', [club.today]);
    await club.payment('olga', club.today, 9_000_000);
    await club.deleteClient('jan');
    const waiting = await together(club, club.today);
    expect(waiting).not.toEqual(replayed);
    await club.refresh();
    expect(await together(club, club.today)).toEqual(waiting);
    await club.refresh(club.ago(45));
    expect(await together(club, club.today), 'replayed beside a rollup of another day').toEqual(waiting);
  });

  it('names every metric of a club without a single client, and of a club that does not exist', async () => {
    const club = await clubs.open();
    expect(await valuesOf(club)).toEqual(only({}));
    await club.refresh();
    expect(await valuesOf(club)).toEqual(only({}));
    const rows = (clubId: number) => clubs.sql`select * from metrics.read_all(${clubId}, ${club.today})`;
    expect((await rows(club.id)).map(({ code }) => code as string)).toEqual(METRICS);
    expect([...(await rows(-1))]).toEqual([...(await rows(club.id))]);
  });
});
