import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { History } from '../history.ts';
import { batchesOf } from '../operations.ts';
import type { Settings } from '../oracle.ts';

const clubs = useClubs();

type Thresholds = Partial<Omit<Settings, 'core_min_visits'>>;

/** Where each client who ever visited is on a day; null: unsegmented. */
async function placesOn(club: Club, day: Day): Promise<Map<string, string | null>> {
  const rows = await clubs.sql<{ client: string; segment: string | null }[]>`
    select client.client_id::text as client, state.segment
    from stats.replay(${club.id}, ${day}) as client
    left join segments.states(${club.id}, ${day}) as state using (client_id)
    where client.last_visit_date is not null`;
  return new Map(rows.map(({ client, segment }) => [client, segment]));
}

function crosstab(before: Map<string, string | null>, after: Map<string, string | null>) {
  const counts: Record<string, number> = {};
  for (const [client, from] of before) {
    const move = `${from} → ${after.get(client)}`;
    counts[move] = (counts[move] ?? 0) + 1;
  }
  return counts;
}

async function preview(club: Club, day: Day, thresholds: Thresholds): Promise<Record<string, number>> {
  const rows = await clubs.sql<{ from_segment: string; to_segment: string; clients: number }[]>`
    select from_segment, to_segment, clients::int as clients
    from segments.preview(${club.id}, ${day}, ${clubs.sql.json(thresholds)})`;
  return Object.fromEntries(rows.map((row) => [`${row.from_segment} → ${row.to_segment}`, row.clients]));
}

const change = (club: Club, thresholds: Thresholds) => clubs.sql`
  select core.change_settings(${club.id}, ${clubs.sql.json(thresholds)}, 'system:test', '2026-06-15T10:00:00Z')`;

async function refusalOf(statement: PromiseLike<unknown>): Promise<string | null> {
  const [outcome] = await Promise.allSettled([statement]);
  return outcome.status === 'rejected' ? (outcome.reason as Error).message : null;
}

const vip = fc.option(fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.constantFrom(5_000, 10_000)), {
  freq: 3,
});
const days = (min: number, max: number) => fc.integer({ min, max });

/** All in order, so that they may be chosen whatever they were. */
const ordered = fc
  .record({
    vip,
    ptCancelled: fc.uniqueArray(days(1, 250), { minLength: 2, maxLength: 2 }),
    trial: fc.uniqueArray(days(1, 400), { minLength: 2, maxLength: 2 }),
    inactive: fc.uniqueArray(fc.oneof(days(1, 100), days(1, 500)), { minLength: 4, maxLength: 4 }),
    regular: days(1, 6),
  })
  .map(({ vip: minor, ptCancelled, trial, inactive, regular }): Thresholds => {
    const [ptMin, ptMax] = ptCancelled.toSorted((a, b) => a - b);
    const [trialMin, trialMax] = trial.toSorted((a, b) => a - b);
    const [atRisk, silent, nearlyLost, lost] = inactive.toSorted((a, b) => a - b);
    return {
      vip_threshold_minor: minor,
      pt_cancelled_min_days: ptMin!,
      pt_cancelled_max_days: ptMax!,
      trial_dropoff_min_days: trialMin!,
      trial_dropoff_max_days: trialMax!,
      at_risk_min_days: atRisk!,
      going_silent_min_days: silent!,
      nearly_lost_min_days: nearlyLost!,
      lost_min_days: lost!,
      regular_min_visits: regular,
    };
  });

/** Some of them, about as they come to somebody who tries: most pairs cross. */
const wild = fc.record(
  {
    vip_threshold_minor: fc.constantFrom(null, -1, 0, 1, 5_000),
    pt_cancelled_min_days: days(-5, 200),
    trial_dropoff_max_days: days(-5, 400),
    at_risk_min_days: days(-5, 80),
    going_silent_min_days: days(-5, 200),
    nearly_lost_min_days: days(-5, 400),
    lost_min_days: days(-5, 4_000),
    regular_min_visits: days(-1, 6),
  },
  { requiredKeys: [] },
);

it('is what happens when the thresholds are changed, and refuses with the same sentence what is refused then', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const history = await History.open(await clubs.open());
  const { club } = history;
  for (const batch of batchesOf(seed)) {
    await history.tell(batch);
    if (batch.isTicked) await history.tick();
    if (history.told > 600) break;
  }
  const seen = { moved: 0, stayed: 0, refused: 0 };
  const property = fc.asyncProperty(
    fc.oneof(ordered, wild),
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 500 })),
    async (thresholds, daysBack) => {
      const day = history.dated(history.today - daysBack);
      const before = await placesOn(club, day);
      const [previewed] = await Promise.allSettled([preview(club, day, thresholds)]);
      const refusal = await refusalOf(change(club, thresholds));
      if (previewed.status === 'rejected') {
        expect(refusal).toBe((previewed.reason as Error).message);
        expect(refusal).toMatch(/^[A-Z].+\.$/);
        seen.refused += 1;
      } else {
        expect(refusal).toBeNull();
        const after = await placesOn(club, day);
        expect(previewed.value).toEqual(crosstab(before, after));
        for (const [client, from] of before) seen[from === after.get(client) ? 'stayed' : 'moved'] += 1;
      }
    },
  );
  await fc.assert(property, { seed, numRuns: 60 });
  for (const [what, times] of Object.entries(seen)) expect(times, `${what}, SEED=${seed}`).toBeGreaterThan(0);
});
