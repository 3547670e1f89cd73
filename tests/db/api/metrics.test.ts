import { describe, expect, it } from 'vitest';
import { Campaign } from '../campaign.ts';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { takeSnapshot } from '../metrics/kept-readings.ts';
import { METRICS } from '../metrics/values.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

interface Shown {
  code: string;
  title: string;
  tooltip: string;
  value: number | null;
  sample_size: number;
  smallest_sample: number;
  is_large_enough: boolean;
  change: number | null;
  change_as_of: Day | null;
  previous_as_of: Day | null;
  previous_value: number | null;
  is_change_large_enough: boolean | null;
  computed_at: Date;
  data_until: Date | null;
}

async function shown(club: Club, { day = club.today, language = 'en', person = '' } = {}): Promise<Shown[]> {
  return asPerson(
    clubs.sql,
    person || (await operator(clubs.sql, club.id, 'analyst')),
    (sql) => sql<Shown[]>`
      select code, title, tooltip, value::float8, sample_size::int, smallest_sample, is_large_enough, change::float8,
        change_as_of::text, previous_as_of::text, previous_value::float8, is_change_large_enough, computed_at, data_until
      from api.read_metrics(${club.id}, ${day}, ${language})`,
  );
}

const shownOf = async (club: Club, code: string, options = {}) =>
  (await shown(club, options)).find((metric) => metric.code === code)!;

describe('the readings of a day', () => {
  it('come with the change of whole days, yesterday against a period before, and say both', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [1, 40]);
    await club.came('jan', [20]);
    for (const daysAgo of [1, 8, 31]) await takeSnapshot(club, club.ago(daysAgo), new Date());
    await takeSnapshot(club, club.today, new Date());
    await takeSnapshot(club, club.ago(30), new Date());
    await club.came('this-morning', [0]);
    expect(await shownOf(club, 'active_30d')).toMatchObject({
      value: 3,
      change_as_of: club.ago(1),
      previous_as_of: club.ago(31),
      previous_value: 1,
      change: 1,
      is_change_large_enough: false,
    });
    expect(await shownOf(club, 'active_7d')).toMatchObject({
      value: 2,
      change_as_of: club.ago(1),
      previous_as_of: club.ago(8),
      previous_value: 0,
      change: 1,
    });
  });

  it('of a past day come with the change of that day', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [12]);
    for (const daysAgo of [10, 40]) await takeSnapshot(club, club.ago(daysAgo), new Date());
    expect(await shownOf(club, 'active_30d', { day: club.ago(10) })).toMatchObject({
      change_as_of: club.ago(10),
      previous_as_of: club.ago(40),
      change: 1,
    });
  });

  it('come without a change where one of the days was not kept', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [1, 40]);
    await takeSnapshot(club, club.today, new Date());
    const metrics = await shown(club);
    expect(metrics).toHaveLength(METRICS.length);
    for (const metric of metrics)
      expect(metric, metric.code).toMatchObject({
        change: null,
        change_as_of: null,
        previous_as_of: null,
        is_change_large_enough: null,
      });
  });

  it('say whether the sample is large enough to mean it', async () => {
    const club = await openToday(clubs);
    const { smallest_sample: smallest } = await shownOf(club, 'active_30d');
    for (let ordinal = 1; ordinal < smallest; ordinal += 1) await club.came(`client-${ordinal}`, [1]);
    expect((await shownOf(club, 'active_30d')).is_large_enough).toBe(false);
    await club.came('one-more', [1]);
    expect((await shownOf(club, 'active_30d')).is_large_enough).toBe(true);
  });

  it('speak the operator’s language, and English where they have none', async () => {
    const club = await openToday(clubs);
    const words = async (language: string) => {
      const { title, tooltip } = await shownOf(club, 'active_30d', { language });
      return { title, tooltip };
    };
    for (const language of ['cs', 'uk', 'ru', 'en', 'bg']) {
      const [word] = await clubs.sql`
        select title, tooltip from metrics.translations where code = 'active_30d' and language = ${language}`;
      expect(await words(language)).toEqual(word);
    }
    expect(await words('cs')).not.toEqual(await words('en'));
    expect(await words('fi')).toEqual(await words('en'));
  });
});

describe('the stamp of the readings', () => {
  const REFRESHED = '2026-01-01T06:00:00Z';
  const refresh = (club: Club) => clubs.sql`select stats.refresh(${club.id}, ${club.today}, ${REFRESHED})`;

  it('is the refresh while the rollup stands, and now once something waits for the next', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [1]);
    await refresh(club);
    expect((await shownOf(club, 'active_30d')).computed_at).toEqual(new Date(REFRESHED));
    await club.came('jan', [1]);
    const [before] = await clubs.sql<{ at: Date }[]>`select now() as at`;
    const waiting = await shownOf(club, 'active_30d');
    expect(waiting.value).toBe(2);
    expect(waiting.computed_at.getTime()).toBeGreaterThanOrEqual(before!.at.getTime());
  });

  it('is now for a past day, which is computed as it is asked for', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [1]);
    await refresh(club);
    const [before] = await clubs.sql<{ at: Date }[]>`select now() as at`;
    const past = await shownOf(club, 'active_30d', { day: club.ago(1) });
    expect(past.computed_at.getTime()).toBeGreaterThanOrEqual(before!.at.getTime());
  });

  it('says that the data reach to the last good sync', async () => {
    const club = await openToday(clubs);
    expect((await shownOf(club, 'active_30d')).data_until).toBeNull();
    const campaign = await Campaign.start(club, '2026-01-01T05:58:00Z');
    expect((await shownOf(club, 'active_30d')).data_until).toEqual(campaign.now);
  });
});

