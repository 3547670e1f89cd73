import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProviderUnavailableError } from '../../../shared/booking/provider-error.ts';
import { BOOKING_BASE, createBookingApp } from '../../../stack/sandbox/booking/app.ts';
import { openAltegio } from '../../../supabase/functions/crm-sync/altegio/provider.ts';
import { readCards } from '../../../supabase/functions/crm-sync/cards.ts';
import type { CardReport } from '../../../supabase/functions/crm-sync/cards.ts';
import { openClub } from './club.ts';
import type { ClubUnderSync } from './club.ts';

const MINUTE = 60_000;
const CLUB_ID = 1;
const CARDS = '/loyalty/abonements';
const TEN_VISITS = 301;

interface Client {
  id: number;
  phone: string;
}

let club: ClubUnderSync;
let clients: Client[];

beforeAll(async () => {
  club = await openClub({ clients: 40, visits: 300 });
  await club.syncAll();
});
afterAll(() => club.close());

beforeEach(async () => {
  club.advance(MINUTE);
  await club.sql`delete from crm.card_checks`;
  // Only clients whom no other shares a phone with.
  clients = await club.sql<Client[]>`
    select client.external_id::int as id, client.phone
    from crm.persons as person
    join crm.clients as client
      on client.club_id = person.club_id and client.client_id = person.main_client_id
    where person.club_id = ${CLUB_ID} and person.clients = 1
    order by client.client_id`;
  await club.control('DELETE', '/faults');
  await club.control('DELETE', '/requests');
  club.logged.length = 0;
});

/** One run, with requests at the pace of the platform. */
function read(): Promise<CardReport> {
  const platform = createBookingApp(club.booking);
  const provider = openAltegio(
    {
      timezone: 'Europe/Prague',
      country: 'CZ',
      currency: 'CZK',
      defaultLanguage: 'cs',
      companyId: '1001',
      chainId: '501',
    },
    {
      access: {
        url: `http://platform.test${BOOKING_BASE}`,
        partnerToken: 'partner-token',
        userToken: 'user-token',
      },
      fetch: async (input, init) => platform.fetch(new Request(input, init)),
      timeoutMs: 1_000,
    },
    (attempt) => {
      club.advance(1_000);
      return attempt();
    },
  );
  return readCards({ database: club.database, provider, now: club.now, log: club.log }, CLUB_ID);
}

/** As the minute's tick does it for a booking that changed. */
async function touch(count: number): Promise<Client[]> {
  const touched = clients.slice(0, count);
  for (const { id } of touched) {
    await club.sql`
      insert into crm.card_checks (club_id, client_id, asked_at, due_at)
      select club_id, client_id, ${club.now().toISOString()}, ${club.now().toISOString()}
      from crm.clients where external_id = ${String(id)}`;
    club.advance(1_000);
  }
  return touched;
}

const requests = () => club.booking.requests.counts().total;
const askedPhones = () =>
  club.booking.requests
    .list(0, 1000)
    .filter(({ path }) => path === CARDS)
    .map(({ query }) => new URLSearchParams(query).get('phone'));

async function cardOf(id: number) {
  const [row] = await club.sql`
    select card.title, card.membership_type_external_id as type, client.external_id as client
    from crm.memberships as card
    left join crm.clients as client using (club_id, client_id)
    where card.external_id = ${String(id)}`;
  return row;
}

/** On the platform and in the mirror. */
async function givePhone(clientId: number, phone: string): Promise<void> {
  await club.control('PATCH', `/clients/${clientId}`, { phone });
  await club.sql`update crm.clients set phone = ${phone} where external_id = ${String(clientId)}`;
}

async function waiting(): Promise<number> {
  const [row] = await club.sql<{ checks: number }[]>`select count(*)::int as checks from crm.card_checks`;
  return row!.checks;
}

