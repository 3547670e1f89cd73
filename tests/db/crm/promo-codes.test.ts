import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import type { PromoCodeFields } from '../promo-codes.ts';
import { createPromoCode, disable, idOfPromoCode, redeem } from '../promo-codes.ts';

const clubs = useClubs();

async function code(fields: PromoCodeFields = {}, options: { timezone?: string } = {}) {
  const club = await clubs.open(options);
  await createPromoCode(clubs.sql, club, fields);
  return club;
}

/** What the code is on a local date, after that many redemptions. */
async function status(clubId: number, day: string, redeemed = 0): Promise<string> {
  const [row] = await clubs.sql<{ status: string }[]>`
    select crm.promo_code_status(promo_code, ${redeemed}, ${day}) as status
    from crm.promo_codes as promo_code where club_id = ${clubId}`;
  return row!.status;
}

describe('the status of a promo code', () => {
  it.each([
    ['2026-06-09', 0, 'scheduled'],
    ['2026-06-10', 0, 'active'],
    ['2026-06-20', 2, 'active'],
    ['2026-06-20', 3, 'used_up'],
    ['2026-06-21', 0, 'expired'],
  ])('on %s after %i redemptions is %s', async (day, redeemed, expected) => {
    const club = await code({ from: '2026-06-10', until: '2026-06-20', limit: 3 });
    expect(await status(club.id, day, redeemed)).toBe(expected);
  });

  it('is the first that holds: disabled, expired, used up, scheduled', async () => {
    const club = await code({ from: '2026-06-10', until: '2026-06-20', limit: 1 });
    expect(await status(club.id, '2026-06-09', 1)).toBe('used_up');
    expect(await status(club.id, '2026-06-21', 1)).toBe('expired');
    await disable(clubs.sql, club, await idOfPromoCode(clubs.sql, club));
    for (const [day, redeemed] of [
      ['2026-06-21', 1],
      ['2026-06-15', 1],
      ['2026-06-09', 0],
      ['2026-06-15', 0],
    ] as const) {
      expect(await status(club.id, day, redeemed)).toBe('disabled');
    }
  });

  it('is active for ever and for everybody without a last day and a limit', async () => {
    const club = await code({ from: '2026-06-15' });
    expect(await status(club.id, '2126-06-15', 1_000_000)).toBe('active');
  });

  it.each([
    ['Europe/Prague', '2026-06-14T21:59:59.999Z', 'PCSCH'],
    ['Europe/Prague', '2026-06-14T22:00:00Z', null],
    ['Europe/Prague', '2026-06-15T21:59:59.999Z', null],
    ['Europe/Prague', '2026-06-15T22:00:00Z', 'PCEXP'],
    ['America/New_York', '2026-06-15T03:59:59.999Z', 'PCSCH'],
    ['America/New_York', '2026-06-16T03:59:59.999Z', null],
    ['America/New_York', '2026-06-16T04:00:00Z', 'PCEXP'],
  ])('changes at midnight of a club in %s: at %s a code of 15 June is refused with %s', async (...row) => {
    const [timezone, at, refusal] = row;
    const club = await code({ from: '2026-06-15', until: '2026-06-15' }, { timezone });
    const redeemed = redeem(clubs.sql, club, 'SUMMER', { at });
    if (refusal === null) expect(await redeemed).toMatchObject({ code: 'SUMMER' });
    else await expect(redeemed).rejects.toMatchObject({ code: refusal });
  });
});