/** Two clubs with a line of their own, and somebody of the first. */
async function twoClubs() {
  const [mine, theirs] = [await openToday(clubs), await openToday(clubs)];
  for (const club of [mine, theirs]) {
    await club.came('eva', [1, 2]);
    for (const daysAgo of [2, 1, 0]) await takeSnapshot(club, club.ago(daysAgo), new Date());
    await clubs.sql`select metrics.tick(${club.id}, now())`;
  }
  return { mine, theirs };
}

const DOORS: [string, (club: Club) => string][] = [
  ['metric_lines', ({ id, today }) => `api.metric_lines(${id}, date '${today}' - 90, '${today}')`],
  ['metric_history', ({ id }) => `(select * from api.metric_history where club_id = ${id}) as history`],
  ['location_metrics', ({ id }) => `(select * from api.location_metrics where club_id = ${id}) as location`],
  ['clients_behind', ({ id, today }) => `api.clients_behind(${id}, 'active_30d', '${today}')`],
];

describe.each(DOORS)('api.%s', (_, from) => {
  const rowsFor = async (person: string | null, club: Club) =>
    asPerson(clubs.sql, person, (sql) => sql.unsafe(`select * from ${from(club)}`));

  it('is open to whatever role in the club, and shows each the same', async () => {
    const { mine } = await twoClubs();
    const seen = [];
    for (const role of ['owner', 'operator', 'moderator', 'analyst'])
      seen.push([...(await rowsFor(await operator(clubs.sql, mine.id, role), mine))]);
    expect(seen[0]!.length).toBeGreaterThan(0);
    for (const rows of seen) expect(rows).toEqual(seen[0]);
  });

  it('shows nothing of another club, nothing to a stranger, and is closed to anonymous', async () => {
    const { mine, theirs } = await twoClubs();
    const owner = await operator(clubs.sql, mine.id, 'owner');
    expect(await rowsFor(owner, theirs)).toEqual([]);
    expect(await rowsFor(crypto.randomUUID(), mine)).toEqual([]);
    await expect(rowsFor(null, mine)).rejects.toThrow('permission denied');
  });
});

describe('the lines', () => {
  it('are one row a metric, each with its days in order; what is not kept is absent', async () => {
    const club = await openToday(clubs);
    await club.came('eva', [4]);
    for (const daysAgo of [1, 5, 3]) await takeSnapshot(club, club.ago(daysAgo), new Date());
    const lines = await asPerson(
      clubs.sql,
      await operator(clubs.sql, club.id, 'owner'),
      (sql) => sql<{ code: string; points: unknown }[]>`
        select code, points from api.metric_lines(${club.id}, ${club.ago(4)}, ${club.today})`,
    );
    expect(lines).toHaveLength(METRICS.length);
    expect(lines.find(({ code }) => code === 'active_30d')?.points).toEqual([
      [club.ago(3), 1],
      [club.ago(1), 1],
    ]);
    expect(lines.find(({ code }) => code === 'retention_30d')?.points).toEqual([
      [club.ago(3), null],
      [club.ago(1), null],
    ]);
  });
});

describe('the locations', () => {
  it('of a person who runs several stand side by side, each with its latest reading', async () => {
    const { mine, theirs } = await twoClubs();
    await clubs.sql`update core.clubs set name = 'Second' where club_id = ${theirs.id}`;
    await theirs.came('jan', [1]);
    await takeSnapshot(theirs, theirs.today, new Date());
    const person = await operator(clubs.sql, mine.id, 'owner');
    await clubs.sql`
      insert into core.operators (club_id, user_id, email, role, created_at)
      values (${theirs.id}, ${person}, 'owner@example.com', 'owner', now())`;
    const rows = await asPerson(
      clubs.sql,
      person,
      (sql) => sql`
        select location, as_of::text, value::float8, count(*) over ()::int as rows
        from api.location_metrics order by (code = 'active_30d') desc, club_id limit 2`,
    );
    expect(rows).toEqual([
      { location: 'Vltava Fit', as_of: mine.today, value: 1, rows: 52 },
      { location: 'Second', as_of: theirs.today, value: 2, rows: 52 },
    ]);
  });
});

describe('the clients behind a reading', () => {
  it('are told by name; of a share first those who count', async () => {
    const club = await openToday(clubs);
    await club.client('b', { name: 'Berta' });
    await club.client('a', { name: 'Anna' });
    await club.client('c', { name: 'Cyril' });
    for (const id of ['a', 'b', 'c']) await club.visits(id, [club.ago(45)]);
    await club.visits('b', [club.ago(3)]);
    const rows = await asPerson(
      clubs.sql,
      await operator(clubs.sql, club.id, 'moderator'),
      (sql) => sql`
        select external_id, name, is_counted from api.clients_behind(${club.id}, 'retention_30d', ${club.today})`,
    );
    expect(rows).toEqual([
      { external_id: 'b', name: 'Berta', is_counted: true },
      { external_id: 'a', name: 'Anna', is_counted: false },
      { external_id: 'c', name: 'Cyril', is_counted: false },
    ]);
  });
});
