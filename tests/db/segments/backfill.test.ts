import { describe, expect, it } from 'vitest';
import { connect } from '../../../stack/embedded/database.ts';
import { Campaign, NOON } from '../campaign.ts';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const tick = (club: Club, now = NOON) => clubs.sql`select segments.tick(${club.id}, ${now})`;
const nextDay = '2026-06-16T10:00:00Z';

async function backfill(club: Club, visitsToRead = 10_000_000, now = NOON): Promise<number> {
  const [row] = await clubs.sql<{ days: number }[]>`
    select segments.backfill(${club.id}, ${now}, ${visitsToRead})::int as days`;
  return row!.days;
}

async function connected(club: Club): Promise<Club> {
  await tick(club);
  return club;
}

async function visitedOn(...daysAgo: number[]): Promise<Club> {
  const club = await clubs.open();
  await club.came('eva', daysAgo);
  return connected(club);
}

async function beginsOn(club: Club): Promise<Day> {
  const [row] = await clubs.sql<{ begins: Day }[]>`
    select begins_date::text as begins from segments.histories where club_id = ${club.id}`;
  return row!.begins;
}

const changesOf = (club: Club) => clubs.sql`
  select
    client.external_id as client, changed_date::text as date, from_segment, to_segment, reason, basis
  from segments.changes as change join crm.clients as client using (club_id, client_id)
  where change.club_id = ${club.id} order by client.external_id, changed_date, basis desc, change_id`;

const sinceOf = async (club: Club) => {
  const rows = await clubs.sql<{ client: string; since: Day }[]>`
    select client.external_id as client, since_date::text as since
    from segments.client_segments join crm.clients as client using (club_id, client_id)
    where club_id = ${club.id} order by 1`;
  return Object.fromEntries(rows.map(({ client, since }) => [client, since]));
};

describe('the backfill of a history', () => {
  it('replays every change before the club was connected, with its day and reason, and dates who is where', async () => {
    const club = await clubs.open();
    await club.came('eva', [70, 68, 66]);
    await club.came('new', [3]);
    await connected(club);
    expect(await sinceOf(club)).toEqual({ eva: club.today, new: club.today });
    expect(await backfill(club)).toBe(71);
    expect(await changesOf(club)).toMatchObject([
      {
        date: club.ago(66),
        from_segment: null,
        to_segment: 'regular',
        reason: '3 visits in the last 30 days',
      },
      {
        date: club.ago(45),
        from_segment: 'regular',
        to_segment: 'at_risk',
        reason: 'last visit 21 days ago',
      },
      {
        date: club.ago(6),
        from_segment: 'at_risk',
        to_segment: 'going_silent',
        reason: 'last visit 60 days ago, 3 visits in all',
        basis: 'replayed',
      },
    ]);
    expect(await sinceOf(club)).toEqual({ eva: club.ago(6), new: club.ago(3) });
    expect(await beginsOn(club)).toBe(club.ago(71));
    expect(await backfill(club)).toBe(0);
    expect(await changesOf(club)).toHaveLength(3);
  });

  it('goes back as many days as the visits to read allow, at least one, and on from there the next time', async () => {
    const club = await visitedOn(70, 68, 66);
    expect(await backfill(club, 40_100)).toBe(4);
    expect(await beginsOn(club)).toBe(club.ago(4));
    expect(await sinceOf(club)).toEqual({ eva: club.ago(4) });
    expect(await backfill(club, 1)).toBe(1);
    expect(await beginsOn(club)).toBe(club.ago(5));
    expect(await changesOf(club)).toEqual([]);
    expect(await backfill(club, 20_100)).toBe(2);
    expect(await changesOf(club)).toMatchObject([{ date: club.ago(6), to_segment: 'going_silent' }]);
    expect(await sinceOf(club)).toEqual({ eva: club.ago(6) });
  });

  it('goes back three years at most', async () => {
    const club = await visitedOn(1_500, 1_099);
    expect(await backfill(club, 2_000_000_000)).toBe(1_095);
    expect(await backfill(club)).toBe(0);
    expect(await changesOf(club)).toMatchObject([
      { date: club.ago(1_078), from_segment: null, to_segment: 'at_risk' },
      { to_segment: 'going_silent' },
      { to_segment: 'nearly_lost' },
      { date: club.ago(734), to_segment: 'lost' },
    ]);
    expect(await sinceOf(club)).toEqual({ eva: club.ago(734) });
  });

  it('of a club that nobody has visited, or that no tick has seen, is empty', async () => {
    const club = await clubs.open();
    await club.client('eva');
    expect(await backfill(club)).toBe(0);
    await connected(club);
    expect(await backfill(club)).toBe(0);
    const [history] = await clubs.sql`
      select begins_date::text as begins, known_date, is_complete
      from api.segment_histories where club_id = ${club.id}`;
    expect(history).toEqual({ begins: club.today, known_date: null, is_complete: true });
  });

  it('meets what changed later on the first day', async () => {
    const club = await visitedOn(20, 21);
    await club.visits('eva', [club.ago(1), club.today]);
    // Known on the first day, after the first tick.
    await tick(club);
    await backfill(club);
    expect(await changesOf(club)).toMatchObject([
      { date: club.ago(1), from_segment: null, to_segment: 'regular', basis: 'replayed' },
      // As it was found first; what is known by now is that they were regular by then.
      { date: club.today, from_segment: 'regular', to_segment: null, basis: 'replayed' },
      { date: club.today, from_segment: null, to_segment: 'regular', basis: 'known' },
    ]);
    expect(await sinceOf(club)).toEqual({ eva: club.today });
    const stays = await clubs.sql`
      select began_date::text as began, days from segments.stays where club_id = ${club.id}`;
    expect(stays).toEqual([{ began: club.ago(1), days: 1 }]);
  });

  it('does not know who was deleted since, and says so', async () => {
    const club = await clubs.open();
    await club.came('eva', [4, 5, 6]);
    await club.came('jan', [4, 5, 6]);
    await connected(club);
    await club.deleteClient('eva');
    await tick(club, nextDay);
    await backfill(club, 10_000_000, nextDay);
    const sizes = await clubs.sql`
      select as_of::text, clients::int from segments.sizes(${club.id}, ${club.ago(2)}, ${club.ago(-1)})
      where segment = 'regular'`;
    expect(sizes.map(({ clients }) => clients as number)).toEqual([1, 1, 2, 1]);
    const evas = (await changesOf(club)).filter(({ client }) => client === 'eva');
    expect(evas).toEqual([
      {
        client: 'eva',
        date: club.today,
        from_segment: null,
        to_segment: 'regular',
        reason: 'so it was known on the day; the days before are replayed from what is known now',
        basis: 'replayed',
      },
      {
        client: 'eva',
        date: club.ago(-1),
        from_segment: 'regular',
        to_segment: null,
        reason: 'no visit of theirs counts any more',
        basis: 'known',
      },
    ]);
  });

  it('leaves alone what was noticed as it came', async () => {
    const club = await clubs.open();
    await club.came('eva', [20, 40]);
    await connected(club);
    await tick(club, nextDay);
    const known = [...(await changesOf(club))];
    expect(known).toMatchObject([{ date: club.ago(-1), to_segment: 'at_risk' }]);
    await backfill(club, 10_000_000, nextDay);
    expect((await changesOf(club)).filter(({ basis }) => basis === 'known')).toEqual(known);
    expect(await sinceOf(club)).toEqual({ eva: club.ago(-1) });
  });

  it('is not done twice by two at once', async () => {
    const club = await visitedOn(70, 68, 66);
    const other = connect(clubs.database.url);
    try {
      await clubs.sql.begin(async (sql) => {
        await sql`select segments.backfill(${club.id}, ${NOON})`;
        const [second] = await other`select segments.backfill(${club.id}, ${NOON})::int as days`;
        expect(second).toEqual({ days: 0 });
      });
    } finally {
      await other.end();
    }
    expect(await changesOf(club)).toHaveLength(3);
  });
});

