import { expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

interface Explained {
  position: number;
  segment: string;
  inputs: Record<string, unknown>;
  holds: boolean;
  is_winner: boolean;
  verdict: string;
  reason: string | null;
}

const explain = async (club: Club, client: string, day: Day = club.today) =>
  clubs.sql<Explained[]>`
    select "position", segment, inputs, holds, is_winner, verdict, reason
    from segments.explain(${club.id}, ${await club.idOf(client)}, ${day})`;

it('asks every rule in order and says which won, which holds too and which does not', async () => {
  const club = await clubs.open();
  // Fits vip, pt_cancelled and at_risk.
  await club.came('eva', [40, 41, 42, 43], { kinds: ['personal'] });
  await club.visits('eva', [club.ago(25)]);
  await club.payment('eva', club.ago(41), 100_000);
  const rules = await explain(club, 'eva');
  expect(rules.map(({ position, segment, verdict }) => [position, segment, verdict])).toEqual([
    [1, 'vip', 'holds, and comes first of those that do'],
    [2, 'pt_cancelled', 'holds too, but VIP Members comes first'],
    [3, 'trial_dropoff', 'does not hold'],
    [4, 'lost', 'does not hold'],
    [5, 'nearly_lost', 'does not hold'],
    [6, 'going_silent', 'does not hold'],
    [7, 'at_risk', 'holds too, but VIP Members comes first'],
    [8, 'regular', 'does not hold'],
  ]);
  expect(rules[0]).toMatchObject({
    inputs: { ltv_minor: 100_000, vip_threshold_minor: 100_000, days_since_last_visit: 25 },
    holds: true,
    is_winner: true,
    reason: 'paid 1000 in all, VIP from 1000, last visit 25 days ago',
  });
  expect(rules[1]!.inputs).toEqual({
    pt_visits_total: 4,
    days_since_last_pt_visit: 40,
    pt_cancelled_min_days: 31,
    pt_cancelled_max_days: 120,
    days_since_last_visit: 25,
  });
  expect(rules.filter((rule) => rule.is_winner)).toHaveLength(1);
  expect(rules.slice(1).map((rule) => rule.reason)).toEqual(Array(7).fill(null));
});

it('says so when a rule is the only one that holds', async () => {
  const club = await clubs.open();
  await club.came('eva', [1, 2, 3]);
  const winner = (await explain(club, 'eva')).find((rule) => rule.is_winner);
  expect(winner).toMatchObject({ segment: 'regular', verdict: 'the only rule that holds' });
});

it('has no winner for the unsegmented, with what each rule looked at', async () => {
  const club = await clubs.open();
  await club.client('eva');
  const rules = await explain(club, 'eva');
  expect(rules.map((rule) => [rule.holds, rule.is_winner, rule.verdict])).toEqual(
    Array(8).fill([false, false, 'does not hold']),
  );
  expect(rules[0]!.inputs).toEqual({ ltv_minor: 0, vip_threshold_minor: null, days_since_last_visit: null });
});

it('looks at the club’s own thresholds, and at any day', async () => {
  const club = await clubs.open();
  await club.set({ going_silent_min_days: 40 });
  await club.came('eva', [60, 61]);
  const silent = async (day: Day) =>
    (await explain(club, 'eva', day)).find(({ segment }) => segment === 'going_silent');
  expect(await silent(club.ago(20))).toMatchObject({
    holds: true,
    inputs: { days_since_last_visit: 40, going_silent_min_days: 40, nearly_lost_min_days: 180 },
  });
  expect(await silent(club.ago(21))).toMatchObject({ holds: false, inputs: { days_since_last_visit: 39 } });
});

it('agrees with the members of the day', async () => {
  const club = await clubs.open();
  await club.came('regular', [1, 3, 5]);
  await club.came('risky', [12, 14, 16, 18, 20]);
  await club.came('newcomer', [2]);
  for (const client of ['regular', 'risky', 'newcomer']) {
    const winner = (await explain(club, client)).find((rule) => rule.is_winner);
    const member = await club.segment(client);
    expect(winner ? { segment: winner.segment, reason: winner.reason } : null).toEqual(member);
  }
});

it('is refused for somebody who is no client, with the cure', async () => {
  const club = await clubs.open();
  const other = await clubs.open();
  await other.came('eva', [1]);
  await club.came('gone', [1]);
  const refusal = 'ask for one who is not deleted, by the id in crm.clients';
  const asked = clubs.sql`select * from segments.explain(${club.id}, ${await other.idOf('eva')}, ${club.today})`;
  await expect(asked).rejects.toThrow(refusal);
  const gone = await club.idOf('gone');
  await club.deleteClient('gone');
  await expect(clubs.sql`select * from segments.explain(${club.id}, ${gone}, ${club.today})`).rejects.toThrow(
    refusal,
  );
});
