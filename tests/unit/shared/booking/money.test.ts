import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits, toMinor } from '../../../../shared/booking/money.ts';

describe('an amount in minor units', () => {
  it.each([
    ['1490.00', 149_000],
    [1490, 149_000],
    ['19.99', 1_999],
    [19.99, 1_999],
    [1.15, 115],
    [0.1 + 0.2, 30],
    ['0.005', 1],
    ['-0.005', -1],
    [-220, -22_000],
    ['-1990.50', -199_050],
    ['+5', 500],
    [0, 0],
    ['-0.00', 0],
  ])('of %s CZK is %i', (amount, minor) => {
    expect(toMinor(amount, 'CZK')).toBe(minor);
  });

  it('has as many decimals as its currency', () => {
    expect(['CZK', 'EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 2, 0, 3]);
    expect(toMinor('1500.40', 'JPY')).toBe(1_500);
    expect(toMinor('1.2345', 'KWD')).toBe(1_235);
  });

  it.each([
    '',
    'free',
    '1,490.00',
    '12 000',
    'NaN',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e21,
    '99999999999999999',
    null,
    undefined,
    [],
    {},
  ])('is not made up from %j', (amount) => {
    expect(toMinor(amount, 'CZK')).toBeNull();
  });

  it('comes back as it was written, as text and as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (minor) => {
        const size = String(Math.abs(minor)).padStart(3, '0');
        const text = `${minor < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
        expect(toMinor(text, 'CZK')).toBe(minor);
        expect(toMinor(Number(text), 'CZK')).toBe(minor);
      }),
    );
  });
});
