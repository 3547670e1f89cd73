import { describe, expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { keptOn, readingsOn } from '../metrics/kept-readings.ts';

const clubs = useClubs();

const AFTER_MIDNIGHT = '2026-06-15T22:05:00Z'; // 00:05 in Prague on the 16th

describe('the tick that keeps readings', () => {
  it('brings the rollup to the new day first, so that no reading replays the whole club', async () => {
    const club = await clubs.open();
    await club.came('leaves-the-window', [29]);
    await club.came('eva', [1]);
    await club.refresh();
    await Campaign.start(club);
    // Without the rollup of the new day there is nothing but the replay.
    const [before] = await clubs.sql`select stats.stands_at(${club.id}, ${club.ago(-1)}) as stands`;
    expect(before).toEqual({ stands: false });
    await clubs.sql`select core.run_for_clubs('metrics.tick_club', ${AFTER_MIDNIGHT})`;
    const [after] = await clubs.sql`select stats.stands_at(${club.id}, ${club.ago(-1)}) as stands`;
    expect(after).toEqual({ stands: true });
    const kept = await keptOn(club, club.ago(-1));
    expect(kept).toEqual({ basis: 'known', readings: await readingsOn(club, club.ago(-1)) });
    expect(kept?.readings.active_30d).toEqual([1, 1, null, 1]);
  });

  it('decides the segments with it, so that none is left behind by a day', async () => {
    const club = await clubs.open();
    await club.came('eva', [20, 21, 22]);
    await club.refresh();
    await Campaign.start(club);
    const segments = () => clubs.sql`
      select to_segment, changed_date::text as day from segments.changes where club_id = ${club.id} order by change_id`;
    expect(await segments()).toEqual([]);
    await clubs.sql`select metrics.tick_club(${club.id}, ${AFTER_MIDNIGHT})`;
    expect(await segments()).toEqual([{ to_segment: 'at_risk', day: club.ago(-1) }]);
  });

  it('reads through whoever waits while the rollup stands, and leaves them to the next refresh', async () => {
    const club = await clubs.open();
    await club.came('eva', [1]);
    await club.refresh();
    await Campaign.start(club);
    await club.came('jan', [0]);
    await clubs.sql`select metrics.tick_club(${club.id}, ${NOON})`;
    expect((await keptOn(club, club.today))?.readings.active_30d).toEqual([2, 2, null, 2]);
    const [waiting] = await clubs.sql`
      select count(distinct client_id)::int as clients from stats.dirty_clients where club_id = ${club.id}`;
    expect(waiting).toEqual({ clients: 1 });
  });
});
