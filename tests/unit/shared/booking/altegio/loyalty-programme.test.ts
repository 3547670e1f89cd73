import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLoyaltyProgramme } from '../../../../../shared/booking/altegio/loyalty-programme.ts';
import { readRows } from '../../../../../shared/booking/quarantine.ts';

const programme = {
  id: 53591,
  title: '100 off the first month',
  type: 'discount_static',
  value: 100,
  value_unit_id: 2,
  value_unit: 'amount',
  usage_limit: 3,
  expiration_timeout: 0,
  expiration_timeout_unit: 'day',
};

describe('a loyalty programme of Altegio', () => {
  it('says what it takes off, and how often', () => {
    expect(readLoyaltyProgramme(programme)).toEqual({
      external_id: '53591',
      title: '100 off the first month',
      type: 'discount_static',
      discount_value: 100,
      discount_unit: 'amount',
      usage_limit: 3,
      raw: programme,
    });
  });

  it('reads numbers that came as text', () => {
    const typed = { ...programme, id: '53591', value: '12.50', value_unit: 'percent', usage_limit: '2' };
    expect(readLoyaltyProgramme(typed)).toMatchObject({
      external_id: '53591',
      discount_value: 12.5,
      discount_unit: 'percent',
      usage_limit: 2,
    });
  });

  it('has no limit when the platform says 0, and no discount when it does not say one', () => {
    expect(readLoyaltyProgramme({ ...programme, value: undefined, usage_limit: 0 })).toMatchObject({
      discount_value: null,
      usage_limit: null,
    });
    expect(readLoyaltyProgramme({ ...programme, value_unit: '' }).discount_unit).toBeNull();
  });

  it('is set aside when a number of it is none', async () => {
    for (const patch of [{ value: 'much' }, { value: [] }, { usage_limit: -1 }, { usage_limit: 'often' }]) {
      const { rows, quarantined } = await readRows([{ ...programme, ...patch }], readLoyaltyProgramme);
      expect({ rows, quarantined }).toMatchObject({ rows: [], quarantined: [{ external_id: '53591' }] });
    }
  });

  it('becomes a row or is set aside, whatever the platform sends', async () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, '0', '', null, [], {}));
    const spoiled = fc
      .record(Object.fromEntries(Object.keys(programme).map((name) => [name, value])), { requiredKeys: [] })
      .map((patch) => ({ ...programme, ...patch }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled, fc.jsonValue()), async (raw) => {
        const { rows, quarantined } = await readRows([raw], readLoyaltyProgramme);
        expect(rows.length + quarantined.length).toBe(1);
      }),
    );
  });
});
