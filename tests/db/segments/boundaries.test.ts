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
  const paid =
    (minor: number): Story =>
    (club) =>
      club.payment('eva', club.ago(300), minor);
  const paidFrom =
    (threshold: number): Story =>
    async (club) => {
      await club.set({ vip_threshold_minor: threshold });
      await paid(5_000)(club);
    };
  check([
    ['at the threshold, came today', all(paidFrom(5_000), came(0)), 'vip'],
    ['one below the threshold', all(paidFrom(5_001), came(0)), null],
    ['last visit 59 days ago', all(paidFrom(5_000), came(59)), 'vip'],
    ['last visit 60 days ago', all(paidFrom(5_000), came(60, 200)), 'going_silent'],
    ['never came', paidFrom(5_000), null],
    // Of the two who paid, the sponsor is the one whom nine tenths do not exceed.
    ['paid as much as the percentile', all(paid(1_000_000), came(0)), 'vip'],
    ['paid one less than the percentile', all(paid(999_999), came(0)), null],
    ['nobody has paid', all((club) => club.deleteClient('sponsor'), came(0)), null],
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
    ['with a membership bought today', all(came(7), bought(0)), null],
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
    ['5 visits before, 2 now', came(30, 31, 32, 33, 34, 0, 1), 'at_risk'],
    ['5 visits before, 3 now', came(30, 31, 32, 33, 34, 0, 1, 2), 'regular'],
    ['the 3rd visit before 59 days ago', came(30, 31, 59, 0), 'at_risk'],
    ['the 3rd visit before 60 days ago', came(30, 31, 60, 0), null],
    ['3 visits before, the 2nd now 29 days ago', came(30, 31, 32, 29, 0), null],
    ['3 visits before, the 2nd now 30 days ago', came(30, 31, 32, 30, 0), 'at_risk'],
    [
      '6 visits before, 3 now: half as many outranks regular',
      came(30, 31, 32, 33, 34, 35, 0, 1, 2),
      'at_risk',
    ],
    ['a usual gap of 4 and 12 days away', came(12, 16, 20, 24, 28), 'at_risk'],
    ['a usual gap of 4 and 11 days away', came(11, 15, 19, 23, 27), 'regular'],
    ['a usual gap of 1 and 10 days away', came(10, 11, 12, 13, 14), 'at_risk'],
    ['a usual gap of 1 and 9 days away', came(9, 10, 11, 12, 13), 'regular'],
    ['a usual gap of 3.5 and 11 days away', came(11, 14, 18, 21, 25), 'at_risk'],
    ['a usual gap of 3.5 and 10 days away', came(10, 13, 17, 20, 24), 'regular'],
    ['a usual gap of 4.5 and 14 days away', came(14, 18, 23, 27, 32), 'at_risk'],
    ['a usual gap of 4.5 and 13 days away', came(13, 17, 22, 26, 31), 'regular'],
    ['no usual gap known and 12 days away', came(12, 13, 14, 15), 'regular'],
    ['5 visits on 4 days have no usual gap', came(12, 12, 13, 14, 15), 'regular'],
    ['the 5th day 179 days ago', came(12, 13, 14, 15, 179), 'at_risk'],
    ['the 5th day 180 days ago', came(12, 13, 14, 15, 180), 'regular'],
  ]);
});

describe('regular', () => {
  check([
    ['3 visits in the last 30 days', came(0, 10, 29), 'regular'],
    ['2 visits in the last 30 days', came(0, 10), null],
    ['the 3rd visit 30 days ago', came(0, 10, 30), null],
  ]);
});

describe('a club’s own thresholds', () => {
  const set =
    (settings: Record<string, number>): Story =>
    (club) =>
      club.set(settings);
  const own = (settings: Record<string, number>, given: Story): Story => all(set(settings), given);
  const trained = (...daysAgo: number[]): Story => all(trainedPersonally(...daysAgo), came(1));
  check([
    ['pt_cancelled from 40, at 40', own({ pt_cancelled_min_days: 40 }, trained(40, 50)), 'pt_cancelled'],
    ['pt_cancelled from 40, at 39', own({ pt_cancelled_min_days: 40 }, trained(39, 50)), null],
    ['pt_cancelled to 50, at 50', own({ pt_cancelled_max_days: 50 }, trained(50, 52)), 'pt_cancelled'],
    ['pt_cancelled to 50, at 51', own({ pt_cancelled_max_days: 50 }, trained(51, 52)), null],
    ['trial_dropoff from 3, at 3', own({ trial_dropoff_min_days: 3 }, came(3)), 'trial_dropoff'],
    ['trial_dropoff from 3, at 2', own({ trial_dropoff_min_days: 3 }, came(2)), null],
    ['trial_dropoff to 30, at 30', own({ trial_dropoff_max_days: 30 }, came(30)), 'trial_dropoff'],
    ['trial_dropoff to 30, at 31', own({ trial_dropoff_max_days: 30 }, came(31)), 'at_risk'],
    ['lost from 300, at 300', own({ lost_min_days: 300 }, came(300)), 'lost'],
    ['lost from 300, at 299', own({ lost_min_days: 300 }, came(299)), 'nearly_lost'],
    ['nearly_lost from 100, at 100', own({ nearly_lost_min_days: 100 }, came(100, 101)), 'nearly_lost'],
    ['nearly_lost from 100, at 99', own({ nearly_lost_min_days: 100 }, came(99, 101)), 'going_silent'],
    ['going_silent from 40, at 40', own({ going_silent_min_days: 40 }, came(40, 41)), 'going_silent'],
    ['going_silent from 40, at 39', own({ going_silent_min_days: 40 }, came(39, 41)), 'at_risk'],
    ['going_silent from 70, at 69', own({ going_silent_min_days: 70 }, came(69, 71)), 'at_risk'],
    ['at_risk from 14, at 14', own({ at_risk_min_days: 14 }, came(14, 15)), 'at_risk'],
    ['at_risk from 14, at 13', own({ at_risk_min_days: 14 }, came(13, 15)), null],
    ['regular from 2, with 2', own({ regular_min_visits: 2 }, came(1, 15)), 'regular'],
    ['regular from 2, with 1', own({ regular_min_visits: 2 }, came(1)), null],
    // The 60 days of the rule are nobody's setting.
    [
      'going_silent from 70, personal trainings and visits stopped 60 days ago',
      own({ going_silent_min_days: 70 }, trainedPersonally(60, 61)),
      'at_risk',
    ],
  ]);

  it('must stay in order', async () => {
    const club = await clubs.open();
    await expect(club.set({ going_silent_min_days: 180 })).rejects.toThrow('inactivity_days_are_in_order');
  });
});
