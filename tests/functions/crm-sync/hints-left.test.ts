import { describe, expect, it } from 'vitest';
import { OutOfBudgetError } from '../../../supabase/functions/crm-sync/budget.ts';
import {
  MINUTE,
  arrive,
  asked,
  clientOf,
  club,
  knownClient,
  openHints,
  pretend,
  settle,
  useHintedClub,
} from './hinted-club.ts';

useHintedClub();

describe('What cannot be asked for by id', () => {
  it('is wanted from the next listing of changes', async () => {
    const clientId = await knownClient();
    await club.control('POST', '/sales', { clientId, membershipTypeId: 301 });
    await club.control('PUT', '/catalogue/services/7001', { title: 'Jóga' });
    await arrive();
    const report = await settle();
    expect(report).toMatchObject({ settled: 3, changed: 0, complete: true });
    expect(report.wanted).toEqual(['services', 'membership_sales', 'payments']);
    expect(await asked()).toEqual([]);
  });

  it('or would take a request each, is cheaper listed', async () => {
    const clientId = await knownClient();
    for (let visit = 0; visit < 6; visit += 1) await club.control('POST', '/visits', { clientId });
    await arrive();
    expect(await settle()).toMatchObject({ settled: 6, changed: 0, wanted: ['bookings'] });
    expect(await asked()).toEqual([]);
  });

  it('or is not named, is wanted too', async () => {
    await pretend('record', 0, 'update');
    expect(await settle()).toMatchObject({ settled: 1, wanted: ['bookings'] });
  });

  it('goes on over more hints than are claimed at once', async () => {
    const { clients } = await club.control('GET', '/clients?count=1');
    for (let id = 1; id <= 120; id += 1) await pretend('client', id + 500_000, 'update');
    await pretend('client', clients[0].id, 'update');
    expect(await settle()).toMatchObject({ settled: 121, complete: true });
    expect(await asked()).toHaveLength(2);
  });
});

describe('A platform in trouble', () => {
  it('that does not answer keeps the hint for later', async () => {
    const clientId = await knownClient();
    await club.control('PATCH', `/clients/${clientId}`, { name: 'Jana' });
    await arrive();
    await club.fault({ kind: '500' });
    const report = await settle();
    expect(report).toMatchObject({ settled: 0, complete: false });
    expect(report.errors).toHaveLength(1);
    expect(await openHints()).toEqual(['clients']);
    // Not every five seconds.
    expect(await settle()).toMatchObject({ settled: 0, complete: true });
    club.advance(2 * MINUTE);
    expect(await settle()).toMatchObject({ settled: 1, changed: 1 });
    expect(await clientOf(clientId)).toMatchObject({ name: 'Jana' });
  });

  it('that refuses us a row keeps the reason, and is not asked again', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    await pretend('record', 0, 'update');
    await club.fault({ kind: 'no-rights' });
    const report = await settle();
    expect(report).toMatchObject({ settled: 2, complete: true, wanted: ['bookings'] });
    expect(report.errors).toHaveLength(1);
    const rows = await club.sql`select error from crm.hints where error is not null`;
    expect(rows).toMatchObject([{ error: report.errors[0]!.message }]);
    expect(await openHints()).toEqual([]);
  });

  it('costs no more time than there is', async () => {
    const clientId = await knownClient();
    await pretend('client', clientId, 'update');
    const report = await settle(() => Promise.reject(new OutOfBudgetError()));
    expect(report).toMatchObject({ settled: 0, complete: false, errors: [] });
    expect(await openHints()).toEqual(['clients']);
  });
});
