import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function typeOf(club: Club, id = '1') {
  const rows = await clubs.sql<{ is_auto_renewing: boolean; auto_renewing_source: string }[]>`
    select is_auto_renewing, auto_renewing_source from crm.membership_types
    where club_id = ${club.id} and external_id = ${id}`;
  return rows[0];
}

const listed = (club: Club, title: string, fields: Record<string, string> = {}) =>
  club.apply('membership_types', [{ external_id: '1', title, ...fields }]);

const set = (club: Club, id: string, renews: boolean | null) =>
  clubs.sql`select crm.set_auto_renewing(${club.id}, ${id}, ${renews})`;

const RENEWING = [
  ['en', 'Monthly, auto-renewing'],
  ['en', 'Auto renewal, 12 months'],
  ['en', 'Unlimited, renews automatically'],
  ['en', 'Unlimited (direct debit)'],
  ['en', 'Subscription Basic'],
  ['en', 'Recurring membership'],
  ['en', 'Rolling monthly'],
  ['cs', 'Měsíční členství s automatickým obnovením'],
  ['cs', 'MESICNI CLENSTVI S AUTOMATICKYM OBNOVENIM'],
  ['cs', 'Členství, obnovuje se automaticky'],
  ['cs', 'Automaticky prodlužované členství'],
  ['cs', 'Roční předplatné'],
  ['cs', 'Trvalý příkaz 990 Kč'],
  ['cs', 'Členství inkasem'],
  ['cs', 'Členství na dobu neurčitou'],
  ['uk', 'Абонемент з автопродовженням'],
  ['uk', 'Безліміт, поновлюється автоматично'],
  ['uk', 'Місячна підписка'],
  ['ru', 'Абонемент с автопродлением'],
  ['ru', 'АВТОМАТИЧЕСКОЕ ПРОДЛЕНИЕ'],
  ['ru', 'Подписка на месяц'],
  ['ru', 'Безлимит, рекуррентный платёж'],
  ['bg', 'Абонамент с автоматично подновяване'],
  ['bg', 'Карта, подновява се автоматично'],
  ['bg', 'Абонамент с директен дебит'],
];

const ENDING = [
  ['en', 'Monthly membership'],
  ['en', 'Renewal discount, 10 visits'],
  ['en', 'Autumn pass, automatic doors'],
  ['en', 'Membership without auto-renewal'],
  ['en', 'Non-recurring pass'],
  ['en', 'Day pass, no subscription'],
  ['cs', 'Měsíční členství'],
  ['cs', 'Předplacené vstupy'],
  ['cs', 'Členství na dobu určitou'],
  ['cs', 'Členství bez automatického obnovení'],
  ['cs', 'Členství, neobnovuje se automaticky'],
  ['uk', 'Абонемент на місяць'],
  ['uk', 'Безстроковий абонемент'],
  ['uk', 'Абонемент, не поновлюється автоматично'],
  ['ru', 'Абонемент на 10 занятий'],
  ['ru', 'Бессрочный абонемент'],
  ['ru', 'Продление абонемента'],
  ['ru', 'Абонемент без автопродления'],
  ['bg', 'Месечен абонамент'],
  ['bg', 'Абонамент без автоматично подновяване'],
  ['', ''],
];

describe('a guess', () => {
  it.each(RENEWING)('(%s) of "%s" is that it renews itself', async (_, title) => {
    const club = await clubs.open();
    await listed(club, title);
    expect(await typeOf(club)).toEqual({ is_auto_renewing: true, auto_renewing_source: 'guess' });
  });

  it.each(ENDING)('(%s) of "%s" is that it ends', async (_, title) => {
    const club = await clubs.open();
    await listed(club, title);
    expect(await typeOf(club)).toEqual({ is_auto_renewing: false, auto_renewing_source: 'guess' });
  });

  it('follows a new title, there and back', async () => {
    const club = await clubs.open();
    for (const [title, expected] of [
      ['Monthly', false],
      ['Monthly subscription', true],
      ['Monthly', false],
    ] as const) {
      await listed(club, title);
      expect(await typeOf(club), title).toMatchObject({ is_auto_renewing: expected });
    }
  });
});