describe('creating a promo code', () => {
  it('keeps it in upper case and without blanks around it, valid from today, and writes it down', async () => {
    const club = await clubs.open();
    expect(await createPromoCode(clubs.sql, club, { code: ' léto2026\n', until: '2026-08-31' })).toBe(
      'LÉTO2026',
    );
    const rows = await clubs.sql`
      select code, title, discount_percent::float8, valid_from::text, created_by
      from crm.promo_codes where club_id = ${club.id}`;
    expect(rows).toEqual([
      {
        code: 'LÉTO2026',
        title: 'Summer',
        discount_percent: 10,
        valid_from: '2026-06-15',
        created_by: 'test',
      },
    ]);
    const log = await clubs.sql`select actor, action, detail from core.audit_log where club_id = ${club.id}`;
    expect(log).toEqual([
      {
        actor: 'test',
        action: 'promo_code.created',
        detail: {
          code: 'LÉTO2026',
          discount_percent: 10,
          valid_from: '2026-06-15',
          valid_until: '2026-08-31',
        },
      },
    ]);
  });

  it('is valid from the day on the club’s wall, not the day in London', async () => {
    const club = await clubs.open();
    await createPromoCode(clubs.sql, club, { now: '2026-06-15T22:30:00Z' });
    expect(await status(club.id, '2026-06-15')).toBe('scheduled');
    expect(await status(club.id, '2026-06-16')).toBe('active');
  });

  it.each(['summer', 'SUMMER', ' Summer '])('refuses "%s" beside SUMMER', async (other) => {
    const club = await code();
    await disable(clubs.sql, club, await idOfPromoCode(clubs.sql, club));
    const created = createPromoCode(clubs.sql, club, { code: other });
    await expect(created).rejects.toThrow('The promo code SUMMER exists already');
    await expect(created).rejects.toMatchObject({ code: '23505' });
  });

  it('takes one accented word in both of its encodings for one', async () => {
    const club = await code({ code: 'léto'.normalize('NFC') });
    await expect(createPromoCode(clubs.sql, club, { code: 'LÉTO'.normalize('NFD') })).rejects.toThrow(
      'exists already',
    );
  });

  it('lets another club have the same code', async () => {
    await code();
    const other = await code();
    expect(await redeem(clubs.sql, other)).toMatchObject({
      promo_code_id: await idOfPromoCode(clubs.sql, other),
    });
  });

  it.each<[string, PromoCodeFields]>([
    ['is one word', { code: '  ' }],
    ['is one word', { code: 'SUMMER SALE' }],
    ['needs a title', { title: ' ' }],
    ['either a share or an amount', { percent: 10, minor: 500 }],
    ['either a share or an amount', { percent: null }],
    ['above 0 and at most 100', { percent: 0 }],
    ['above 0 and at most 100', { percent: 100.01 }],
    ['above 0 and at most 100', { percent: Number.NaN }],
    ['as an amount is above 0', { minor: 0 }],
    ['ends on the day it begins, or later', { from: '2026-06-15', until: '2026-06-14' }],
    ['ends on the day it begins, or later', { until: '2026-06-14' }],
    ['usage limit is at least 1', { limit: 0 }],
    ['needs both', { linkKind: 'certificate' }],
    ['needs both', { linkKind: 'certificate', linkId: ' ' }],
    ['needs both', { linkId: '17' }],
    ['choose one of them', { linkKind: 'coupon', linkId: '17' }],
  ])('says "%s" of %j', async (words, fields) => {
    const club = await clubs.open();
    const created = createPromoCode(clubs.sql, club, fields);
    await expect(created).rejects.toThrow(words);
    await expect(created).rejects.toMatchObject({ code: '23514' });
  });

  it.each<[string, PromoCodeFields]>([
    ['a whole price', { percent: 100 }],
    ['a part of a percent', { percent: 0.5 }],
    ['an amount', { minor: 1 }],
    ['one day', { from: '2026-06-15', until: '2026-06-15' }],
    ['one redemption', { limit: 1 }],
    ['a loyalty programme', { linkKind: 'loyalty_programme', linkId: '17' }],
    ['a loyalty card', { linkKind: 'loyalty_card', linkId: '17' }],
    ['a certificate', { linkKind: 'certificate', linkId: '17' }],
  ])('accepts %s', async (_, fields) => {
    const club = await code(fields);
    expect(await redeem(clubs.sql, club)).toMatchObject({ code: 'SUMMER' });
  });

  it('of a club that is not there says so', async () => {
    const created = clubs.sql`
      select crm.create_promo_code(0, 'A', 'A', 10, null, '2026-06-15', null, null, null, null, 'test', '2026-06-15T10:00:00Z')`;
    await expect(created).rejects.toThrow('There is no club 0');
  });
});

describe('disabling a promo code', () => {
  it('twice is disabled once, by the first, and written down once', async () => {
    const club = await code();
    const id = await idOfPromoCode(clubs.sql, club);
    await disable(clubs.sql, club, id, 'first');
    await disable(clubs.sql, club, id, 'second', '2026-06-16T10:00:00Z');
    const rows =
      await clubs.sql`select disabled_by, disabled_at from crm.promo_codes where club_id = ${club.id}`;
    expect(rows).toEqual([{ disabled_by: 'first', disabled_at: new Date('2026-06-15T10:00:00Z') }]);
    const log = await clubs.sql`
      select actor, object from core.audit_log where club_id = ${club.id} and action = 'promo_code.disabled'`;
    expect(log).toEqual([{ actor: 'first', object: `promo_code:${id}` }]);
  });

  it('of another club is refused', async () => {
    const club = await code();
    const other = await clubs.open();
    const disabled = disable(clubs.sql, other, await idOfPromoCode(clubs.sql, club));
    await expect(disabled).rejects.toThrow('The club has no promo code with the id');
  });
});
