import { describe, expect, it } from 'vitest';
import { readMembershipSale } from '../../../../../shared/booking/altegio/membership-sale.ts';
import { readMembership } from '../../../../../shared/booking/altegio/membership.ts';
import { readPayment } from '../../../../../shared/booking/altegio/payment.ts';
import type { BookingClub } from '../../../../../shared/booking/provider.ts';
import { goods, payment } from './money-samples.ts';

const club: BookingClub = {
  timezone: 'Europe/Prague',
  country: 'CZ',
  currency: 'CZK',
  defaultLanguage: 'cs',
};

describe('money of Altegio', () => {
  it('becomes a payment in minor units; a refund is negative', () => {
    expect(readPayment(payment, club)).toEqual({
      external_id: '30',
      client_external_id: '7',
      booking_external_id: '2',
      sale_external_id: null,
      amount_minor: -22_050,
      paid_at: '2026-03-10T06:05:00.000Z',
      paid_local: null,
      title: 'Services',
      is_deleted: false,
      platform_changed_at: '2026-03-10T06:05:00.000Z',
      raw: payment,
    });
  });

  it('of nothing, of no one, or deleted, is a payment still', () => {
    const row = readPayment({ ...payment, amount: 0, client: [], client_id: 0, deleted: true }, club);
    expect(row).toMatchObject({ amount_minor: 0, client_external_id: null, is_deleted: true });
  });

  it('names the booking or the sale it was paid for', () => {
    const shop = { sold_item_type: 'goods_transaction', sold_item_id: '40' };
    expect(readPayment({ ...payment, ...shop, record_id: 0 }, club)).toMatchObject({
      booking_external_id: null,
      sale_external_id: '40',
    });
    expect(readPayment({ ...payment, ...shop }, club)).toMatchObject({
      booking_external_id: '2',
      sale_external_id: '40',
    });
  });

  it.each([undefined, null, 0, '', [], 'x'])('is not set aside for a link of %j', (none) => {
    const row = readPayment({ ...payment, record_id: none, sold_item_id: none, sold_item_type: none }, club);
    expect(row).toMatchObject({ booking_external_id: null, sale_external_id: null, amount_minor: -22_050 });
  });

  it('without an amount is not taken for nothing', () => {
    expect(() => readPayment({ ...payment, amount: '' }, club)).toThrow('amount');
    expect(() => readPayment({ ...payment, amount: null }, club)).toThrow('amount');
  });
});

describe('the shop of Altegio', () => {
  it('sells memberships', () => {
    expect(readMembershipSale(goods)).toMatchObject({
      external_id: '40',
      client_external_id: '7',
      membership_type_external_id: '301',
      title: '10 visits',
      sold_at: '2026-03-09T17:10:00.000Z',
      is_deleted: false,
    });
  });

  it('also moves goods that are no memberships, which are left out', () => {
    expect(
      readMembershipSale({ ...goods, good: { ...goods.good, loyalty_abonement_type_id: 0 } }),
    ).toBeNull();
    expect(readMembershipSale({ ...goods, good: [] })).toBeNull();
    expect(readMembershipSale({ ...goods, type_id: 2 })).toBeNull();
  });

  it('hands out cards, with dates of the club’s calendar', () => {
    const card = {
      id: 659878,
      created_date: '2026-01-10T23:30:00+0000',
      expiration_date: '2026-04-10T23:59:59.000+02:00',
      goods_transaction_id: 40,
      status: { id: 1, title: 'Released' },
      type: { id: 97804, title: '10 visits' },
    };
    expect(readMembership(card, club)).toMatchObject({
      external_id: '659878',
      client_external_id: null,
      sale_external_id: '40',
      membership_type_external_id: '97804',
      title: '10 visits',
      status: 'Released',
      created_date: '2026-01-11',
      expires_date: '2026-04-10',
    });
    expect(
      readMembership({ id: 1, status: [], type: [], goods_transaction_id: 0, expiration_date: null }, club),
    ).toMatchObject({
      sale_external_id: null,
      membership_type_external_id: null,
      title: '',
      status: '',
      created_date: null,
      expires_date: null,
    });
  });
});
