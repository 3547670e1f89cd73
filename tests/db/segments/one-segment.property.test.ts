import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const CLIENTS = 600;

/** A row of the rollup, whether or not any history leads to it. */
const away = fc.oneof(
  fc.nat(400),
  fc.constantFrom(0, 6, 7, 9, 10, 11, 12, 20, 21, 30, 31, 59, 60, 120, 121, 179, 180, 364, 365),
);
const visits = fc.oneof(fc.nat(4), fc.nat(40));
const rollupRow = fc.record({
  daysSinceLast: fc.option(away, { freq: 12 }),
  daysSinceLastPt: fc.option(away, { freq: 2 }),
  total: visits,
  ptTotal: fc.nat(4),
  recent: visits,
  before: visits,
  cadence: fc.option(fc.constantFrom(1, 3, 3.5, 4, 5.5, 7, 30), { freq: 3 }),
  ltv: fc.oneof(fc.constantFrom(0, 4_999, 5_000), fc.integer({ min: -1_000, max: 20_000 })),
  isMember: fc.boolean(),
});

/** Puts the rows where the product reads them, without the facts that would lead to them. */
async function fill(club: Club, seed: number): Promise<void> {
  const rows = fc.sample(rollupRow, { seed, numRuns: CLIENTS });
  await club.apply(
    'clients',
    rows.map((_, index) => clientRow(`client-${index}`)),
  );
  await club.refresh();
  const given = rows.map((row, index) => ({ ...row, name: `client-${index}` }));
  await club.sql`
    update stats.client_stats as rollup
    set
      last_visit_date = ${club.today}::date - row."daysSinceLast",
      last_pt_visit_date = ${club.today}::date - row."daysSinceLastPt",
      visits_total = row.total,
      pt_visits_total = row."ptTotal",
      visits_30d = row.recent,
      visits_previous_30d = row.before,
      cadence_days = row.cadence,
      ltv_minor = row.ltv,
      first_membership_date = case when row."isMember" then ${club.today}::date end
    from jsonb_to_recordset(${club.sql.json(given)}) as row (
      name text, "daysSinceLast" integer, "daysSinceLastPt" integer, total integer, "ptTotal" integer,
      recent integer, before integer, cadence numeric, ltv bigint, "isMember" boolean
    )
    join crm.clients as client on client.club_id = ${club.id} and client.external_id = row.name
    where rollup.club_id = ${club.id} and rollup.client_id = client.client_id`;
}

interface Explained {
  client: string;
  rules: { segment: string; holds: boolean; isWinner: boolean; reason: string | null }[];
  memberships: { segment: string; reason: string }[];
}

const explainEverybody = (club: Club) => club.sql<Explained[]>`
  with member as (
    select external_id, jsonb_agg(jsonb_build_object('segment', segment, 'reason', reason)) as memberships
    from segments.members(${club.id}, ${club.today})
    group by external_id
  )
  select
    external_id as client,
    coalesce((select member.memberships from member where member.external_id = client.external_id), '[]') as memberships,
    (
      select jsonb_agg(
        jsonb_build_object('segment', segment, 'holds', holds, 'isWinner', is_winner, 'reason', reason)
        order by "position"
      )
      from segments.explain(${club.id}, client.client_id, ${club.today})
    ) as rules
  from crm.clients as client
  where client.club_id = ${club.id}`;

it('whatever the rollup says of a client, the first rule that holds wins, and is their only segment', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const club = await clubs.open();
  await club.set({ vip_threshold_minor: 5_000 });
  await fill(club, seed);
  const winners = new Set<string>();
  let severalHold = 0;
  for (const { client, rules, memberships } of await explainEverybody(club)) {
    const where = `${client}, SEED=${seed}`;
    const holding = rules.filter(({ holds }) => holds);
    const first = holding.slice(0, 1);
    expect(
      rules.filter(({ isWinner }) => isWinner),
      where,
    ).toEqual(first);
    expect(memberships, where).toEqual(first.map(({ segment, reason }) => ({ segment, reason })));
    for (const { segment } of first) winners.add(segment);
    if (holding.length > 1) severalHold += 1;
  }
  expect(winners.size, `SEED=${seed}`).toBe(8);
  expect(severalHold, `SEED=${seed}`).toBeGreaterThan(CLIENTS / 10);
});
