import { expect, it } from 'vitest';
import { NOON } from '../campaign.ts';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function start(): Promise<Club> {
  const club = await clubs.open();
  await club.came('eva', [1, 2, 3]);
  await club.came('jan', [30]);
  await club.sale('jan', club.ago(30));
  await clubs.sql`select segments.tick(${club.id}, ${NOON})`;
  return club;
}

const compare = async (club: Club) => {
  const [row] = await clubs.sql<{ rollup: number; segments: number }[]>`
    select stats.compare(${club.id}, ${NOON})::int as rollup, segments.compare(${club.id}, ${NOON})::int as segments`;
  return row!;
};

const differences = (club: Club) => clubs.sql`
  select client.external_id as client, fields, clients_different::int as in_all
  from stats.differences
  join stats.comparisons using (club_id, comparison_id)
  join crm.clients as client using (club_id, client_id)
  where club_id = ${club.id} order by 1`;

const tamper = async (club: Club, client: string, turns: string | null) => clubs.sql`
  update segments.client_segments set segment = 'lost', turns_date = ${turns}
  where club_id = ${club.id} and client_id = ${await club.idOf(client)}`;

it('finds nothing where every stored segment is the one decided anew', async () => {
  const club = await start();
  expect(await compare(club)).toEqual({ rollup: 0, segments: 0 });
  expect(await differences(club)).toEqual([]);
});

it('finds a segment that is wrong, beside what is wrong of the rollup', async () => {
  const club = await start();
  await tamper(club, 'jan', club.ago(-30));
  await clubs.sql`
    update stats.client_stats set visits_total = 9
    where club_id = ${club.id} and client_id = ${await club.idOf('jan')}`;
  expect(await compare(club)).toEqual({ rollup: 1, segments: 1 });
  expect(await differences(club)).toEqual([
    {
      client: 'jan',
      fields: {
        visits_total: { rollup: 9, replay: 1 },
        segment: { rollup: 'lost', replay: 'at_risk' },
        turns_date: { rollup: club.ago(-30), replay: club.ago(-30) },
      },
      in_all: 1,
    },
  ]);
});

it('finds a turn that would never come, and a member whom no rule knows', async () => {
  const club = await start();
  await tamper(club, 'eva', null);
  await club.client('never');
  await clubs.sql`
    insert into segments.client_segments (club_id, client_id, segment, since_date)
    values (${club.id}, ${await club.idOf('never')}, 'vip', ${club.today})`;
  await clubs.sql`delete from stats.dirty_clients where club_id = ${club.id}`;
  expect(await compare(club)).toEqual({ rollup: 1, segments: 2 });
  expect(await differences(club)).toMatchObject([
    { client: 'eva', fields: { segment: { rollup: 'lost', replay: 'regular' } }, in_all: 2 },
    { client: 'never', fields: { segment: { rollup: 'vip', replay: null } } },
  ]);
});

it('counts nobody who only waits to be refreshed', async () => {
  const club = await start();
  await club.visits('jan', [club.today]);
  await club.payment('eva', club.today, 500);
  expect(await compare(club)).toEqual({ rollup: 0, segments: 0 });
});

it('is put right by the button of the incident', async () => {
  const club = await start();
  await tamper(club, 'eva', null);
  await compare(club);
  await clubs.sql`select stats.repair(${club.id}, gen_random_uuid(), ${NOON}), segments.tick(${club.id}, ${NOON})`;
  expect(
    await clubs.sql`select segment from segments.client_segments where club_id = ${club.id} order by 1`,
  ).toEqual([{ segment: 'at_risk' }, { segment: 'regular' }]);
});