describe('an operator’s choice', () => {
  it.each([
    [true, 'Monthly'],
    [false, 'Monthly subscription'],
  ])('of %s survives the next sync, under the same title and a new one', async (choice, title) => {
    const club = await clubs.open();
    await listed(club, title);
    await set(club, '1', choice);
    for (const next of [title, `${title} 2`]) {
      await listed(club, next, { period_unit: 'month' });
      expect(await typeOf(club), next).toEqual({
        is_auto_renewing: choice,
        auto_renewing_source: 'operator',
      });
    }
  });

  it('survives a kind’s deletion and its return', async () => {
    const club = await clubs.open();
    await listed(club, 'Monthly');
    await set(club, '1', true);
    await clubs.sql`update crm.membership_types set is_deleted = true where club_id = ${club.id}`;
    await listed(club, 'Monthly');
    expect(await typeOf(club)).toMatchObject({ is_auto_renewing: true });
  });

  it.each([
    [
      'an unknown kind',
      '2',
      true,
      'has no membership type 2: sync the membership types first, or check the id.',
    ],
    ['neither', '1', null, 'must be true or false'],
  ])('is refused for %s', async (_, id, choice, message) => {
    const club = await clubs.open();
    await listed(club, 'Monthly');
    await expect(set(club, id, choice)).rejects.toThrow(message);
  });

  it('holds in its own club only', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    for (const each of [club, other]) await listed(each, 'Monthly');
    await set(club, '1', true);
    expect(await typeOf(other)).toEqual({ is_auto_renewing: false, auto_renewing_source: 'guess' });
  });
});

describe('a kind that only cards name', () => {
  const held = (club: Club, title: string | null, id: string | null = '7') =>
    club.card('eva', club.today, { membership_type_external_id: id, title });

  it('is kept as one no longer offered, guessed from the title on the card, and an operator decides', async () => {
    const club = await clubs.open();
    await held(club, 'Roční předplatné');
    expect(await typeOf(club, '7')).toEqual({ is_auto_renewing: true, auto_renewing_source: 'guess' });
    const [kind] = await clubs.sql`
      select title, is_deleted from crm.membership_types where club_id = ${club.id}`;
    expect(kind).toEqual({ title: 'Roční předplatné', is_deleted: true });
    await set(club, '7', false);
    await held(club, 'Roční předplatné');
    expect(await typeOf(club, '7')).toMatchObject({ is_auto_renewing: false });
  });

  it('is offered once the platform lists it, and what is listed stays as it is', async () => {
    const club = await clubs.open();
    await held(club, 'Roční předplatné', '1');
    await listed(club, 'Yearly');
    await held(club, 'Roční předplatné', '1');
    const [kind] = await clubs.sql`
      select title, is_deleted, is_auto_renewing from crm.membership_types where club_id = ${club.id}`;
    expect(kind).toEqual({ title: 'Yearly', is_deleted: false, is_auto_renewing: false });
  });

  it('is none where the card names no kind', async () => {
    const club = await clubs.open();
    await held(club, 'Roční předplatné', null);
    expect(await clubs.sql`select from crm.membership_types where club_id = ${club.id}`).toHaveLength(0);
  });
});

describe('a card’s status', () => {
  it.each([
    ...['Released', 'Выпущен', 'Активирован', 'Активний', 'Frozen', 'Заморожен', 'Pozastaveno', ''].map(
      (status) => [status, null],
    ),
    ...['Unused', 'Не использован', 'Неиспользован', 'Nevyčerpáno'].map((status) => [status, null]),
    ...['Expired', 'Просрочен', 'Прострочений', 'Vypršelo', 'Изтекла'].map((status) => [status, 'expired']),
    ...[
      'Used up',
      'Исчерпан',
      'Вичерпано',
      'Vyčerpáno',
      'Изчерпана',
      'Cancelled',
      'Аннулирован',
      'Zrušeno',
    ].map((status) => [status, 'closed']),
  ])('"%s" says of its end: %s', async (status, expected) => {
    const [row] = await clubs.sql`select crm.guess_card_end(${status}) as kind`;
    expect(row!.kind).toBe(expected);
  });
});
