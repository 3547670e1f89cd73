import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const EVA = '+420601234567';
const ADAM = '+420602345678';
const at = (minute: number) => new Date(Date.UTC(2026, 5, 15, 10, minute)).toISOString();

async function mark(club: Club, entity: string, ids: string[], minute = 0): Promise<number> {
  const [row] = await clubs.sql<{ marked: number }[]>`
    select crm.mark_card_checks(${club.id}, ${entity}, ${ids}, ${at(minute)})::int as marked`;
  return row!.marked;
}

async function due(club: Club, minute = 30, limit = 10): Promise<Record<string, unknown>[]> {
  const [row] = await clubs.sql<{ due: Record<string, unknown>[] }[]>`
    select api.due_card_checks(${club.id}, ${limit}, ${at(minute)}) as due`;
  return row!.due;
}

async function apply(
  club: Club,
  phone: string,
  rows: Record<string, JSONValue>[],
  { minute = 10, quarantined = [] as JSONValue[] } = {},
): Promise<number> {
  const cards = rows.map((row) => ({ client_external_id: null, ...row, raw: row }));
  const [row] = await clubs.sql<{ changed: number }[]>`
    select api.apply_cards(
      ${club.id}, ${phone}, ${clubs.sql.json(cards)}, ${clubs.sql.json(quarantined)}, ${at(minute)}
    )::int as changed`;
  return row!.changed;
}

async function holders(club: Club): Promise<Record<string, string | null>> {
  const rows = await clubs.sql<{ card: string; client: string | null }[]>`
    select card.external_id as card, client.external_id as client
    from crm.memberships as card
    left join crm.clients as client using (club_id, client_id)
    where card.club_id = ${club.id}`;
  return Object.fromEntries(rows.map(({ card, client }) => [card, client]));
}

const phones = (rows: Record<string, unknown>[]) => rows.map(({ phone }) => phone);

/** Marked by a booking at that minute. */
async function touched(club: Club, client: string, minute = 0): Promise<void> {
  expect(await mark(club, 'bookings', [await club.booking(client, club.today)], minute)).toBe(1);
}

describe('a change of a client’s', () => {
  it.each([
    ['bookings', (club: Club) => club.booking('eva', club.today, { id: '1' })],
    ['membership_sales', (club: Club) => club.sale('eva', club.today, { external_id: '1' })],
    ['payments', (club: Club) => club.payment('eva', club.today, 900, { external_id: '1' })],
  ])('in %s asks for their cards', async (entity, change) => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.client('adam', { phone: ADAM });
    await change(club);
    expect(await mark(club, entity, ['1'])).toBe(1);
    expect(await due(club)).toEqual([
      { client_id: await club.idOf('eva'), client_external_id: 'eva', phone: EVA, is_shared: false },
    ]);
  });

  it('in anything else asks for nothing', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.booking('eva', club.today, { id: 'eva' });
    for (const entity of ['services', 'staff', 'clients', 'memberships', 'loyalty_programmes']) {
      expect(await mark(club, entity, ['eva'])).toBe(0);
    }
  });

  it('asks for nobody who has no phone, is gone, or is not known', async () => {
    const club = await clubs.open();
    await club.client('mute');
    await club.client('gone', { phone: EVA });
    const ids = [
      await club.booking('mute', club.today),
      await club.booking('gone', club.today),
      await club.booking('later', club.today),
      await club.booking(null, club.today),
    ];
    await club.deleteClient('gone');
    expect(await mark(club, 'bookings', ids)).toBe(0);
  });

  it('asks in its own club only', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    for (const each of [club, other]) {
      await each.client('eva', { phone: EVA });
      await each.booking('eva', each.today, { id: '1' });
    }
    await mark(club, 'bookings', ['1']);
    expect(await due(other)).toEqual([]);
  });
});

