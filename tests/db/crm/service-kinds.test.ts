import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function kindOf(club: Club, service: string): Promise<string | undefined> {
  const rows = await clubs.sql<{ kind: string }[]>`
    select kind from crm.services where club_id = ${club.id} and external_id = ${service}`;
  return rows[0]?.kind;
}

async function bookingKinds(club: Club): Promise<string[]> {
  const rows = await clubs.sql<{ service_kind: string }[]>`
    select service_kind from crm.bookings where club_id = ${club.id} order by external_id`;
  return rows.map((row) => row.service_kind);
}

const service = (title: string, fields: Record<string, string> = {}) => ({
  external_id: 's1',
  title,
  ...fields,
});

describe('a guess', () => {
  it.each([
    ['Trial class', '', 'trial'],
    ['Zkušební lekce', '', 'trial'],
    ['Пробне тренування', '', 'trial'],
    ['Пробное занятие', '', 'trial'],
    ['Пробна тренировка', '', 'trial'],
    ['Personal training 60 min', '', 'personal'],
    ['PT 60', '', 'personal'],
    ['Osobní trénink', '', 'personal'],
    ['Персональне тренування', '', 'personal'],
    ['ПЕРСОНАЛЬНАЯ ТРЕНИРОВКА', '', 'personal'],
    ['Лична тренировка', '', 'personal'],
    ['Yoga flow', '', 'group'],
    ['Kruhový trénink', '', 'group'],
    ['Групове заняття', '', 'group'],
    ['Групповая тренировка', '', 'group'],
    ['Групова тренировка', '', 'group'],
    ['Open gym', '', 'open'],
    ['Volný vstup', '', 'open'],
    ['Вільний зал', '', 'open'],
    ['Свободное посещение', '', 'open'],
    ['Свободен вход', '', 'open'],
    ['Massage', '', 'other'],
    ['Optimum', '', 'other'],
    // The title speaks before the category.
    ['Trial', 'Group classes', 'trial'],
    ['HIIT', 'Personal', 'personal'],
    ['', '', 'other'],
  ])('of "%s" in category "%s" is %s', async (title, category, expected) => {
    const club = await clubs.open();
    await club.apply('services', [service(title, { category_title: category })]);
    expect(await kindOf(club, 's1')).toBe(expected);
  });
});

describe('an operator’s choice', () => {
  it('survives the next sync, even under a new title', async () => {
    const club = await clubs.open();
    await club.apply('services', [service('Personal training')]);
    await clubs.sql`select crm.set_service_kind(${club.id}, 's1', 'other')`;
    await club.apply('services', [service('Personal training, new')]);
    expect(await kindOf(club, 's1')).toBe('other');
  });

  it('reaches every booking of the service, past ones too', async () => {
    const club = await clubs.open();
    await club.came('eva', [1, 400], { kinds: ['other'] });
    await club.visits('eva', [club.ago(2)], { kinds: ['open', 'other'] });
    await clubs.sql`select crm.set_service_kind(${club.id}, 'other', 'personal')`;
    expect(await bookingKinds(club)).toEqual(['personal', 'personal', 'personal']);
  });

  it.each([
    [
      'an unknown kind',
      's1',
      'sauna',
      'Service kind "sauna" is unknown: use trial, group, personal, open or other.',
    ],
    ['no kind', 's1', null, 'is unknown'],
    ['an unknown service', 's2', 'group', 'has no service s2: sync the services first, or check the id.'],
  ])('is refused for %s', async (_, id, kind, message) => {
    const club = await clubs.open();
    await club.apply('services', [service('Yoga')]);
    await expect(clubs.sql`select crm.set_service_kind(${club.id}, ${id}, ${kind})`).rejects.toThrow(message);
  });

  it('holds in its own club only', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    for (const each of [club, other]) await each.apply('services', [service('Yoga')]);
    await clubs.sql`select crm.set_service_kind(${club.id}, 's1', 'open')`;
    expect(await kindOf(other, 's1')).toBe('group');
  });
});

describe('a guessed kind', () => {
  it('follows a new title, and takes the bookings along', async () => {
    const club = await clubs.open();
    await club.apply('services', [service('Yoga')]);
    await club.apply('bookings', [
      {
        external_id: 'b1',
        services: [{ external_id: 's1', title: 'Yoga' }],
        status: 'attended',
        is_deleted: false,
        starts_local: '2026-06-01T10:00',
      },
    ]);
    await club.apply('services', [service('Personal training')]);
    expect(await bookingKinds(club)).toEqual(['personal']);
  });
});

describe('a booking', () => {
  it.each([
    [['group', 'personal', 'trial'], 'personal'],
    [['open', 'trial', 'group'], 'trial'],
    [['other', 'open', 'group'], 'group'],
    [['other', 'open'], 'open'],
    [[], 'other'],
  ])('of %j is %s', async (kinds, expected) => {
    const club = await clubs.open();
    await club.booking(null, club.today, { kinds });
    expect(await bookingKinds(club)).toEqual([expected]);
  });

  it('keeps its kind when its service is deleted, or was never listed', async () => {
    const club = await clubs.open();
    await club.booking(null, club.today, { kinds: ['personal'] });
    await club.apply('services', [{ external_id: 'group', title: 'Group class' }]);
    await clubs.sql`update crm.services set is_deleted = true where club_id = ${club.id}`;
    await club.booking(null, club.today, { kinds: ['personal'] });
    expect(await bookingKinds(club)).toEqual(['personal', 'personal']);
    expect(await kindOf(club, 'personal')).toBe('personal');
  });
});
