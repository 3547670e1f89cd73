import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMembershipType } from '../../../../../shared/booking/altegio/membership-type.ts';
import { readRows } from '../../../../../shared/booking/quarantine.ts';

const type = {
  id: 97804,
  salon_group_id: 145071,
  title: '10 visits',
  period: 3,
  period_unit_id: 3,
  allow_freeze: false,
  is_united_balance: true,
  united_balance_services_count: 10,
  balance_container: { links: [] },
};

describe('a membership type of Altegio', () => {
  it('says how long a membership lasts and how many visits it has', () => {
    expect(readMembershipType(type)).toEqual({
      external_id: '97804',
      title: '10 visits',
      period: 3,
      period_unit: 'month',
      visits_included: 10,
      raw: type,
    });
  });

  it.each([
    [1, 'day'],
    ['2', 'week'],
    [3, 'month'],
    ['4', 'year'],
    [5, null],
    [null, null],
  ])('with period unit %j lasts %s', (unit, expected) => {
    expect(readMembershipType({ ...type, period_unit_id: unit }).period_unit).toBe(expected);
  });

  it('has visits only where all services share one balance', () => {
    const typed = { ...type, period: '3', united_balance_services_count: '10', is_united_balance: '1' };
    expect(readMembershipType(typed)).toMatchObject({ period: 3, visits_included: 10 });
    expect(readMembershipType({ ...type, is_united_balance: false }).visits_included).toBeNull();
    expect(readMembershipType({ ...type, united_balance_services_count: '' }).visits_included).toBeNull();
  });

  it('may have almost nothing', () => {
    expect(readMembershipType({ id: '1' })).toMatchObject({
      external_id: '1',
      title: '',
      period: null,
      period_unit: null,
      visits_included: null,
    });
  });

  it('is set aside when a number of it is none', async () => {
    for (const period of ['three', -1, 1.5, 4e9, {}]) {
      const { rows, quarantined } = await readRows([{ ...type, period }], readMembershipType);
      expect({ rows, quarantined }).toMatchObject({ rows: [], quarantined: [{ external_id: '97804' }] });
    }
  });

  it('becomes a row or is set aside, whatever the platform sends', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, '0', '', null, [], {}));
    const spoiled = fc
      .record(Object.fromEntries(Object.keys(type).map((name) => [name, value])), { requiredKeys: [] })
      .map((patch) => ({ ...type, ...patch }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled, fc.jsonValue()), async (raw) => {
        const { rows, quarantined } = await readRows([raw], readMembershipType);
        expect(rows.length + quarantined.length).toBe(1);
      }),
    );
  });
});
