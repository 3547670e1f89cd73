import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

type Story = (club: Club) => Promise<void>;
type Case = [story: string, given: Story, expected: string | null];

function check(cases: Case[]): void {
  it.each(cases)('%s', async (_, given, expected) => {
    const club = await clubs.open();
    await club.client('eva');
    // Somebody who paid more keeps the percentile out of the way.
    await club.client('sponsor');
    await club.payment('sponsor', club.ago(900), 1_000_000);
    await given(club);
    expect((await club.segment('eva'))?.segment ?? null).toBe(expected);
  });
}

/** Visits so many days ago. */
const came =
  (...daysAgo: number[]): Story =>
  (club) =>
    club.came('eva', daysAgo);

const all =
  (...stories: Story[]): Story =>
  async (club) => {
    for (const story of stories) await story(club);
  };

const trainedPersonally =
  (...daysAgo: number[]): Story =>
  (club) =>
    club.came('eva', daysAgo, { kinds: ['personal'] });

describe('vip', () => {
  const paidFrom =
    (threshold: number): Story =>
    async (club) => {
      await club.set({ vip_threshold_minor: threshold });
      await club.payment('eva', club.ago(300), 5_000);
    };
  check([
    ['at the threshold, came today', all(paidFrom(5_000), came(0)), 'vip'],
    ['one below the threshold', all(paidFrom(5_001), came(0)), null],
    ['last visit 59 days ago', all(paidFrom(5_000), came(59)), 'vip'],
    ['last visit 60 days ago', all(paidFrom(5_000), came(60, 200)), 'going_silent'],
    ['never came', paidFrom(5_000), null],
    ['before anything else that fits', all(paidFrom(5_000), trainedPersonally(40, 41), came(20)), 'vip'],
  ]);
});

describe('pt_cancelled', () => {
  check([
    ['last personal training 31 days ago', all(trainedPersonally(31, 50), came(1)), 'pt_cancelled'],
    ['last personal training 30 days ago', all(trainedPersonally(30, 50), came(1)), null],
    ['last personal training 120 days ago', all(trainedPersonally(120, 130), came(1)), 'pt_cancelled'],
    ['last personal training 121 days ago', all(trainedPersonally(121, 130), came(1)), null],
    ['only one personal training', all(trainedPersonally(40), came(1)), null],
    ['two personal trainings on one day', all(trainedPersonally(40, 40), came(1)), 'pt_cancelled'],
    ['last visit 59 days ago', trainedPersonally(59, 70), 'pt_cancelled'],
    ['last visit 60 days ago', trainedPersonally(60, 70), 'going_silent'],
    ['with two visits left of many', all(trainedPersonally(40, 41), came(50, 51, 1)), 'pt_cancelled'],
  ]);
});

describe('trial_dropoff', () => {
  const bought =
    (daysAgo: number): Story =>
    (club) =>
      club.sale('eva', club.ago(daysAgo));
  check([
    ['6 days ago', came(6), null],
    ['7 days ago', came(7), 'trial_dropoff'],
    ['179 days ago', came(179), 'trial_dropoff'],
    ['180 days ago', came(180), 'nearly_lost'],
    ['two visits on one day', came(7, 7), null],
    ['with a membership, even before the visit', all(came(7), bought(300)), null],
    ['with a membership bought tomorrow', all(came(7), bought(-1)), 'trial_dropoff'],
    ['of any kind of service', all((club) => club.came('eva', [30], { kinds: ['open'] })), 'trial_dropoff'],
  ]);
});

describe('lost, nearly_lost and going_silent', () => {
  check([
    ['365 days ago', came(365), 'lost'],
    ['364 days ago', came(364), 'nearly_lost'],
    ['180 days ago', came(180, 181), 'nearly_lost'],
    ['179 days ago', came(179, 181), 'going_silent'],
    ['60 days ago', came(60, 61), 'going_silent'],
    ['59 days ago', came(59, 61), 'at_risk'],
    ['never', async () => undefined, null],
  ]);
});

describe('at_risk', () => {
  check([
    ['21 days ago', came(21, 22), 'at_risk'],
    ['20 days ago', came(20, 22), null],
    ['3 visits before, 1 now', came(30, 31, 32, 0), 'at_risk'],
    ['3 visits before, 2 now', came(30, 31, 32, 0, 1), null],
    ['4 visits before, 2 now', came(30, 31, 32, 33, 0, 1), 'at_risk'],
    ['2 visits before, 1 now', came(30, 31, 0), null],
    [
      '6 visits before, 3 now: half as many outranks regular',
      came(30, 31, 32, 33, 34, 35, 0, 1, 2),
      'at_risk',
    ],
    ['a usual gap of 4 and 12 days away', came(12, 16, 20, 24, 28), 'at_risk'],
    ['a usual gap of 4 and 11 days away', came(11, 15, 19, 23, 27), 'regular'],
    ['a usual gap of 1 and 10 days away', came(10, 11, 12, 13, 14), 'at_risk'],
    ['a usual gap of 1 and 9 days away', came(9, 10, 11, 12, 13), 'regular'],
    ['no usual gap known and 12 days away', came(12, 13, 14, 15), 'regular'],
  ]);
});

describe('regular', () => {
  check([
    ['3 visits in the last 30 days', came(0, 10, 29), 'regular'],
    ['2 visits in the last 30 days', came(0, 10, 45), null],
  ]);
});

describe('a club’s own thresholds', () => {
  const set =
    (settings: Record<string, number>): Story =>
    (club) =>
      club.set(settings);
  check([
    [
      'pt_cancelled from 40',
      all(set({ pt_cancelled_min_days: 40 }), trainedPersonally(39, 50), came(1)),
      null,
    ],
    ['pt_cancelled to 50', all(set({ pt_cancelled_max_days: 50 }), trainedPersonally(51, 52), came(1)), null],
    ['trial_dropoff from 3', all(set({ trial_dropoff_min_days: 3 }), came(3)), 'trial_dropoff'],
    ['trial_dropoff to 30', all(set({ trial_dropoff_max_days: 30 }), came(31)), 'at_risk'],
    ['lost from 300', all(set({ lost_min_days: 300 }), came(300)), 'lost'],
    ['nearly_lost from 100', all(set({ nearly_lost_min_days: 100 }), came(100, 101)), 'nearly_lost'],
    ['going_silent from 40', all(set({ going_silent_min_days: 40 }), came(40, 41)), 'going_silent'],
    ['at_risk from 14', all(set({ at_risk_min_days: 14 }), came(14, 15)), 'at_risk'],
    ['regular from 2', all(set({ regular_min_visits: 2 }), came(1, 15)), 'regular'],
  ]);

  it('must stay in order', async () => {
    const club = await clubs.open();
    await expect(club.set({ going_silent_min_days: 180 })).rejects.toThrow('inactivity_days_are_in_order');
  });
});