describe('a history that came in late', () => {
  it('is replayed anew once the replayed is forgotten; what was noticed as it came stays', async () => {
    const club = await clubs.open();
    await club.came('eva', [20, 40]);
    await club.came('jan', [0, 1, 2]);
    await connected(club);
    await tick(club, nextDay);
    await backfill(club, 10_000_000, nextDay);
    const known = (await changesOf(club)).filter(({ basis }) => basis === 'known');
    await club.came('imported', [100]);
    await tick(club, nextDay);
    const [forgotten] = await clubs.sql`select segments.forget_replayed(${club.id})::int as days`;
    expect(forgotten).toEqual({ days: 41 });
    expect(await beginsOn(club)).toBe(club.today);
    const imported = { client: 'imported', date: club.ago(-1), to_segment: 'trial_dropoff', basis: 'known' };
    expect(await changesOf(club)).toMatchObject([...known, imported]);
    expect(await sinceOf(club)).toEqual({ eva: club.ago(-1), imported: club.ago(-1), jan: club.today });
    expect(await backfill(club, 10_000_000, nextDay)).toBe(101);
    expect((await sinceOf(club)).jan).toBe(club.today);
    expect((await changesOf(club)).filter(({ client }) => client === 'imported')).toMatchObject([
      { date: club.ago(93), from_segment: null, to_segment: 'trial_dropoff', basis: 'replayed' },
      // Nobody knew of them on the first day.
      { date: club.today, from_segment: 'trial_dropoff', to_segment: null, basis: 'replayed' },
      imported,
    ]);
  });

  it('where nothing was replayed has nothing to forget', async () => {
    const club = await visitedOn(5);
    const [forgotten] = await clubs.sql`select segments.forget_replayed(${club.id})::int as days`;
    expect(forgotten).toEqual({ days: 0 });
    expect(await beginsOn(club)).toBe(club.today);
  });

  it('begins with the first day on which anything was noticed, if the clock had been set back beyond the first', async () => {
    const club = await visitedOn(20, 40);
    await backfill(club);
    await tick(club, '2026-06-05T10:00:00Z');
    await club.visits('eva', ['2026-06-07', '2026-06-08']);
    await tick(club, '2026-06-08T10:00:00Z');
    await tick(club, nextDay);
    await clubs.sql`select segments.forget_replayed(${club.id})`;
    expect(await beginsOn(club)).toBe('2026-06-08');
    expect(await changesOf(club)).toMatchObject([{ date: '2026-06-08', to_segment: 'regular' }]);
    expect(await sinceOf(club)).toEqual({ eva: '2026-06-08' });
  });
});

describe('by schedule', () => {
  it('a club whose first sync is still under way is left alone', async () => {
    const club = await visitedOn(2);
    const run = () => clubs.sql`select core.run_for_clubs('segments.backfill', ${NOON})`;
    await run();
    expect(await beginsOn(club)).toBe(club.today);
    await Campaign.start(club);
    await run();
    expect(await beginsOn(club)).toBe(club.ago(3));
  });
});
