import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBirthDate, parseMoment } from '../../../../shared/booking/moment.ts';

describe('a point in time', () => {
  it.each([
    ['2019-01-17T03:30:00+09:00', '2019-01-16T18:30:00.000Z'],
    ['2019-01-17T19:41:44+0900', '2019-01-17T10:41:44.000Z'],
    ['2025-09-21T23:00:00.000+03:00', '2025-09-21T20:00:00.000Z'],
    ['2026-02-01T12:00:00-0500', '2026-02-01T17:00:00.000Z'],
    ['2026-02-01T12:00:00-03:30', '2026-02-01T15:30:00.000Z'],
    ['2026-02-01T12:00:00Z', '2026-02-01T12:00:00.000Z'],
    ['2026-02-01T12:00:00+02', '2026-02-01T10:00:00.000Z'],
  ])('with an offset is an instant: %s', (text, at) => {
    expect(parseMoment(text)).toEqual({ at, local: null });
  });

  it.each([
    ['2019-01-16 22:30:00', '2019-01-16T22:30:00'],
    ['2019-01-16 9:05:00', '2019-01-16T09:05:00'],
    ['2019-01-16T22:30:00', '2019-01-16T22:30:00'],
    ['2019-01-16 22:30', '2019-01-16T22:30:00'],
    ['2019-01-16', '2019-01-16T00:00:00'],
  ])('without an offset is what the club’s clock shows: %s', (text, local) => {
    expect(parseMoment(text)).toEqual({ at: null, local });
  });

  it.each([
    '',
    'tomorrow',
    '0000-00-00 00:00:00',
    '2026-02-30T10:00:00+01:00',
    '2026-13-01',
    '2026-02-01 24:00:00',
    '2026-02-01 10:60:00',
    '2026-02-01T10:00:00+25:00',
    '17.01.2019 10:00',
    1_700_000_000,
    null,
    undefined,
    [],
  ])('is not made up from %j', (value) => {
    expect(parseMoment(value)).toBeNull();
  });

  it('means the same however its offset is spelled', () => {
    const instants = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -12 * 60, max: 14 * 60 }), (instant, offset) => {
        const whole = new Date(Math.floor(instant.getTime() / 1000) * 1000);
        const wall = new Date(whole.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const size = Math.abs(offset);
        const two = (value: number) => String(value).padStart(2, '0');
        const [hours, minutes, sign] = [two(Math.floor(size / 60)), two(size % 60), offset < 0 ? '-' : '+'];
        for (const text of [
          `${wall}${sign}${hours}:${minutes}`,
          `${wall}${sign}${hours}${minutes}`,
          `${wall}.000${sign}${hours}:${minutes}`,
        ]) {
          expect(parseMoment(text)).toEqual({ at: whole.toISOString(), local: null });
        }
      }),
    );
  });
});

describe('a birthday', () => {
  it.each([
    ['2011-08-12', '2011-08-12'],
    ['1984-02-29', '1984-02-29'],
    ['1970-01-02', '1970-01-02'],
    ['1990-05-01 00:00:00', '1990-05-01'],
  ])('is the date of %s', (value, date) => {
    expect(parseBirthDate(value)).toBe(date);
  });

  it.each(['1970-01-01', '1985-02-29', '0000-00-00', '1066-10-14', '', null, undefined, 0])(
    'is unknown when the platform says %j',
    (value) => {
      expect(parseBirthDate(value)).toBeNull();
    },
  );
});
