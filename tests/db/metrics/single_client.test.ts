import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { only, valuesOf } from './values.ts';
import type { Values } from './values.ts';

const clubs = useClubs();

/** Some days after her only visit: what all metrics say. */
const AFTER_ONE_CLASS: [number, Partial<Values>][] = (() => {
  const month = {
    new_clients_30d: 1,
    active_30d: 1,
    visits_per_active: 1,
    arpu_30d: 0,
    no_show_rate_30d: 0,
  };
  return [
    [-1, {}],
    [0, { ...month, new_clients_7d: 1, active_7d: 1 }],
    [6, { ...month, new_clients_7d: 1, active_7d: 1 }],
    [7, month],
    [29, month],
    [30, { trial_conversion: 0, retention_30d: 0 }],
    [31, { trial_conversion: 0, retention_30d: 0, early_churn: 1 }],
    [59, { trial_conversion: 0, retention_30d: 0, early_churn: 1 }],
    [60, { early_churn: 1, inactive_60d: 1 }],
    [90, { early_churn: 1, inactive_60d: 1 }],
    [91, { inactive_60d: 1 }],
    [179, { inactive_60d: 1 }],
    [180, { inactive_180d: 1 }],
    [3000, { inactive_180d: 1 }],
  ];
})();

/** The same when it was a personal training, paid on the day, a fifth of it given back 40 days later, and followed by a membership. */
const AFTER_ONE_TRAINING: [number, Partial<Values>][] = [
  [0, { pt_first_30d: 1, revenue_30d: 1000, arpu_30d: 1000, high_ltv: 1, ltv_average: 1000 }],
  [29, { pt_first_30d: 1, revenue_30d: 1000, arpu_30d: 1000, high_ltv: 1, ltv_average: 1000 }],
  [30, { pt_churn: 1, trial_conversion: 1, revenue_30d: 0, arpu_30d: null, high_ltv: 1, ltv_average: 1000 }],
  [
    40,
    { pt_churn: 1, trial_conversion: 1, revenue_30d: -200, arpu_30d: null, high_ltv: 1, ltv_average: 800 },
  ],
  [
    59,
    { pt_churn: 1, trial_conversion: 1, revenue_30d: -200, arpu_30d: null, high_ltv: 1, ltv_average: 800 },
  ],
  [60, { pt_churn: 0, trial_conversion: null, revenue_30d: -200, high_ltv: 1, ltv_average: 800 }],
  [180, { pt_churn: 0, revenue_30d: 0, high_ltv: 1, ltv_average: 800 }],
];

describe('a club with a single client', () => {
  it('who never came has a client and nothing else', async () => {
    const club = await clubs.open();
    await club.client('eva');
    expect(await valuesOf(club)).toEqual(only({ clients_total: 1 }));
  });

  it('says of her one visit, day after day, what the definitions say', async () => {
    const club = await clubs.open();
    await club.came('eva', [0]);
    for (const [days, values] of AFTER_ONE_CLASS)
      expect(await valuesOf(club, club.ago(-days)), `${days} days later`).toEqual(
        only({ clients_total: 1, ...values }),
      );
  });

  it('says of one personal training, paid for, what it says of a class and of the money', async () => {
    const club = await clubs.open();
    await club.came('eva', [0], { kinds: ['personal'] });
    await club.payment('eva', club.today, 1000);
    await club.payment('eva', club.ago(-40), -200);
    await club.sale('eva', club.ago(-30));
    const ofClass = new Map(AFTER_ONE_CLASS.map(([days, values]) => [days, values]));
    ofClass.set(40, ofClass.get(31)!);
    for (const [days, values] of AFTER_ONE_TRAINING)
      expect(await valuesOf(club, club.ago(-days)), `${days} days later`).toEqual(
        only({ clients_total: 1, ...ofClass.get(days), ...values }),
      );
  });

  it('retains all or nobody', async () => {
    const club = await clubs.open();
    await club.came('eva', [30, 29]);
    const month = { active_30d: 1, visits_per_active: 1, arpu_30d: 0, no_show_rate_30d: 0 };
    expect(await valuesOf(club)).toEqual(
      only({ clients_total: 1, ...month, retention_30d: 1, trial_conversion: 0 }),
    );
  });
});
