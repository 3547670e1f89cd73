import { describe, expect, it } from 'vitest';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { RENEWING, renewingCard } from '../renewing-card.ts';

const clubs = useClubs();

const flagged = (club: Club, day: Day = club.today, names: string[] | null = null) => clubs.sql`
  select external_id as name, days_since_last_visit as days, membership_title as title, reason
  from segments.do_not_wake(${club.id}, ${day}, ${
    names &&
    clubs.sql`(
    select coalesce(array_agg(client_id), '{}') from crm.clients where club_id = ${club.id} and external_id = any (${names})
  )`
  })
  order by 1`;

const names = async (club: Club, day?: Day, among?: string[]) =>
  (await flagged(club, day, among)).map(({ name }) => name as string);

/** Somebody who last came that many days ago, with a card that renews itself. */
async function holder(days: number, fields: Parameters<typeof renewingCard>[2] = {}): Promise<Club> {
  const club = await clubs.open();
  await club.came('eva', [days, days + 7]);
  await renewingCard(club, 'eva', fields);
  return club;
}

describe('who has a running membership that renews itself', () => {
  it.each([
    [0, []],
    [59, []],
    [60, ['eva']],
    [61, ['eva']],
    [700, ['eva']],
  ])('and last came %i days ago: %j', async (days, expected) => {
    expect(await names(await holder(days))).toEqual(expected);
  });

  it('is told with the reason in words', async () => {
    const club = await holder(75);
    expect(await flagged(club)).toEqual([
      {
        name: 'eva',
        days: 75,
        title: RENEWING,
        reason: `last visit 75 days ago, and the membership “${RENEWING}” renews itself after ${club.ago(-10)}`,
      },
    ]);
  });

  it('is named by what runs longest, also when it runs without an end', async () => {
    const club = await holder(75);
    await club.apply('membership_types', [{ external_id: 'open', title: 'Open-ended subscription' }]);
    const open = {
      membership_type_external_id: 'open',
      title: 'Open-ended subscription',
      status: 'Released',
    };
    await club.card('eva', club.ago(20), { ...open, expires_date: null });
    expect(await flagged(club)).toMatchObject([
      { reason: 'last visit 75 days ago, and the membership “Open-ended subscription” renews itself' },
    ]);
  });

  it('is not flagged once deleted, nor for the platform’s other clients', async () => {
    const club = await holder(75);
    await club.came('jan', [75]);
    await club.deleteClient('eva');
    expect(await names(club)).toEqual([]);
  });
});

describe('the card', () => {
  it.each([
    ['expires today', { expires: 0 }, ['eva']],
    ['expired yesterday', { expires: 1 }, []],
    ['has no end', { expires: null }, ['eva']],
    ['was made out today', { created: 0 }, ['eva']],
    ['is made out tomorrow', { created: -1 }, []],
    ['was made out no one knows when', { created: null }, ['eva']],
    ['is only released', { status: 'Released' }, ['eva']],
    ['is frozen: it goes on by itself', { status: 'Заморожен' }, ['eva']],
    ['is used up', { status: 'Исчерпан' }, []],
    ['was cancelled', { status: 'Cancelled' }, []],
    ['has expired and has no date', { status: 'Просрочен', expires: null }, []],
    ['has expired, whatever its status says', { status: 'Активирован', expires: 1 }, []],
  ])('%s', async (_, { created = 200, expires = -10, status = 'Активирован' }: Card, expected) => {
    const club = await clubs.open();
    const day = (days: number | null) => (days === null ? null : club.ago(days));
    await club.came('eva', [75, 82]);
    await renewingCard(club, 'eva', { created_date: day(created), expires_date: day(expires), status });
    expect(await names(club)).toEqual(expected);
  });

  it('belongs to whom its sale names, and else to whom it names itself', async () => {
    const club = await clubs.open();
    for (const name of ['buyer', 'named', 'both', 'eva']) await club.came(name, [75]);
    await club.sale('buyer', club.ago(200), { external_id: 'sold' });
    await club.sale('both', club.ago(200), { external_id: 'sold to both' });
    await club.sale(null, club.ago(200), { external_id: 'sold to nobody' });
    await renewingCard(club, null, { sale_external_id: 'sold' });
    await renewingCard(club, 'eva', { sale_external_id: 'sold to both' });
    await renewingCard(club, 'named', { sale_external_id: 'sold to nobody' });
    expect(await names(club)).toEqual(['both', 'buyer', 'named']);
  });

  it('of a sale that was struck out is nobody’s', async () => {
    const club = await clubs.open();
    await club.came('eva', [75]);
    await club.sale('eva', club.ago(200), { external_id: 'sold', is_deleted: true });
    await renewingCard(club, null, { sale_external_id: 'sold' });
    expect(await names(club)).toEqual([]);
  });
});

