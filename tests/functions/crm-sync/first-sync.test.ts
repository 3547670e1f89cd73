import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncAnswer } from '../../../supabase/functions/crm-sync/app.ts';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';

let club: ClubUnderSync;
let answer: SyncAnswer;

beforeAll(async () => {
  club = await openClub({ clients: 250, visits: 4_000 });
  answer = await club.syncAll();
});
afterAll(() => club.close());

describe('the first sync of a club', () => {
  it('mirrors every client, booking, payment, sale and card of the platform', async () => {
    await expectMirrorEqualsPlatform(club);
    expect(await club.sql`select * from crm.quarantine`).toEqual([]);
  });

  it('gives every client the visits and the money that the platform knows', async () => {
    const { store } = club.booking;
    const rows = await club.sql<{ id: string; visits: number; ltv: number }[]>`
      select
        client.external_id as id,
        (select count(*)::int from crm.visits as visit where visit.client_id = client.client_id) as visits,
        (select coalesce(sum(payment.amount_minor), 0)::int from crm.payments as payment
          where payment.client_id = client.client_id and not payment.is_deleted) as ltv
      from crm.clients as client
    `;
    expect(rows).toHaveLength(store.totals().clients);
    expect(rows.some(({ ltv }) => ltv > 0)).toBe(true);
    for (const { id, visits, ltv } of rows) {
      const paid = store.transactions(
        { sql: ['client_id = ?', 'deleted = 0'], values: [Number(id)] },
        { page: 1, count: 10_000 },
      );
      const sum = paid.rows.reduce((total, { amount }) => total + Math.round(amount * 100), 0);
      expect({ id, visits, ltv }).toEqual({ id, visits: store.visitsOf(Number(id)).came, ltv: sum });
    }
  });

  it('knows the kind of every service, of deleted ones too', async () => {
    const kinds = await club.sql`
      select external_id, kind, is_deleted from crm.services where external_id in ('101', '112', '121', '131', '141')
      order by external_id
    `;
    expect(kinds.map(({ kind }) => kind)).toEqual(['trial', 'group', 'personal', 'open', 'other']);
    const [named] = await club.sql`
      select count(*)::int as missing from crm.bookings as booking
      cross join unnest(booking.service_external_ids) as named (external_id)
      where not exists (select from crm.services as service where service.external_id = named.external_id)
    `;
    expect(named).toEqual({ missing: 0 });
  });

  it('keeps oddities harmless: no made-up phone, birthday or first name', async () => {
    const [odd] = await club.sql`
      select
        count(*) filter (where phone is null)::int as without_phone,
        count(*) filter (where birth_date = '1970-01-01')::int as born_on_the_unset_day,
        count(*) filter (where first_name like '% %')::int as two_words,
        count(*) filter (where is_excluded_from_mailings)::int as excluded
      from crm.clients
    `;
    expect(odd).toMatchObject({ born_on_the_unset_day: 0, two_words: 0 });
    expect(odd!.without_phone).toBeGreaterThan(0);
    expect(odd!.excluded).toBeGreaterThan(0);
  });

  it('leaves a fresh mirror with segments behind', async () => {
    const [state] = await club.sql`
      select
        crm.last_good_sync(1) as last_good_sync,
        (select count(segment)::int from segments.client_segments) as members,
        (select count(*)::int from crm.listings where lane = 'full' and opened_at is null and completed_at is not null) as closed,
        (select count(*)::int from crm.listed_ids) as ids_left_over
    `;
    expect(state).toMatchObject({ closed: 9, ids_left_over: 0, last_good_sync: expect.any(Date) });
    expect(state!.members).toBeGreaterThan(0);
    expect(answer.clubs[0]!.changed_segments).toBe(state!.members);
  });

  it('stays within 5 requests a second and 200 a minute, and is never refused', () => {
    const { refused, peakPerSecond, peakPerMinute } = club.booking.limiter.report();
    expect({ refused }).toEqual({ refused: 0 });
    expect(peakPerSecond).toBeLessThanOrEqual(5);
    expect(peakPerMinute).toBeLessThanOrEqual(200);
  });

  it('makes no more requests than the pages there are, one empty page where no total is told, and two to compare counts', () => {
    const { clients, records, transactions, goods, memberships } = club.booking.store.totals();
    const pages = (rows: number, size: number) => Math.ceil(rows / size);
    const fewest =
      5 +
      pages(clients, 200) +
      pages(records, 200) +
      pages(transactions, 200) +
      pages(goods, 200) +
      pages(memberships, 100);
    expect(club.booking.requests.counts().total).toBeLessThanOrEqual(fewest + 3 + 2);
  });
});

describe('a caller of crm-sync', () => {
  it('needs the cron key', async () => {
    const before = club.booking.requests.counts().total;
    const { status } = await club.sync({}, { apikey: 'sb_secret_wrong' });
    expect(status).toBe(401);
    expect(club.booking.requests.counts().total).toBe(before);
  });

  it('is told when the body makes no sense', async () => {
    const { status, body } = await club.sync({ mode: 'everything' });
    expect(status).toBe(400);
    expect(body.error).toContain('mode');
  });

  it('may name one club', async () => {
    const { body } = await club.sync({ club_id: 99 });
    expect(body).toEqual({ complete: true, clubs: [] });
  });
});
