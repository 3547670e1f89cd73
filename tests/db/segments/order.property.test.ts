import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { shiftDay } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { factsOf, segmentOf, vipThreshold } from '../oracle.ts';
import { inAnotherOrder, tellingsOf } from './tellings.ts';
import type { Telling, ToldClub } from './tellings.ts';

const clubs = useClubs();

const BATCHES = 90;
const ORDERS = 5;

/** After which telling the schedule comes by, and on which day. */
interface Tick {
  after: number;
  days: number;
}

/**
 * At first on whatever days, as clocks have been wrong both ways; in the second half the days only pass, since a day that is set back
 * asks for everybody, which would make good what was missed.
 */
function ticksAmong(tellings: number): fc.Arbitrary<Tick[]> {
  const half = Math.floor(tellings / 2);
  const passing = fc
    .integer({ min: half, max: tellings - 1 })
    .map((after) => ({ after, days: Math.min(0, Math.floor((40 * (after - half)) / half) - 35) }));
  const anyDay = fc.record({ after: fc.nat(half - 1), days: fc.integer({ min: -70, max: 70 }) });
  return fc.array(fc.oneof(anyDay, { weight: 3, arbitrary: passing }), { minLength: 40, maxLength: 60 });
}

async function tick(club: Club, days: number): Promise<void> {
  await club.sql`
    select segments.tick(club_id, (${shiftDay(club.today, days)}::date + time '12:00') at time zone timezone)
    from core.clubs where club_id = ${club.id}`;
}

async function tellAll(tellings: Telling[], ticks: Tick[]): Promise<Club> {
  const club = await clubs.open();
  for (const [index, { tell }] of tellings.entries()) {
    await tell(club);
    for (const { days } of ticks.filter(({ after }) => after === index)) await tick(club, days);
  }
  await tick(club, 0);
  return club;
}

type Placed = Record<string, { segment: string | null; reason: string; turns: string | null }>;

/** What is kept of everybody who ever visited, with why. */
async function kept(club: Club): Promise<Placed> {
  const [found] = await club.sql<{ clients: Placed }[]>`
    select jsonb_object_agg(
      external_id,
      jsonb_build_object('segment', kept.segment, 'reason', placed.reason, 'turns', kept.turns_date)
    ) as clients
    from segments.client_segments as kept
    join crm.clients using (club_id, client_id)
    left join segments.place(${club.id}, ${club.today}) as placed using (client_id)
    where club_id = ${club.id}`;
  return found!.clients;
}

/** The same from the facts, as if nothing had been kept. */
async function placedAnew(club: Club): Promise<Placed> {
  const [made] = await club.sql<{ statement: string }[]>`
    select segments.query(
      ${club.id}, ${club.today},
      'client.*, placed.segment, ' || segments.reason_sql() || ' as reason, ' || segments.turns_sql() || ' as turns',
      format('stats.replay(%s, %L)', ${club.id}::bigint, ${club.today}::date),
      p_is_fenced => true
    ) as statement`;
  const [found] = await club.sql.unsafe<{ clients: Placed }[]>(`
    select jsonb_object_agg(
      external_id,
      jsonb_build_object('segment', placed.segment, 'reason', placed.reason, 'turns', placed.turns)
    ) as clients
    from (${made!.statement}) as placed
    join crm.clients using (club_id, client_id)
    where placed.last_visit_date is not null`);
  return found!.clients;
}

function segmentsByDefinition({ known }: ToldClub): Record<string, string | null> {
  const facts = factsOf(known, 0);
  const threshold = vipThreshold(facts, known.settings);
  const placed = [...facts].flatMap(([name, client]) =>
    client.visits.length === 0 ? [] : [[name, segmentOf(client, threshold, known.settings, 0)]],
  );
  return Object.fromEntries(placed) as Record<string, string | null>;
}

it('in whatever order things are told, on whatever days the tick comes by, everybody ends where the facts say', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const told = tellingsOf(seed, BATCHES);
  expect(told.tellings.length, `SEED=${seed}`).toBeGreaterThan(300);
  const expected = segmentsByDefinition(told);
  let first: Placed | undefined;
  for (let order = 0; order < ORDERS; order += 1) {
    const tellings = order === 0 ? told.tellings : inAnotherOrder(told.tellings, seed + order);
    const [ticks] = fc.sample(ticksAmong(tellings.length), { seed: seed + order, numRuns: 1 });
    const club = await tellAll(tellings, ticks!);
    const found = await kept(club);
    const where = `order ${order}, SEED=${seed}`;
    first ??= found;
    expect(found, where).toEqual(first);
    expect(found, where).toEqual(await placedAnew(club));
    const segments = Object.entries(found).map(([name, { segment }]) => [name, segment]);
    expect(Object.fromEntries(segments), where).toEqual(expected);
  }
  console.info(`Told ${told.tellings.length} things in ${ORDERS} orders; SEED=${seed} tells the same again.`);
}, 120_000);
