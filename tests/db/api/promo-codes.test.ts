import { beforeAll, describe, expect, it } from 'vitest';
import type { TransactionSql } from 'postgres';
import { shiftDay } from '../club.ts';
import type { Club, Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { createPromoCode, disable, idOfPromoCode, redeem } from '../promo-codes.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const REFUSAL = 'Only an owner or operator of the club may create, disable or redeem its promo codes.';

let club: Club;
/** The doors pass the real time, so the days here are around the club's real today. */
let today: Day;
beforeAll(async () => {
  club = await clubs.open();
  const [row] = await clubs.sql<{ today: Day }[]>`select api.club_today(${club.id})::text as today`;
  today = row!.today;
  await createPromoCode(clubs.sql, club, { code: 'SUMMER', from: shiftDay(today, -5) });
});

type Door = (sql: TransactionSql) => PromiseLike<readonly Record<string, unknown>[]>;

const create: Door = (sql) =>
  sql`select api.create_promo_code(${club.id}, 'winter', 'Winter', p_discount_percent => 15)::int as result`;
const redeemSummer: Door = (sql) =>
  sql`select api.redeem_promo_code(${club.id}, 'summer', ${crypto.randomUUID()}) ->> 'code' as result`;
const disableSummer: Door = (sql) =>
  sql`select api.disable_promo_code(
    ${club.id}, (select promo_code_id from crm.promo_codes where club_id = ${club.id} and code = 'SUMMER')
  )::text as result`;

const DOORS: [name: string, door: Door][] = [
  ['create_promo_code', create],
  ['redeem_promo_code', redeemSummer],
  ['disable_promo_code', disableSummer],
];

describe.each(DOORS)('api.%s', (_, door) => {
  it.each(['owner', 'operator'])('is open to a club’s %s', async (role) => {
    const person = await operator(clubs.sql, club.id, role);
    expect(await asPerson(clubs.sql, person, door)).toHaveLength(1);
  });

  it.each(['moderator', 'analyst'])('is closed to a club’s %s', async (role) => {
    const person = await operator(clubs.sql, club.id, role);
    const knocked = asPerson(clubs.sql, person, door);
    await expect(knocked).rejects.toThrow(REFUSAL);
    await expect(knocked).rejects.toMatchObject({ code: '42501' });
  });

  it('is closed to who left, to owners of other clubs, to strangers and to the anonymous', async () => {
    const left = await operator(clubs.sql, club.id, 'owner', { isActive: false });
    const neighbour = await operator(clubs.sql, (await clubs.open()).id, 'owner');
    for (const person of [left, neighbour, crypto.randomUUID()]) {
      await expect(asPerson(clubs.sql, person, door)).rejects.toThrow(REFUSAL);
    }
    await expect(asPerson(clubs.sql, null, door)).rejects.toThrow('permission denied');
  });
});

describe('what a door writes', () => {
  it('bears the name of who knocked, and the day it is in the club', async () => {
    const person = await operator(clubs.sql, club.id, 'operator');
    const actor = `operator:${person}`;
    await asPerson(clubs.sql, person, async (sql) => {
      await create(sql);
      await redeemSummer(sql);
      await disableSummer(sql);
      const codes = await sql`
        select code, status, valid_from = api.club_today(club_id) as is_from_today, created_by, disabled_by, redemptions::int
        from api.promo_codes order by promo_code_id`;
      expect(codes).toMatchObject([
        { code: 'SUMMER', status: 'disabled', disabled_by: actor, redemptions: 1 },
        { code: 'WINTER', status: 'active', is_from_today: true, created_by: actor, redemptions: 0 },
      ]);
      expect(await sql`select redeemed_by from crm.promo_redemptions`).toEqual([{ redeemed_by: actor }]);
    });
  });
});

describe('api.promo_codes', () => {
  let shop: Club;
  beforeAll(async () => {
    shop = await clubs.open();
    const from = shiftDay(today, -5);
    const { sql } = clubs;
    await createPromoCode(sql, shop, { code: 'OPEN', from });
    await createPromoCode(sql, shop, { code: 'LIMITED', from, limit: 3 });
    await createPromoCode(sql, shop, { code: 'USED', from, limit: 1 });
    await createPromoCode(sql, shop, { code: 'PAST', from, until: shiftDay(today, -1) });
    await createPromoCode(sql, shop, { code: 'ENDING', from, until: shiftDay(today, 1) });
    await createPromoCode(sql, shop, { code: 'FUTURE', from: shiftDay(today, 2) });
    await createPromoCode(sql, shop, { code: 'OFF', from });
    const at = `${today}T00:00:00Z`;
    await redeem(sql, shop, 'LIMITED', { at });
    await redeem(sql, shop, 'USED', { at });
    await disable(sql, shop, await idOfPromoCode(sql, shop, 'OFF'));
  });

  it.each(['owner', 'operator', 'moderator', 'analyst'])(
    'shows every code of the club as it is today to its %s',
    async (role) => {
      const person = await operator(clubs.sql, shop.id, role);
      const rows = await asPerson(
        clubs.sql,
        person,
        (sql) => sql`
          select code, status, redemptions::int, redemptions_left::int as left from api.promo_codes order by promo_code_id`,
      );
      expect(rows).toEqual([
        { code: 'OPEN', status: 'active', redemptions: 0, left: null },
        { code: 'LIMITED', status: 'active', redemptions: 1, left: 2 },
        { code: 'USED', status: 'used_up', redemptions: 1, left: 0 },
        { code: 'PAST', status: 'expired', redemptions: 0, left: null },
        { code: 'ENDING', status: 'active', redemptions: 0, left: null },
        { code: 'FUTURE', status: 'scheduled', redemptions: 0, left: null },
        { code: 'OFF', status: 'disabled', redemptions: 0, left: null },
      ]);
    },
  );

  it('shows nothing of it to others', async () => {
    const neighbour = await operator(clubs.sql, (await clubs.open()).id, 'owner');
    for (const person of [neighbour, crypto.randomUUID()]) {
      expect(await asPerson(clubs.sql, person, (sql) => sql`select * from api.promo_codes`)).toEqual([]);
      expect(await asPerson(clubs.sql, person, (sql) => sql`select * from crm.promo_redemptions`)).toEqual(
        [],
      );
    }
  });
});
