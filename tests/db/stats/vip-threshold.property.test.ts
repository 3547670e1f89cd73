import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { vipPercentile } from '../oracle.ts';

const clubs = useClubs();

const CLIENTS = 200;
const NOW = '2026-06-15T10:00:00Z';

/** Much alike, so that the percentile falls among equals; some have been given back all they paid. */
const amount = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(1_000, 1_000, 5_000, 9_900) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 10_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 0 }) },
);

it('is the same off the rollup, from the payments and by the definition, for 1 to 200 clients who paid', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const club = await clubs.open();
  const amounts: number[] = [];
  for (const [index, minor] of fc.sample(amount, { seed, numRuns: 2 * CLIENTS }).entries()) {
    const client = await club.client(`client-${index}`);
    await club.payment(client, club.today, minor);
    await clubs.sql`select stats.refresh(${club.id}, ${club.today}, ${NOW})`;
    amounts.push(minor);
    const [read] = await clubs.sql`
      select
        stats.vip_percentile(${club.id}, ${club.today})::int as of_payments,
        stats.vip_percentile_of_rollup(${club.id})::int as of_rollup,
        stats.vip_threshold(${club.id}, ${club.today})::int as threshold,
        vip_percentile_minor::int as kept
      from stats.club_days where club_id = ${club.id}`;
    const expected = vipPercentile(amounts) ?? null;
    const all = { of_payments: expected, of_rollup: expected, threshold: expected, kept: expected };
    expect(read, `${amounts.length} clients, SEED=${seed}`).toEqual(all);
    if (amounts.filter((paid) => paid > 0).length === CLIENTS) return;
  }
  throw new Error(`Fewer than ${CLIENTS} of ${2 * CLIENTS} amounts are above zero; SEED=${seed}.`);
});