describe('the cards of touched clients', () => {
  it('cost no request when nobody was touched', async () => {
    expect(await read()).toEqual({ asked: 0, changed: 0 });
    expect(requests()).toBe(0);
  });

  it('come with their holder, though no list says whose they are', async () => {
    const [client] = await touch(1);
    const body = { clientId: client!.id, membershipTypeId: TEN_VISITS };
    const card = await club.control('POST', '/memberships', body);
    expect(await read()).toMatchObject({ asked: 1 });
    expect(await cardOf(card.id)).toEqual({
      title: '10 vstupů',
      type: String(TEN_VISITS),
      client: String(client!.id),
    });
    expect(await waiting()).toBe(0);
  });

  it('follow what happens to them, and change nothing when nothing did', async () => {
    const [client] = await touch(1);
    const body = { clientId: client!.id, membershipTypeId: TEN_VISITS };
    const card = await club.control('POST', '/memberships', body);
    await read();
    await touch(1);
    expect(await read()).toEqual({ asked: 1, changed: 0 });
    await club.control('PATCH', `/memberships/${card.id}`, { left: 3 });
    await touch(1);
    expect(await read()).toEqual({ asked: 1, changed: 1 });
    // A card that is used up is in no such answer; it stays as it was until the list of all shows it.
    await club.control('PATCH', `/memberships/${card.id}`, { left: 0, statusId: 4 });
    await touch(1);
    expect(await read()).toEqual({ asked: 1, changed: 0 });
    expect(await cardOf(card.id)).toMatchObject({ client: String(client!.id) });
  });

  it('are asked for ten phones at a time, the longest waiting first', async () => {
    const touched = await touch(13);
    expect(await read()).toMatchObject({ asked: 10 });
    expect(await read()).toMatchObject({ asked: 3 });
    expect(askedPhones()).toEqual(touched.map(({ phone }) => phone.slice(1)));
  });

  it('of a shared phone are asked for once, and given to nobody', async () => {
    const [first, second] = await touch(2);
    await givePhone(second!.id, first!.phone);
    const card = await club.control('POST', '/memberships', {
      clientId: first!.id,
      membershipTypeId: TEN_VISITS,
    });
    expect(await read()).toMatchObject({ asked: 1 });
    expect(await cardOf(card.id)).toMatchObject({ client: null });
    expect(await waiting()).toBe(0);
    await givePhone(second!.id, second!.phone);
  });
});

describe('a minute', () => {
  it('in which a client came brings their cards too', async () => {
    const clientId = clients[0]!.id;
    await club.syncAll();
    club.advance(MINUTE);
    await club.control('POST', '/visits', { clientId });
    const card = await club.control('POST', '/memberships', { clientId, membershipTypeId: TEN_VISITS });
    await club.control('DELETE', '/requests');
    await club.sync();
    expect(askedPhones()).toEqual([clients[0]!.phone.slice(1)]);
    expect(await cardOf(card.id)).toMatchObject({ client: String(clientId) });
    await club.control('DELETE', '/requests');
    club.advance(MINUTE);
    await club.sync();
    expect(askedPhones()).toEqual([]);
  });
});

describe('a platform that does not show cards', () => {
  it('for want of a right is asked again an hour later, and says why', async () => {
    await touch(3);
    await club.fault({ kind: 'no-rights', match: { path: CARDS }, times: 1 });
    expect(await read()).toEqual({ asked: 1, changed: 0 });
    expect(club.logged).toContainEqual(
      expect.objectContaining({
        event: 'cards_not_allowed',
        reason: expect.stringContaining('Not enough rights'),
      }),
    );
    expect(await waiting()).toBe(3);
    club.advance(50 * MINUTE);
    expect(await read()).toEqual({ asked: 0, changed: 0 });
    expect(requests()).toBe(1);
    club.advance(10 * MINUTE);
    expect(await read()).toMatchObject({ asked: 3 });
    expect(await waiting()).toBe(0);
  });

  it('for a while keeps its place in the line', async () => {
    await touch(2);
    await club.fault({ kind: '500', match: { path: CARDS }, times: 1 });
    await expect(read()).rejects.toThrow(ProviderUnavailableError);
    expect(await waiting()).toBe(2);
    expect(await read()).toMatchObject({ asked: 2 });
  });

  it('to a phone it does not take does not hold the others up', async () => {
    const [first] = await touch(2);
    // Shorter than the platform searches for, and still a phone.
    await givePhone(first!.id, '+3726211');
    expect(await read()).toMatchObject({ asked: 2 });
    expect(club.logged).toContainEqual(expect.objectContaining({ event: 'cards_not_readable' }));
    expect(await waiting()).toBe(0);
    await givePhone(first!.id, first!.phone);
  });
});
