import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate, parseDateTime } from '../../../../shared/csv-import/date-text.ts';

describe('a date and time in a file', () => {
  it.each([
    ['2026-03-01 18:30', '2026-03-01T18:30:00'],
    ['2026-03-01T18:30:15', '2026-03-01T18:30:15'],
    ['01.03.2026 18:30', '2026-03-01T18:30:00'],
    ['1.3.2026 7:05', '2026-03-01T07:05:00'],
    ['1. 3. 2026 7:05', '2026-03-01T07:05:00'],
    ['01.03.2026', '2026-03-01T00:00:00'],
    ['2026-03-01', '2026-03-01T00:00:00'],
  ])('%s is the club’s wall clock', (text, local) => {
    expect(parseDateTime(text)).toEqual({ at: null, local });
  });

  it('with an offset is an instant', () => {
    expect(parseDateTime('2026-03-01T18:30:00+01:00')).toEqual({
      at: '2026-03-01T17:30:00.000Z',
      local: null,
    });
  });

  it.each(['', '03/01/2026', '31.02.2026 10:00', '1.3.26', '2026-03-01 24:30', '46082.77', '18:30'])(
    'is not guessed from %j',
    (text) => {
      expect(parseDateTime(text)).toBeNull();
    },
  );
});

describe('a date in a file', () => {
  it.each([
    ['1990-02-28', '1990-02-28'],
    ['28.02.1990', '1990-02-28'],
    ['28.2.1990', '1990-02-28'],
    ['1990-02-28 00:00:00', '1990-02-28'],
    ['28.02.1990 0:00', '1990-02-28'],
    ['30.02.1990', null],
    ['28.02.1990 10:00', null],
    ['28.02.90', null],
  ])('%s is read as %s', (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  it('comes back whichever way round it is written', () => {
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10);
        expect([parseDate(iso), parseDate(iso.split('-').toReversed().join('.'))]).toEqual([iso, iso]);
      }),
    );
  });
});
