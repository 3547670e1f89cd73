import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

/** LTVs, some of them alike; the name says what was paid. */
const LTVS = [-500, 0, 1, 99, 100, 100, 101, 250, 250, 1_000];

async function clubOfPayers(): Promise<Club> {
  const club = await clubs.open();
  for (const [index, ltv] of LTVS.entries()) {
    await club.client(`${index}`);
    await club.payment(`${index}`, club.today, ltv);
  }
  await club.refresh();
  return club;
}

async function concerned(club: Club, one: number | null, other: number | null): Promise<number[]> {
  const rows = await clubs.sql<{ external_id: string }[]>`
    select external_id from crm.clients
    where club_id = ${club.id} and client_id = any (segments.between_thresholds(${club.id}, ${one}, ${other}))`;
  return rows.map((row) => Number(row.external_id)).sort((a, b) => a - b);
}

it('names everybody who is VIP under one threshold and not under the other, and nobody else', async () => {
  const club = await clubOfPayers();
  const threshold = fc.option(fc.constantFrom(1, 2, 99, 100, 101, 249, 250, 251, 1_000, 1_001));
  const property = fc.asyncProperty(threshold, threshold, async (one, other) => {
    const isVip = (ltv: number, minor: number | null) => minor !== null && ltv >= minor;
    const named = await concerned(club, one, other);
    for (const [index, ltv] of LTVS.entries()) {
      const [before, after] = [isVip(ltv, one), isVip(ltv, other)];
      expect(named.includes(index)).toBe(before !== after);
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

it('knows no threshold as one that nobody reaches', async () => {
  const club = await clubOfPayers();
  expect(await concerned(club, null, null)).toEqual([]);
  expect(await concerned(club, null, 250)).toEqual([7, 8, 9]);
  expect(await concerned(club, 250, null)).toEqual([7, 8, 9]);
});

it('lets the sales of others make a client VIP, and take it away, on the same day', async () => {
  const club = await clubs.open();
  const tick = () => clubs.sql`select segments.tick(${club.id}, ${`${club.today}T10:00:00Z`})`;
  const segmentOfEva = async () => {
    const rows = await clubs.sql`
      select segment from segments.client_segments
      where club_id = ${club.id} and client_id = ${await club.idOf('eva')}`;
    return rows[0]!.segment as string | null;
  };
  await club.came('eva', [2]);
  await club.payment('eva', club.today, 18_500);
  await club.client('rich');
  await club.payment('rich', club.today, 99_000);
  await tick();
  expect(await segmentOfEva()).toBeNull();
  // Nine tenths of the ten who have paid by then do not exceed what she paid.
  for (let index = 0; index < 8; index += 1) {
    await club.client(`${index}`);
    await club.payment(`${index}`, club.today, 14_500);
  }
  await tick();
  expect(await segmentOfEva()).toBe('vip');
  for (let index = 0; index < 2; index += 1) await club.payment(`${index}`, club.today, 20_000);
  await tick();
  expect(await segmentOfEva()).toBeNull();
});