interface Card {
  created?: number | null;
  expires?: number | null;
  status?: string;
}

describe('which memberships renew themselves', () => {
  it('is the operator’s to say, both ways and at once', async () => {
    const club = await holder(75);
    const set = (id: string, renews: boolean) =>
      clubs.sql`select crm.set_auto_renewing(${club.id}, ${id}, ${renews})`;
    await set('renewing', false);
    expect(await names(club)).toEqual([]);
    await club.came('jan', [90]);
    await club.apply('membership_types', [{ external_id: 'plain', title: 'Monthly' }]);
    await club.card('jan', club.ago(90), { membership_type_external_id: 'plain', title: 'Monthly' });
    expect(await names(club)).toEqual([]);
    await set('plain', true);
    expect(await names(club)).toEqual(['jan']);
  });

  it('still counts when the kind is no longer offered', async () => {
    const club = await holder(75);
    await clubs.sql`update crm.membership_types set is_deleted = true where club_id = ${club.id}`;
    expect(await names(club)).toEqual(['eva']);
  });
});

describe('who pays and never came', () => {
  it.each([
    [59, []],
    [60, ['eva']],
  ])('is counted from the first membership, %i days ago: %j', async (days, expected) => {
    const club = await clubs.open();
    await club.client('eva');
    await club.sale('eva', club.ago(days), { external_id: 'first' });
    // The card of the last renewal is younger than the membership.
    await renewingCard(club, 'eva', { created_date: club.ago(5) });
    expect(await names(club)).toEqual(expected);
  });

  it('reads so', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await renewingCard(club, 'eva', { created_date: club.ago(61) });
    expect(await flagged(club)).toMatchObject([
      {
        days: null,
        reason: `first membership 61 days ago and never a visit, and the membership “${RENEWING}” renews itself after ${club.ago(-10)}`,
      },
    ]);
  });

  it('is not flagged when nothing says since when', async () => {
    const club = await clubs.open();
    await club.client('eva');
    await renewingCard(club, 'eva', { created_date: null });
    expect(await names(club)).toEqual([]);
  });
});

describe('another day', () => {
  it('knows the visits and the cards up to it, today’s status or not', async () => {
    const club = await clubs.open();
    await club.came('eva', [5, 100, 107]);
    await renewingCard(club, 'eva', { expires_date: club.ago(20), status: 'Просрочен' });
    await club.refresh();
    const then = Object.fromEntries(
      await Promise.all(
        [5, 6, 20, 19, 40, 41].map(async (days) => [days, await names(club, club.ago(days))]),
      ),
    );
    expect(then).toEqual({ 5: [], 6: [], 19: [], 20: ['eva'], 40: ['eva'], 41: [] });
  });

  it('does not see a card before it was made out', async () => {
    const club = await clubs.open();
    await club.came('eva', [300]);
    await renewingCard(club, 'eva', { created_date: club.ago(30), expires_date: null });
    expect(await names(club, club.ago(30))).toEqual(['eva']);
    expect(await names(club, club.ago(31))).toEqual([]);
  });

  it('that is today is the same from the rollup, from waiting clients and by replay', async () => {
    const club = await holder(75);
    const replayed = await flagged(club);
    await club.refresh();
    expect(await flagged(club)).toEqual(replayed);
    await club.visits('eva', [club.today]);
    expect(await flagged(club)).toEqual([]);
  });
});

describe('asked about some', () => {
  it('it answers about them', async () => {
    const club = await holder(75);
    await club.came('jan', [75]);
    await renewingCard(club, 'jan');
    expect(await names(club)).toEqual(['eva', 'jan']);
    expect(await names(club, club.today, ['jan'])).toEqual(['jan']);
    expect(await names(club, club.today, [])).toEqual([]);
  });

  it('of another club it answers nothing', async () => {
    const club = await holder(75);
    const other = await holder(75);
    const [row] = await clubs.sql`
      select count(*)::int as rows from segments.do_not_wake(
        ${other.id}, ${club.today}, array[${await club.idOf('eva')}::bigint])`;
    expect(row).toEqual({ rows: 0 });
  });
});
