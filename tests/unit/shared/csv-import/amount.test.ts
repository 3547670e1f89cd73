import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from '../../../../shared/csv-import/amount.ts';

describe('an amount in a file', () => {
  it.each([
    ['1490', 149_000],
    ['1490.5', 149_050],
    ['1490.50', 149_050],
    ['1 490,50', 149_050],
    ['1\u00a0490,50', 149_050],
    ['12\u202f345\u202f678,90', 1_234_567_890],
    [' 7 ', 700],
    ['-120,00', -12_000],
    ['−120', -12_000],
    ['0', 0],
  ])('of %j CZK is %i', (text, minor) => {
    expect(parseAmount(text, 'CZK')).toBe(minor);
  });

  it.each([
    '',
    'free',
    '1,490',
    '1.490',
    '1.490,00',
    '1,490.00',
    '14 90',
    '1490,-',
    '1490 Kč',
    '--5',
    '1e3',
    '.5',
  ])('is not guessed from %j', (text) => {
    expect(parseAmount(text, 'CZK')).toBeNull();
  });

  it('has the decimals of its currency, or none that count', () => {
    expect(parseAmount('1500.00', 'JPY')).toBe(1_500);
    expect(parseAmount('1500.40', 'JPY')).toBeNull();
    expect(parseAmount('1,490', 'KWD')).toBe(1_490);
  });

  it('comes back however it is grouped and pointed', () => {
    const style = fc.record({ group: fc.constantFrom('', ' ', '\u00a0'), point: fc.constantFrom('.', ',') });
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
        style,
        (minor, { group, point }) => {
          const digits = String(Math.abs(minor)).padStart(3, '0');
          const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, group);
          const text = `${minor < 0 ? '-' : ''}${whole}${point}${digits.slice(-2)}`;
          expect(parseAmount(text, 'CZK')).toBe(minor);
        },
      ),
    );
  });
});
