import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

it('are the eight of the definitions, in their order', async () => {
  const rows = await clubs.sql`select code, name from segments.definitions order by priority`;
  expect(rows.map(({ code, name }) => [code, name])).toEqual([
    ['vip', 'VIP Members'],
    ['pt_cancelled', 'PT Cancellations'],
    ['trial_dropoff', 'Trial Drop-offs'],
    ['lost', 'Lost Clients'],
    ['nearly_lost', 'Nearly Lost'],
    ['going_silent', 'Going Silent'],
    ['at_risk', 'At Risk'],
    ['regular', 'Regular Members'],
  ]);
});

it('name each client once, with the reason and its numbers', async () => {
  const club = await clubs.open();
  await club.came('silent', [94, 97, 100, 103, 106]);
  await club.came('risky', [12, 14, 16, 18, 20]);
  await club.came('regular', [1, 3, 5]);
  await club.client('never');
  const rows = await clubs.sql`
    select external_id, segment, reason from segments.members(${club.id}, ${club.today}) order by external_id`;
  expect(rows).toEqual([
    { external_id: 'regular', segment: 'regular', reason: '3 visits in the last 30 days' },
    { external_id: 'risky', segment: 'at_risk', reason: 'last visit 12 days ago, usual gap 2' },
    { external_id: 'silent', segment: 'going_silent', reason: 'last visit 94 days ago, usual gap 3' },
  ]);
});

it('say one visit and one day in the singular', async () => {
  const club = await clubs.open();
  await club.set({ regular_min_visits: 1 });
  await club.came('eva', [1]);
  await club.came('jan', [1, 40, 41, 42]);
  await club.came('zoe', [60]);
  await club.sale('zoe', club.ago(60));
  const rows = await clubs.sql`
    select external_id, reason from segments.members(${club.id}, ${club.today}) order by external_id`;
  expect(rows).toEqual([
    { external_id: 'eva', reason: '1 visit in the last 30 days' },
    { external_id: 'jan', reason: '1 visit in the last 30 days after 3 in the 30 before' },
    { external_id: 'zoe', reason: 'last visit 60 days ago, 1 visit in all' },
  ]);
  const [placed] = await clubs.sql`
    select reason from segments.place(${club.id}, ${club.ago(59)}, array[${await club.idOf('zoe')}::bigint])`;
  expect(placed).toEqual({ reason: '1 visit in the last 30 days' });
});

it('leave out deleted clients and those of other clubs', async () => {
  const club = await clubs.open();
  await club.came('deleted', [1, 2, 3]);
  await club.deleteClient('deleted');
  const other = await clubs.open();
  await other.came('eva', [1, 2, 3]);
  expect(await clubs.sql`select * from segments.members(${club.id}, ${club.today})`).toEqual([]);
});

it('are at most one per client whatever fits', async () => {
  const club = await clubs.open();
  // Fits vip, pt_cancelled and at_risk.
  await club.came('eva', [40, 41, 42, 43], { kinds: ['personal'] });
  await club.visits('eva', [club.ago(25)]);
  await club.payment('eva', club.ago(41), 100);
  expect(await club.segment('eva')).toEqual({
    segment: 'vip',
    reason: 'paid 1 in all, VIP from 1, last visit 25 days ago',
  });
});

it('refuse a segment whose rule, reason or turn does not run', async () => {
  const define = (holds: string, reason: string, turn: string) =>
    clubs.sql`select segments.define('no_such_segment', 99, 'n', 'r', 'a', ${holds}, ${reason}, array[${turn}])`;
  const [fine, why, never] = ['true', `'why'`, 'null::date'];
  await expect(define('client.no_such_fact > 1', why, never)).rejects.toThrow(
    'client.no_such_fact does not exist',
  );
  await expect(define(fine, 'club.no_such_setting', never)).rejects.toThrow(
    'club.no_such_setting does not exist',
  );
  await expect(define(fine, why, 'client.no_such_date')).rejects.toThrow(
    'client.no_such_date does not exist',
  );
});
