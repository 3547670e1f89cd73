import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBooking } from '../../../../../shared/booking/altegio/booking.ts';
import { readClient } from '../../../../../shared/booking/altegio/client.ts';
import { readMembershipSale } from '../../../../../shared/booking/altegio/membership-sale.ts';
import { readMembership } from '../../../../../shared/booking/altegio/membership.ts';
import { readPayment } from '../../../../../shared/booking/altegio/payment.ts';
import { readCategories, readService } from '../../../../../shared/booking/altegio/service.ts';
import { readStaff } from '../../../../../shared/booking/altegio/staff.ts';
import type { BookingClub } from '../../../../../shared/booking/provider.ts';
import { readRows } from '../../../../../shared/booking/quarantine.ts';
import { goods, payment } from './money-samples.ts';

const club: BookingClub = {
  timezone: 'Europe/Prague',
  country: 'CZ',
  currency: 'CZK',
  defaultLanguage: 'cs',
};

const client = {
  id: 66,
  name: 'Олена',
  surname: 'Шевчук',
  display_name: 'Олена Шевчук',
  phone: 380671234567,
  email: ' olena@example.com ',
  birth_date: '1992-03-11',
  sms_not: 0,
  last_change_date: '2026-02-01T12:00:00-0500',
  custom_fields: [],
};

const record = {
  id: 2,
  staff_id: 9,
  services: [{ id: 1, title: 'Group training', cost: '100.00' }],
  client: { id: 18936825, name: 'lx' },
  date: '2019-01-17 03:30:00',
  datetime: '2019-01-17T03:30:00+09:00',
  create_date: '2019-01-17T19:41:44+0900',
  attendance: 1,
  deleted: false,
  last_change_date: '2019-01-17T19:44:14+0900',
  activity_id: 0,
};

describe('a client of Altegio', () => {
  it('becomes a row with phone, language and a name for greetings', () => {
    expect(readClient(client, club)).toEqual({
      external_id: '66',
      name: 'Олена Шевчук',
      first_name: 'Олена',
      phone: '+380671234567',
      email: 'olena@example.com',
      birth_date: '1992-03-11',
      language: 'uk',
      language_source: 'phone',
      is_excluded_from_mailings: false,
      platform_changed_at: '2026-02-01T17:00:00.000Z',
      raw: client,
    });
  });

  it('with sms_not is out of all mailings, however the flag is typed', () => {
    for (const flag of [1, '1', true]) {
      expect(readClient({ ...client, sms_not: flag }, club).is_excluded_from_mailings).toBe(true);
    }
    for (const flag of [0, '0', false, null, undefined]) {
      expect(readClient({ ...client, sms_not: flag }, club).is_excluded_from_mailings).toBe(false);
    }
  });

  it('may have almost nothing', () => {
    const row = readClient({ id: '67', phone: '', birth_date: '1970-01-01' }, club);
    expect(row).toMatchObject({
      external_id: '67',
      name: '',
      first_name: null,
      phone: null,
      email: null,
      birth_date: null,
    });
    expect(row).toMatchObject({ language: 'cs', language_source: 'default', platform_changed_at: null });
  });
});

describe('a record of Altegio', () => {
  it('becomes a booking', () => {
    expect(readBooking(record)).toEqual({
      external_id: '2',
      client_external_id: '18936825',
      staff_external_id: '9',
      services: [{ external_id: '1', title: 'Group training' }],
      activity_external_id: null,
      status: 'attended',
      is_deleted: false,
      starts_at: '2019-01-16T18:30:00.000Z',
      starts_local: null,
      made_at: '2019-01-17T10:41:44.000Z',
      made_local: null,
      platform_changed_at: '2019-01-17T10:44:14.000Z',
      raw: record,
    });
  });

  it.each([
    [-1, 'no_show'],
    [0, 'booked'],
    [1, 'attended'],
    [2, 'confirmed'],
    ['2', 'confirmed'],
  ])('with attendance %j is %s', (attendance, status) => {
    expect(readBooking({ ...record, attendance }).status).toBe(status);
  });

  it('that is deleted is cancelled, whatever its attendance says', () => {
    expect(readBooking({ ...record, deleted: true })).toMatchObject({
      status: 'cancelled',
      is_deleted: true,
    });
    expect(readBooking({ ...record, deleted: 1 })).toMatchObject({ status: 'cancelled', is_deleted: true });
  });

  it('may be of no one', () => {
    for (const of of [null, undefined, [], { id: 0 }]) {
      expect(readBooking({ ...record, client: of }).client_external_id).toBeNull();
    }
  });

  it('falls back to the club’s wall clock', () => {
    const row = readBooking({ ...record, datetime: '', date: '2019-01-17 9:30:00' });
    expect(row).toMatchObject({ starts_at: null, starts_local: '2019-01-17T09:30:00' });
  });

  it('may have no services, as a list or as an object', () => {
    for (const services of [[], {}, null]) expect(readBooking({ ...record, services }).services).toEqual([]);
  });

  it('without a time, or with an attendance nobody knows, is not guessed', () => {
    expect(() => readBooking({ ...record, datetime: null, date: '' })).toThrow('datetime');
    expect(() => readBooking({ ...record, attendance: 3 })).toThrow('attendance: "3"');
    expect(() => readBooking({ ...record, attendance: undefined })).toThrow('attendance');
  });
});

describe('the catalogue of Altegio', () => {
  it('has services with the title of their category, however ids are typed', () => {
    const categories = readCategories([{ id: '21', title: 'Classes' }, { title: 'broken' }]);
    expect(readService({ id: '141', title: 'Yoga', category_id: 21 }, categories)).toMatchObject({
      external_id: '141',
      title: 'Yoga',
      category_external_id: '21',
      category_title: 'Classes',
    });
    expect(readService({ id: 141, title: 'Yoga', category_id: 99 }, categories).category_title).toBe('');
    expect(
      readService({ id: 141, title: 'Yoga', category_id: 0 }, categories).category_external_id,
    ).toBeNull();
  });

  it('has staff, active until dismissed or removed', () => {
    const member = { id: 1, name: 'John Smith', fired: 0, status: 0, hidden: 1 };
    expect(readStaff(member).is_active).toBe(true);
    expect(readStaff({ ...member, fired: '1' }).is_active).toBe(false);
    expect(readStaff({ ...member, status: 1 }).is_active).toBe(false);
  });
});

describe('whatever a platform sends', () => {
  it('becomes a row or is set aside, and never stops the page', async () => {
    const readers: ((raw: unknown) => { external_id: string } | null)[] = [
      (raw: unknown) => readClient(raw, club),
      readBooking,
      (raw: unknown) => readPayment(raw, club),
      readMembershipSale,
      (raw: unknown) => readMembership(raw, club),
      (raw: unknown) => readService(raw, new Map()),
      readStaff,
    ];
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(0, '0', '', null, [], {}));
    const model = { ...client, ...record, ...payment, ...goods };
    const spoiled = fc
      .record(Object.fromEntries(Object.keys(model).map((name) => [name, value])), { requiredKeys: [] })
      .map((patch) => ({ ...model, ...patch }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(spoiled, fc.jsonValue()), { maxLength: 5 }), async (page) => {
        for (const read of readers) {
          const { rows, quarantined } = await readRows(page, read);
          expect(rows.length + quarantined.length).toBeLessThanOrEqual(page.length);
          expect([...rows, ...quarantined].every(({ external_id: id }) => id !== '')).toBe(true);
        }
      }),
    );
  });
});
