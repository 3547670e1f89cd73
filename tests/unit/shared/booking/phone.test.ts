import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toE164 } from '../../../../shared/booking/phone.ts';

describe('a phone in E.164', () => {
  it.each([
    ['+420777233893', 'CZ', '+420777233893'],
    ['420777233893', 'CZ', '+420777233893'],
    [420777233893, 'CZ', '+420777233893'],
    ['00420777233893', 'CZ', '+420777233893'],
    ['777 233 893', 'CZ', '+420777233893'],
    [777233893, 'CZ', '+420777233893'],
    ['+420 (777) 233-893', 'CZ', '+420777233893'],
    ['380671234567', 'CZ', '+380671234567'],
    ['0671234567', 'UA', '+380671234567'],
    ['0888123456', 'BG', '+359888123456'],
    ['359888123456', 'BG', '+359888123456'],
    ['79161234567', 'CZ', '+79161234567'],
    ['+13155550177', 'CZ', '+13155550177'],
    ['447911123456', 'CZ', '+447911123456'],
  ])('%s in %s is %s', (value, country, phone) => {
    expect(toE164(value, country)).toBe(phone);
  });

  it('reads nine digits as a number of the club’s country, not as one of a country they begin with', () => {
    // +49 5123 456 would be a number in Germany.
    expect(toE164('495123456', 'CZ')).toBe('+420495123456');
    expect(toE164('602854489', 'CZ')).toBe('+420602854489');
  });

  it.each([
    '',
    '+420000000000',
    '123456789',
    '+42012345678',
    '000000000',
    'ask at reception',
    0,
    null,
    undefined,
    [],
    true,
  ])('is null for %j, which is no valid number', (value) => {
    expect(toE164(value, 'CZ')).toBeNull();
  });

  it('is always what the database accepts, or null, and reads itself', () => {
    const values = fc.oneof(
      fc.string(),
      fc.nat({ max: 999_999_999_999 }),
      fc.stringMatching(/^[+0-9 ()-]{0,18}$/),
    );
    fc.assert(
      fc.property(values, fc.constantFrom('CZ', 'UA', 'BG', 'RU', 'GB', 'US'), (value, country) => {
        const phone = toE164(value, country);
        if (phone === null) return;
        expect(phone).toMatch(/^\+[1-9][0-9]{6,14}$/);
        expect(toE164(phone, country)).toBe(phone);
      }),
      { numRuns: 1_000 },
    );
  });
});
