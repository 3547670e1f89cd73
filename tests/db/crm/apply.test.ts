import { describe, expect, it } from 'vitest';
import type { JSONValue } from 'postgres';
import { clientRow } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const ROWS: [entity: string, row: Record<string, JSONValue>][] = [
  ['services', { external_id: '1', title: 'Yoga' }],
  ['staff', { external_id: '1', name: 'Alex' }],
  ['clients', clientRow('eva', { phone: '+420601234567', birth_date: '1990-02-28' })],
  [
    'bookings',
    {
      external_id: '1',
      client_external_id: 'eva',
      services: [{ external_id: '1', title: 'Yoga' }],
      status: 'attended',
      is_deleted: false,
      starts_local: '2026-06-01T10:00',
      platform_changed_at: '2026-06-01T09:00:00Z',
    },
  ],
  ['memberships', { external_id: '1', client_external_id: 'eva', created_date: '2026-06-01' }],
  ['membership_sales', { external_id: '1', client_external_id: 'eva', sold_local: '2026-06-01T10:00' }],
  [
    'payments',
    { external_id: '1', client_external_id: 'eva', amount_minor: 100, paid_local: '2026-06-01T10:00' },
  ],
];

describe('applied twice', () => {
  it.each(ROWS)('%s change nothing and mark nobody', async (entity, row) => {
    const club = await clubs.open();
    for (const [each, given] of ROWS) await club.apply(each, [given]);
    await club.refresh();
    expect(await club.apply(entity, [row])).toBe(0);
    const [dirty] =
      await clubs.sql`select count(*)::int as marks from stats.dirty_clients where club_id = ${club.id}`;
    expect(dirty).toEqual({ marks: 0 });
  });

  it.each(ROWS)('%s within one page are one row', async (entity, row) => {
    const club = await clubs.open();
    expect(await club.apply(entity, [row, row])).toBe(1);
  });
});

describe('what the platform says late', () => {
  it('does not overwrite what it said later', async () => {
    const club = await clubs.open();
    await club.client('eva');
    const id = await club.booking('eva', club.today, {
      status: 'attended',
      changedAt: '2026-06-15T12:00:00Z',
    });
    await club.booking('eva', club.today, { id, status: 'booked', changedAt: '2026-06-15T11:00:00Z' });
    expect((await club.metric('active_7d')).value).toBe(1);
    await club.booking('eva', club.today, { id, status: 'no_show', changedAt: '2026-06-15T13:00:00Z' });
    expect((await club.metric('active_7d')).value).toBe(0);
  });

  it('gives bookings, payments and memberships to a client who appears after them', async () => {
    const club = await clubs.open();
    await club.booking('eva', club.ago(3));
    await club.payment('eva', club.ago(3), 900);
    await club.card('eva', club.ago(2));
    await club.refresh();
    await club.client('eva');
    await club.refresh();
    const rows = await clubs.sql`
      select visits_total as visits, ltv_minor::int as ltv, first_membership_date::text as membership
      from stats.client_stats where club_id = ${club.id}`;
    expect(rows).toEqual([{ visits: 1, ltv: 900, membership: club.ago(2) }]);
  });

  it('gives nothing to a client of the same number in another club', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    await club.booking('eva', club.today);
    await other.client('eva');
    expect((await other.metric('active_7d')).value).toBe(0);
  });
});

describe('a client', () => {
  it('keeps the language an operator chose', async () => {
    const club = await clubs.open();
    await club.client('eva', { language: 'cs' });
    await clubs.sql`
      update crm.clients set language = 'uk', language_source = 'operator' where club_id = ${club.id}`;
    await club.client('eva', { language: 'ru', language_source: 'field', email: 'eva@example.com' });
    const rows = await clubs.sql`select language, email from crm.clients where club_id = ${club.id}`;
    expect(rows).toEqual([{ language: 'uk', email: 'eva@example.com' }]);
  });

  it('cannot have a phone that is no E.164 number', async () => {
    const club = await clubs.open();
    await expect(club.client('eva', { phone: '601234567' })).rejects.toThrow('phone_is_e164');
  });
});

describe('a booking', () => {
  it('that is deleted is cancelled, and comes back as it was', async () => {
    const club = await clubs.open();
    await club.client('eva');
    const id = await club.booking('eva', club.today, { isDeleted: true });
    const [deleted] = await clubs.sql`select status from crm.bookings where club_id = ${club.id}`;
    expect(deleted).toEqual({ status: 'cancelled' });
    await club.booking('eva', club.today, { id });
    expect((await club.metric('active_7d')).value).toBe(1);
  });
});
