import { expect, it } from 'vitest';
import { Campaign, NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, asRole, operator } from '../session.ts';

const clubs = useClubs();

/** Each door with what it opens, and the arguments that it has of itself. */
const DOORS: [door: string, behind: string, defaults: string][] = [
  ['segment_sizes_over_time', 'sizes', 'p_from => $2::date - 89, p_until => $2'],
  ['segment_flow', 'flow', 'p_from => $2::date - 30, p_until => $2'],
  ['segment_transitions', 'transitions', 'p_as_of => $2, p_weeks => 12'],
  ['segment_stay_lengths', 'stay_lengths', 'p_as_of => $2'],
];

async function clubWithHistory(): Promise<Club> {
  const club = await clubs.open();
  await club.came('ann', [100, 99, 98, 3, 2, 1]);
  await club.came('bob', [60]);
  await Campaign.start(club);
  await clubs.sql`select segments.tick(${club.id}, ${NOON})`;
  await clubs.sql`select segments.backfill(${club.id}, ${NOON})`;
  return club;
}

it.each(DOORS)(
  '%s is of the last days, with when it was computed and until when the data reach',
  async (door, behind, defaults) => {
    const club = await clubWithHistory();
    const [sync] = await clubs.sql`select crm.last_good_sync(${club.id}) as at`;
    const person = await operator(clubs.sql, club.id, 'analyst');
    const read = (query: string, values: (string | number)[]) =>
      asPerson(clubs.sql, person, (sql) => sql.unsafe(query, values));
    const expected = await read(`select * from segments.${behind}(p_club_id => $1, ${defaults})`, [
      club.id,
      club.today,
    ]);
    expect(expected.length).toBeGreaterThan(1);
    const asked = await read(`select * from api.${door}(p_club_id => $1, ${defaults})`, [
      club.id,
      club.today,
    ]);
    const byDefault = await read(`select * from api.${door}(p_club_id => $1)`, [club.id]);
    for (const rows of [asked, byDefault]) {
      for (const { computed_at: computedAt, data_until: dataUntil } of rows) {
        expect(computedAt).toBeInstanceOf(Date);
        expect(dataUntil).toEqual(sync!.at);
      }
      expect(rows.map(({ computed_at: _at, data_until: _until, ...row }) => row)).toEqual([...expected]);
    }
  },
);

it.each(DOORS)('%s shows a stranger nothing of a club, and anonymous no door', async (door) => {
  const club = await clubWithHistory();
  const call = `select * from api.${door}(p_club_id => $1)`;
  const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
  expect(await asPerson(clubs.sql, stranger, (sql) => sql.unsafe(call, [club.id]))).toEqual([]);
  await expect(asRole(clubs.sql, 'anon', (sql) => sql.unsafe(call, [club.id]))).rejects.toThrow(
    'permission denied',
  );
});

it('the flow of a history that is younger than 30 days is of all of it', async () => {
  const club = await clubs.open();
  await club.came('ann', [3, 2, 1]);
  await clubs.sql`select segments.tick(${club.id}, ${NOON})`;
  await clubs.sql`select segments.backfill(${club.id}, ${NOON})`;
  const rows =
    await clubs.sql`select from_segment, to_segment, clients::int from api.segment_flow(${club.id})`;
  expect(rows).toEqual([{ from_segment: 'unsegmented', to_segment: 'regular', clients: 1 }]);
});

it('says how far back the history reaches, and whether that is all of it', async () => {
  const club = await clubs.open();
  await club.came('ann', [30]);
  await clubs.sql`select segments.tick(${club.id}, ${NOON})`;
  const history = async () => {
    const [row] = await clubs.sql`
      select begins_date::text as begins, until_date::text as until, known_date::text as known, is_complete
      from api.segment_histories where club_id = ${club.id}`;
    return row;
  };
  const { today } = club;
  expect(await history()).toEqual({ begins: today, until: today, known: null, is_complete: false });
  await clubs.sql`select segments.backfill(${club.id}, ${NOON}, 100010)`;
  expect(await history()).toEqual({ begins: club.ago(10), until: today, known: today, is_complete: false });
  await clubs.sql`select segments.backfill(${club.id}, ${NOON})`;
  expect(await history()).toEqual({ begins: club.ago(31), until: today, known: today, is_complete: true });
});
