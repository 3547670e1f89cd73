import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { shiftDay } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { only, valuesOf } from './values.ts';
import type { Values } from './values.ts';

const clubs = useClubs();

/** An instant when it names its offset, else the club's wall clock. */
function dated(verb: 'starts' | 'paid' | 'sold', moment: string): Record<string, string> {
  return { [/(Z|[+-]\d\d:\d\d)$/.test(moment) ? `${verb}_at` : `${verb}_local`]: moment };
}

/** Ten personal trainings, some missed ones and a payment, all at one moment; a membership at another. */
async function lived(
  club: Club,
  name: string,
  moment: string,
  bought: string,
  missed: number,
  minor: number,
) {
  await club.client(name);
  const booking = (index: number) => ({
    external_id: `${name}-${index}`,
    client_external_id: name,
    services: [{ external_id: 'personal', title: 'Personal training' }],
    status: index < 10 ? 'attended' : 'no_show',
    is_deleted: false,
    ...dated('starts', moment),
  });
  await club.apply(
    'bookings',
    Array.from({ length: 10 + missed }, (_, index) => booking(index)),
  );
  await club.payment(name, '', minor, { paid_local: null, ...dated('paid', moment) });
  await club.sale(name, '', { sold_local: null, ...dated('sold', bought) });
}

/**
 * Whatever the clocks do, `late` lived on one day and `early` on the next. By days since the day of `late`: those on which a
 * window opens or closes for one of the two.
 */
const EXPECTED: [number, Values][] = (() => {
  const money = { clients_total: 2, high_ltv: 1, ltv_average: 55 };
  const week = { new_clients_7d: 2, active_7d: 2, milestone_10: 2 };
  const month = { new_clients_30d: 2, active_30d: 2, core_clients: 2, pt_first_30d: 2, pt_repeat_30d: 2 };
  const paid = { visits_per_active: 10, revenue_30d: 110, arpu_30d: 55, no_show_rate_30d: 3 / 23 };
  const both = { ...money, ...month, ...paid };
  const one = (values: Partial<Values>) => Object.fromEntries(Object.keys(values).map((code) => [code, 1]));
  const onlyLate = { clients_total: 2, high_ltv: 1, ltv_average: 100, ...one(week), ...one(month) };
  const gone = { ...money, early_churn: 2, retention_30d: 0, trial_conversion: 1 };
  return [
    [-1, only({ clients_total: 2 })],
    [
      0,
      only({ ...onlyLate, visits_per_active: 10, revenue_30d: 100, arpu_30d: 100, no_show_rate_30d: 2 / 12 }),
    ],
    [1, only({ ...both, ...week })],
    [6, only({ ...both, ...week })],
    [7, only({ ...both, ...one(week) })],
    [8, only(both)],
    [29, only(both)],
    [
      30,
      only({
        ...money,
        ...one(month),
        ...{ visits_per_active: 10, revenue_30d: 10, arpu_30d: 10, no_show_rate_30d: 1 / 11 },
        pt_churn: 1,
        retention_30d: 0,
        // Of the two only `early` had no membership before, and it is too early to ask of her.
        trial_conversion: null,
      }),
    ],
    [31, only({ ...gone, early_churn: 1, pt_churn: 2 })],
    [32, only({ ...gone, pt_churn: 2 })],
    [59, only({ ...gone, pt_churn: 2 })],
    [60, only({ ...gone, pt_churn: 1, inactive_60d: 1 })],
    [61, only({ ...money, early_churn: 2, inactive_60d: 2 })],
    [90, only({ ...money, early_churn: 2, inactive_60d: 2 })],
    [91, only({ ...money, early_churn: 1, inactive_60d: 2 })],
    [92, only({ ...money, inactive_60d: 2 })],
    [179, only({ ...money, inactive_60d: 2 })],
    [180, only({ ...money, inactive_60d: 1, inactive_180d: 1 })],
    [181, only({ ...money, inactive_180d: 2 })],
  ];
})();

const PRAGUE = 'Europe/Prague';
const NEW_YORK = 'America/New_York';
/** Of these nights the days are read from the rollup as it walks on; of the others by replay. */
const WALKED: string[] = [
  'the night clocks skip an hour',
  'the night clocks repeat an hour',
  'the end of 29 February',
];

/** What it is, where, the day of `late`, and a moment of hers and of `early`'s, the day after. */
const NIGHTS = [
  ['midnight in Prague', PRAGUE, '2026-05-16', '2026-05-16T23:59:00+02:00', '2026-05-17T00:01:00+02:00'],
  ['midnight in New York', NEW_YORK, '2026-05-16', '2026-05-16T23:59:00-04:00', '2026-05-17T00:01:00-04:00'],
  ['the stroke of midnight', PRAGUE, '2026-05-16', '2026-05-16T21:59:59.999Z', '2026-05-16T22:00:00Z'],
  ['midnight by the clock on the wall', NEW_YORK, '2026-05-16', '2026-05-16T23:59', '2026-05-17T00:00'],
  ['the night clocks skip an hour', PRAGUE, '2026-03-28', '2026-03-28T23:30', '2026-03-29T02:30'],
  ['the end of the day of 23 hours', PRAGUE, '2026-03-29', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
  ['the night clocks repeat an hour', PRAGUE, '2026-10-24', '2026-10-24T23:30', '2026-10-25T02:30+01:00'],
  ['the end of the day of 25 hours', PRAGUE, '2026-10-25', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
  ['the start of 29 February', PRAGUE, '2028-02-28', '2028-02-28T23:59', '2028-02-29T00:01'],
  ['the end of 29 February', NEW_YORK, '2028-02-29', '2028-02-29T23:59-05:00', '2028-03-01T00:01-05:00'],
  ['the end of February in a common year', PRAGUE, '2027-02-28', '2027-02-28T23:59', '2027-03-01T00:01'],
  ['the night 30 days before 29 February', PRAGUE, '2028-01-30', '2028-01-30T23:59', '2028-01-31T00:01'],
] as const;

describe.each(NIGHTS)('every metric at %s', (night, timezone, lateDay, late, early) => {
  it('counts whole local dates on every edge of every window', async () => {
    const club = await clubs.open({ timezone });
    await lived(club, 'late', late, `${shiftDay(lateDay, -1)}T23:59:59`, 2, 100);
    await lived(club, 'early', early, early, 1, 10);
    for (const [days, expected] of EXPECTED) {
      const day = shiftDay(lateDay, days);
      if (WALKED.includes(night)) await club.refresh(day);
      expect(await valuesOf(club, day), `${days} days later`).toEqual(expected);
    }
  });
});
