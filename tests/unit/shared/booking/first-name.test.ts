import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeFirstName } from '../../../../shared/booking/first-name.ts';

describe('a first name for a greeting', () => {
  it.each(['Jana', 'Олена', 'Дар’я', "D'Arcy", 'Anna-Marie', 'Jean Luc', 'Ďáblík', 'Иван'])(
    'is %s as given',
    (name) => {
      expect(safeFirstName(name, 'Nováková')).toBe(name);
    },
  );

  it('is trimmed, and its spaces are single', () => {
    expect(safeFirstName('  Anna   Marie ', 'Nováková')).toBe('Anna Marie');
  });

  it.each([
    '',
    ' ',
    'J',
    'Jana 2',
    'Jana!',
    '💪',
    'http://x.y',
    '+420777',
    '{{name}}',
    'Jana\u202e',
    '-Jana',
    'Jana-',
    'x'.repeat(41),
  ])('is nothing for %j', (name) => {
    expect(safeFirstName(name, 'Nováková')).toBeNull();
  });

  it('is nothing for two words in one field: either may be the surname', () => {
    expect(safeFirstName('Jana Nováková', '')).toBeNull();
    expect(safeFirstName('Jana', '')).toBe('Jana');
  });

  it('holds only letters, spaces, apostrophes and hyphens, whatever is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, surname) => {
        const first = safeFirstName(name, surname);
        if (first === null) return;
        expect(first).toMatch(/^[\p{L}\p{M} '’-]{2,40}$/u);
      }),
    );
  });
});