describe('what is due', () => {
  it('comes by phone, the longest waiting first, and no more than asked for', async () => {
    const club = await clubs.open();
    await club.client('adam', { phone: ADAM });
    await club.client('eva', { phone: EVA });
    await touched(club, 'eva', 1);
    await touched(club, 'adam', 2);
    expect(phones(await due(club))).toEqual([EVA, ADAM]);
    expect(phones(await due(club, 30, 1))).toEqual([EVA]);
  });

  it('is one for clients who share a phone', async () => {
    const club = await clubs.open();
    for (const name of ['eva', 'adam']) await club.client(name, { phone: EVA });
    await touched(club, 'eva');
    await touched(club, 'adam');
    expect(await due(club)).toEqual([
      { client_id: await club.idOf('eva'), client_external_id: 'eva', phone: EVA, is_shared: true },
    ]);
  });

  it('follows a client to another phone, and leaves one who went', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await touched(club, 'eva');
    await club.client('eva', { phone: ADAM });
    expect(phones(await due(club))).toEqual([ADAM]);
    await club.deleteClient('eva');
    expect(await due(club)).toEqual([]);
  });

  it('is nothing while the club is put off, also not what is touched meanwhile', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.client('adam', { phone: ADAM });
    await touched(club, 'eva', 0);
    await clubs.sql`select api.put_off_card_checks(${club.id}, ${at(20)})`;
    await touched(club, 'adam', 5);
    expect(await due(club, 19)).toEqual([]);
    expect(phones(await due(club, 20))).toEqual([EVA, ADAM]);
  });
});

describe('an answer for a phone', () => {
  it('gives a card without a known sale to the phone’s only client, and settles the check', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await touched(club, 'eva');
    expect(await apply(club, EVA, [{ external_id: '7', title: '10 visits', created_date: club.today }])).toBe(
      1,
    );
    expect(await holders(club)).toEqual({ 7: 'eva' });
    expect(await due(club)).toEqual([]);
    expect(await apply(club, EVA, [{ external_id: '7', title: '10 visits', created_date: club.today }])).toBe(
      0,
    );
  });

  it('leaves a card to the buyer where its sale is known', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.client('adam', { phone: ADAM });
    await club.sale('adam', club.ago(1), { external_id: '40' });
    await apply(club, EVA, [{ external_id: '7', sale_external_id: '40', created_date: club.today }]);
    const purchases = await clubs.sql`
      select client.external_id as client, purchase.purchased_date::text as day
      from crm.membership_purchases as purchase
      join crm.clients as client using (club_id, client_id)
      where club_id = ${club.id}`;
    expect(purchases).toEqual([{ client: 'adam', day: club.ago(1) }]);
    expect(await holders(club)).toEqual({ 7: null });
  });

  it('gives a card of a shared phone to nobody, and settles the checks of all who share it', async () => {
    const club = await clubs.open();
    for (const name of ['eva', 'adam']) await club.client(name, { phone: EVA });
    await touched(club, 'eva');
    await touched(club, 'adam');
    await apply(club, EVA, [{ external_id: '7', created_date: club.today }]);
    expect(await holders(club)).toEqual({ 7: null });
    expect(await due(club)).toEqual([]);
  });

  it('knows a client whose double is gone for the phone’s only one', async () => {
    const club = await clubs.open();
    for (const name of ['eva', 'double']) await club.client(name, { phone: EVA });
    await club.deleteClient('double');
    await apply(club, EVA, [{ external_id: '7', created_date: club.today }]);
    expect(await holders(club)).toEqual({ 7: 'eva' });
  });

  it('takes no card away that is not in it', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.card('eva', club.ago(400), { external_id: '6' });
    await apply(club, EVA, []);
    expect(await holders(club)).toEqual({ 6: 'eva' });
  });

  it('does not settle what changed after the platform was asked', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await touched(club, 'eva', 5);
    await touched(club, 'eva', 11);
    await apply(club, EVA, [], { minute: 10 });
    expect(phones(await due(club))).toEqual([EVA]);
    await apply(club, EVA, [], { minute: 11 });
    expect(await due(club)).toEqual([]);
  });

  it('settles nobody else’s check', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await club.client('adam', { phone: ADAM });
    await touched(club, 'eva');
    await touched(club, 'adam');
    await apply(club, EVA, []);
    expect(phones(await due(club))).toEqual([ADAM]);
  });

  it('keeps a card that cannot be read in quarantine', async () => {
    const club = await clubs.open();
    await club.client('eva', { phone: EVA });
    await apply(club, EVA, [], { quarantined: [{ external_id: '7', reason: 'id: not an id', raw: {} }] });
    const held = await clubs.sql`
      select entity, external_id, reason from crm.quarantine where club_id = ${club.id}`;
    expect(held).toEqual([{ entity: 'memberships', external_id: '7', reason: 'id: not an id' }]);
  });
});
