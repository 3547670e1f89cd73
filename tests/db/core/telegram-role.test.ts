import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const NOW = '2026-06-15T10:00:00Z';
const EVA = 7001;

async function linked(club: Club, role: string, account = EVA, isActive = true): Promise<string> {
  const person = await operator(clubs.sql, club.id, role, { isActive });
  await clubs.sql`
    update core.operators set telegram_user_id = ${account} where club_id = ${club.id} and user_id = ${person}`;
  return person;
}

async function roleOf(club: Club | { id: number }, isAllowed: boolean | null, account = EVA) {
  const [row] = await clubs.sql<{ role: string | null }[]>`
    select core.telegram_role(${club.id}, ${account}, ${isAllowed}) as role`;
  return row!.role;
}

describe('what a Telegram account may do in a club', () => {
  it.each<[string, string | null, string | null, (club: Club) => Promise<unknown>]>([
    ['an owner', 'owner', 'owner', (club) => linked(club, 'owner')],
    ['an operator', 'operator', 'operator', (club) => linked(club, 'operator')],
    ['a moderator', 'moderator', 'moderator', (club) => linked(club, 'moderator')],
    ['an analyst', null, null, (club) => linked(club, 'analyst')],
    ['an owner who was removed', null, null, (club) => linked(club, 'owner', EVA, false)],
    ['nobody', null, 'moderator', async () => undefined],
    ['an owner of another club', null, 'moderator', async () => linked(await clubs.open(), 'owner')],
    [
      'nobody, while somebody else is linked',
      null,
      'moderator',
      (club) => linked(club, 'moderator', EVA + 1),
    ],
    [
      'nobody, while an owner is linked to none',
      null,
      'moderator',
      (club) => operator(clubs.sql, club.id, 'owner'),
    ],
  ])('linked to %s is %s, on the list %s', async (_, unlisted, listed, arrange) => {
    const club = await clubs.open();
    await arrange(club);
    expect(await roleOf(club, false)).toBe(unlisted);
    expect(await roleOf(club, null)).toBe(unlisted);
    expect(await roleOf(club, true)).toBe(listed);
  });

  it('is nothing, whoever it is, when the list is empty and nobody is linked', async () => {
    const club = await clubs.open();
    await operator(clubs.sql, club.id, 'owner');
    for (const account of [EVA, 0, -1, 1_087_968_824]) expect(await roleOf(club, false, account)).toBeNull();
  });

  it('is nothing in a club that is not there', async () => {
    expect(await roleOf({ id: -1 }, true)).toBeNull();
  });

  it('ends with the removal, and the list does not bring the person back', async () => {
    const club = await clubs.open();
    const eva = await linked(club, 'owner');
    expect(await roleOf(club, true)).toBe('owner');
    await clubs.sql`select core.deactivate_operator(${club.id}, ${eva}, 'system:test', ${NOW})`;
    expect(await roleOf(club, true)).toBeNull();
  });

  it('stays nothing for a removed person who links their account in another club', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const eva = await operator(clubs.sql, club.id, 'owner', { isActive: false });
    await clubs.sql`
      insert into core.operators (club_id, user_id, email, role, telegram_user_id, created_at)
      values (${other.id}, ${eva}, 'eva@example.com', 'owner', 7002, ${NOW})`;
    expect(await roleOf(club, true, 7002)).toBeNull();
    expect(await roleOf(other, true, 7002)).toBe('owner');
  });
});

it('the clubs of a Telegram account are those in which it may do something', async () => {
  const [own, analysed, former, foreign] = await Promise.all(Array.from({ length: 4 }, () => clubs.open()));
  await linked(own!, 'operator', 7003);
  await linked(analysed!, 'analyst', 7003);
  await linked(former!, 'owner', 7003, false);
  const clubsOf = (isAllowed: boolean) => clubs.sql`
    select club_id::int as club, role from core.telegram_clubs(7003, ${isAllowed})
    where club_id in ${clubs.sql([own!, analysed!, former!, foreign!].map(({ id }) => id))}`;
  expect(await clubsOf(false)).toEqual([{ club: own!.id, role: 'operator' }]);
  expect(await clubsOf(true)).toEqual([
    { club: own!.id, role: 'operator' },
    { club: foreign!.id, role: 'moderator' },
  ]);
});

describe('the name of who decided', () => {
  const note = (club: Club, name: string | null, at = NOW) =>
    clubs.sql`select core.note_telegram_name(${club.id}, ${EVA}, ${name}, ${at})`;
  async function nameOf(club: Club, actor: string, sql: typeof clubs.sql = clubs.sql) {
    const [row] = await sql<{ name: string | null }[]>`select core.actor_name(${club.id}, ${actor}) as name`;
    return row!.name;
  }

  it('is the one in Telegram, whether they decide there or in the dashboard', async () => {
    const club = await clubs.open();
    const eva = await linked(club, 'owner');
    await note(club, '  Eva\n Nováková ');
    expect(await nameOf(club, `telegram:${EVA}`)).toBe('Eva Nováková');
    expect(await nameOf(club, `operator:${eva}`)).toBe('Eva Nováková');
  });

  it('is their e-mail before the @ without one', async () => {
    const club = await clubs.open();
    const eva = await linked(club, 'owner');
    const jan = await operator(clubs.sql, club.id, 'moderator');
    expect(await nameOf(club, `telegram:${EVA}`)).toBe('owner');
    expect(await nameOf(club, `operator:${eva}`)).toBe('owner');
    expect(await nameOf(club, `operator:${jan}`)).toBe('moderator');
  });

  it('stays after the person was unlinked or removed', async () => {
    const club = await clubs.open();
    await linked(club, 'owner', EVA, false);
    await note(club, 'Eva');
    await clubs.sql`update core.operators set telegram_user_id = null where club_id = ${club.id}`;
    expect(await nameOf(club, `telegram:${EVA}`)).toBe('Eva');
  });

  it('is none for the machine, a stranger, another club’s people and what is no actor', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const eva = await linked(other, 'owner');
    await note(other, 'Eva');
    for (const actor of [
      'system:planner',
      `telegram:${EVA}`,
      `operator:${eva}`,
      'telegram:',
      'operator:x',
      '',
    ])
      expect(await nameOf(club, actor), actor).toBeNull();
  });

  it('is the last one seen; an empty one and an older one change nothing', async () => {
    const club = await clubs.open();
    await note(club, 'Eva');
    await note(club, 'Eva N.', '2026-06-16T10:00:00Z');
    for (const name of ['', ' \n', null]) await note(club, name, '2026-06-17T10:00:00Z');
    await note(club, 'Late delivery', '2026-06-15T11:00:00Z');
    expect(await nameOf(club, `telegram:${EVA}`)).toBe('Eva N.');
  });

  it('is told to the club’s own people only', async () => {
    const club = await clubs.open();
    await note(club, 'Eva');
    const mine = await operator(clubs.sql, club.id, 'analyst');
    const ask = (person: string | null) =>
      asPerson(clubs.sql, person, (sql) => nameOf(club, `telegram:${EVA}`, sql as never));
    expect(await ask(mine)).toBe('Eva');
    expect(await ask(crypto.randomUUID())).toBeNull();
    await expect(ask(null)).rejects.toThrow('permission denied');
  });
});
