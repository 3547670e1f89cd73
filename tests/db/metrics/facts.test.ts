import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { only, valuesOf } from './values.ts';

const clubs = useClubs();

describe('what is dated after the day', () => {
  it('counts for no metric before its own day', async () => {
    const club = await clubs.open();
    await club.came('eva', [-1], { kinds: ['personal'] });
    await club.booking('eva', club.ago(-1), { status: 'no_show' });
    await club.payment('eva', club.ago(-1), 500);
    await club.sale('eva', club.ago(-1));
    const thenOn = only({
      clients_total: 1,
      new_clients_7d: 1,
      new_clients_30d: 1,
      active_7d: 1,
      active_30d: 1,
      pt_first_30d: 1,
      high_ltv: 1,
      visits_per_active: 1,
      revenue_30d: 500,
      arpu_30d: 500,
      no_show_rate_30d: 0.5,
      ltv_average: 500,
    });

    expect(await valuesOf(club), 'the day before, replayed').toEqual(only({ clients_total: 1 }));
    expect(await valuesOf(club, club.ago(-1)), 'its day, replayed').toEqual(thenOn);
    await club.refresh();
    expect(await valuesOf(club), 'the day before, from the rollup').toEqual(only({ clients_total: 1 }));
    await club.refresh(club.ago(-1));
    expect(await valuesOf(club, club.ago(-1)), 'its day, from the rollup').toEqual(thenOn);
  });

  it('does not end an absence', async () => {
    const club = await clubs.open();
    await club.came('eva', [70, -3]);
    await club.came('ivan', [200, -3]);
    expect(await valuesOf(club)).toEqual(
      only({ clients_total: 2, early_churn: 1, inactive_60d: 1, inactive_180d: 1 }),
    );
  });
});

describe('what is nobody’s', () => {
  it('is a booking that was held, and no visit and no money of a client', async () => {
    const club = await clubs.open();
    await club.booking(null, club.ago(1));
    await club.booking(null, club.ago(1), { status: 'no_show' });
    await club.booking(null, club.ago(1), { kinds: ['personal'] });
    await club.payment(null, club.ago(1), 500);
    await club.sale(null, club.ago(1));
    expect(await valuesOf(club)).toEqual(only({ no_show_rate_30d: 1 / 3 }));
  });

  it('becomes a client’s, on every day, when the platform tells of her', async () => {
    const club = await clubs.open();
    await club.visits('late', [club.ago(31), club.ago(31), club.ago(1)], { kinds: ['personal'] });
    await club.payment('late', club.ago(1), 500);
    await club.sale('late', club.ago(31));
    // Whose it is, we do not know yet; that it is a client's, we do.
    const unknown = only({ revenue_30d: 500, no_show_rate_30d: 0 });
    expect(await valuesOf(club)).toEqual(unknown);
    await club.refresh();
    expect(await valuesOf(club)).toEqual(unknown);

    await club.client('late');
    const known = only({
      clients_total: 1,
      trial_conversion: 1,
      active_7d: 1,
      active_30d: 1,
      pt_repeat_30d: 1,
      high_ltv: 1,
      retention_30d: 1,
      visits_per_active: 1,
      revenue_30d: 500,
      arpu_30d: 500,
      no_show_rate_30d: 0,
      ltv_average: 500,
    });
    expect(await valuesOf(club), 'while she waits for a refresh').toEqual(known);
    await club.refresh();
    expect(await valuesOf(club), 'refreshed').toEqual(known);
    expect(await valuesOf(club, club.ago(31)), 'her first day').toEqual(
      only({
        clients_total: 1,
        new_clients_7d: 1,
        new_clients_30d: 1,
        active_7d: 1,
        active_30d: 1,
        pt_first_30d: 1,
        pt_repeat_30d: 1,
        visits_per_active: 2,
        arpu_30d: 0,
        no_show_rate_30d: 0,
      }),
    );
  });
});

describe('a booking', () => {
  it.each(['booked', 'confirmed', 'cancelled'] as const)('that is %s moves no metric', async (status) => {
    const club = await clubs.open();
    await club.came('eva', [1, 40, 100], { status, kinds: ['personal'] });
    expect(await valuesOf(club)).toEqual(only({ clients_total: 1 }));
  });

  it('that was missed moves the no-show rate alone', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 40, 100], { status: 'no_show', kinds: ['personal'] });
    expect(await valuesOf(club)).toEqual(only({ clients_total: 1, no_show_rate_30d: 1 }));
  });

  it('that was attended and then deleted moves no metric', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 40, 100], { isDeleted: true, kinds: ['personal'] });
    expect(await valuesOf(club)).toEqual(only({ clients_total: 1 }));
  });

  it('is a visit each, however many there are on one day', async () => {
    const club = await clubs.open();
    await club.came('eva', Array<number>(9).fill(3));
    const week = { clients_total: 1, new_clients_7d: 1, new_clients_30d: 1, active_7d: 1, active_30d: 1 };
    const held = { core_clients: 1, arpu_30d: 0, no_show_rate_30d: 0 };
    expect(await valuesOf(club)).toEqual(only({ ...week, ...held, visits_per_active: 9 }));
    await club.visits('eva', [club.ago(3)], { kinds: ['personal'] });
    expect(await valuesOf(club), 'a personal training on the day of the classes').toEqual(
      only({ ...week, ...held, visits_per_active: 10, milestone_10: 1, pt_first_30d: 1 }),
    );
    await club.visits('eva', [club.ago(3)], { kinds: ['personal'] });
    expect(await valuesOf(club), 'and a second one').toEqual(
      only({ ...week, ...held, visits_per_active: 11, milestone_10: 1, pt_first_30d: 1, pt_repeat_30d: 1 }),
    );
  });

  it.each([
    [['group', 'personal'], 1],
    [['other', 'personal', 'trial'], 1],
    [['trial', 'group'], 0],
    [['other'], 0],
    [[], 0],
  ])('of the services %j is a personal training if one of them is', async (kinds, expected) => {
    const club = await clubs.open();
    await club.came('eva', [1, 2, 40], { kinds });
    expect(await valuesOf(club)).toMatchObject({ pt_repeat_30d: expected, pt_first_30d: 0, core_clients: 0 });
    expect(await valuesOf(club, club.ago(-29))).toMatchObject({ pt_churn: expected });
  });
});
