import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function controlGroup(club: number, scenario: string, day: string, share = 0.2): Promise<Set<number>> {
  const rows = await clubs.sql<{ id: number }[]>`
    select id from generate_series(1, 5000) as id
    where campaigns.is_holdout(${club}, ${scenario}, id::text, ${day}, ${share})`;
  return new Set(rows.map(({ id }) => id));
}

const shared = (left: Set<number>, right: Set<number>) => [...left].filter((id) => right.has(id)).length;

it('is near a fifth of 5,000 clients', async () => {
  const group = await controlGroup(1, 'reactivation', '2026-05-01');
  // Four standard deviations are 113.
  expect(group.size).toBeGreaterThan(1000 - 113);
  expect(group.size).toBeLessThan(1000 + 113);
});

it('stays the same through a quarter and is drawn anew in the next', async () => {
  const group = await controlGroup(1, 'reactivation', '2026-04-01');
  expect(await controlGroup(1, 'reactivation', '2026-06-30')).toEqual(group);
  const next = await controlGroup(1, 'reactivation', '2026-07-01');
  // Drawn apart, a fifth of a fifth is in both.
  expect(shared(group, next)).toBeLessThan(300);
  expect(shared(group, await controlGroup(1, 'reactivation', '2027-04-01'))).toBeLessThan(300);
});

it('is drawn apart for each scenario and each club', async () => {
  const group = await controlGroup(1, 'reactivation', '2026-05-01');
  expect(shared(group, await controlGroup(1, 'last_chance', '2026-05-01'))).toBeLessThan(300);
  expect(shared(group, await controlGroup(2, 'reactivation', '2026-05-01'))).toBeLessThan(300);
});

it('only grows with the share, and is nobody at 0', async () => {
  const group = await controlGroup(1, 'reactivation', '2026-05-01');
  const larger = await controlGroup(1, 'reactivation', '2026-05-01', 0.4);
  expect(shared(group, larger)).toBe(group.size);
  expect((await controlGroup(1, 'reactivation', '2026-05-01', 0)).size).toBe(0);
});
