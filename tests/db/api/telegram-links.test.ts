import type { TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, asRole, operator } from '../session.ts';

const clubs = useClubs();

const ROLES = ['owner', 'operator', 'moderator', 'analyst'];
const LONG_AGO = '2026-01-01T00:00:00Z';

/** An operator whose Telegram account is linked and was let in by that name. */
async function linked(club: Club, role: string, account: number, name = 'Eva N.'): Promise<string> {
  const person = await operator(clubs.sql, club.id, role);
  await clubs.sql`
    update core.operators set telegram_user_id = ${account} where club_id = ${club.id} and user_id = ${person}`;
  await clubs.sql`select core.note_telegram_name(${club.id}, ${account}, ${name}, ${LONG_AGO})`;
  return person;
}

const strangersTo = async (club: Club) => [
  await operator(clubs.sql, (await clubs.open()).id, 'owner'),
  await operator(clubs.sql, club.id, 'owner', { isActive: false }),
  crypto.randomUUID(),
];

const look = (sql: TransactionSql, { id }: Club) => sql`
  select user_id, email, role, is_active, is_linked, telegram_name, is_me
  from api.telegram_links where club_id = ${id} order by role`;

const start = (sql: TransactionSql, { id }: Club) => sql<{ code: string }[]>`
  select api.start_telegram_link(${id}) as code`;
const unlink = (sql: TransactionSql, { id }: Club, person: string) => sql`
  select api.unlink_telegram(${id}, ${person}) as done`;
const speak = (sql: TransactionSql, { id }: Club, language: string | null) => sql`
  select api.change_moderation_language(${id}, ${language})`;

/** Beyond what the person may read; undone with the rest. */
async function auditOf(sql: TransactionSql, { id }: Club) {
  await sql`reset role`;
  return sql`select actor, action, object from core.audit_log where club_id = ${id} order by audit_id`;
}

describe('who is linked in Telegram', () => {
  it.each(ROLES)('is shown to the club’s %s, without the account’s number', async (role) => {
    const club = await clubs.open();
    const eva = await linked(club, 'owner', 7001);
    const former = await operator(clubs.sql, club.id, 'moderator', { isActive: false });
    const me = await operator(clubs.sql, club.id, role);
    const rows = await asPerson(clubs.sql, me, (sql) => look(sql, club));
    expect(rows).toHaveLength(3);
    expect(rows).toContainEqual({
      ...{ user_id: eva, email: 'owner@example.com', role: 'owner', is_active: true },
      ...{ is_linked: true, telegram_name: 'Eva N.', is_me: false },
    });
    expect(rows).toContainEqual(
      expect.objectContaining({ user_id: former, is_active: false, is_linked: false, telegram_name: null }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ user_id: me, role, is_me: true }));
  });

  it('is nobody else’s to see', async () => {
    const club = await clubs.open();
    await linked(club, 'owner', 7001);
    for (const person of await strangersTo(club))
      expect(await asPerson(clubs.sql, person, (sql) => look(sql, club))).toEqual([]);
    await expect(asPerson(clubs.sql, null, (sql) => look(sql, club))).rejects.toThrow('permission denied');
  });
});

describe('a code', () => {
  it.each(ROLES)('is given to the club’s %s, and links their own account', async (role) => {
    const club = await clubs.open();
    const me = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, me, async (sql) => {
      const [row] = await start(sql, club);
      await sql`reset role`;
      await sql`set local role service_role`;
      const [done] = await sql`
        select api.finish_telegram_link(${row!.code}, 7001, 'Eva N.', now()) as linking`;
      expect(done!.linking).toEqual({
        outcome: 'linked',
        clubs: [{ club_id: club.id, name: 'Vltava Fit', role }],
      });
      await sql`set local role authenticated`;
      expect(await look(sql, club)).toMatchObject([
        { user_id: me, is_linked: true, telegram_name: 'Eva N.' },
      ]);
      expect(await auditOf(sql, club)).toEqual([
        { actor: `operator:${me}`, action: 'telegram.linked', object: `user:${me}` },
      ]);
    });
  });

  it('is given to nobody else', async () => {
    const club = await clubs.open();
    for (const person of await strangersTo(club))
      await expect(asPerson(clubs.sql, person, (sql) => start(sql, club))).rejects.toThrow(
        'Only an active operator of the club can link a Telegram account',
      );
    await expect(asPerson(clubs.sql, null, (sql) => start(sql, club))).rejects.toThrow('permission denied');
  });

  it('is brought by the bot alone, and read by nobody', async () => {
    const bring = (sql: TransactionSql) => sql`select api.finish_telegram_link('A', 7001, 'Eva', now())`;
    const read = (sql: TransactionSql) => sql`select * from core.telegram_codes`;
    const owner = await operator(clubs.sql, (await clubs.open()).id, 'owner');
    for (const person of [owner, null])
      for (const attempt of [bring, read])
        await expect(asPerson(clubs.sql, person, attempt)).rejects.toThrow('permission denied');
    for (const door of ['start_telegram_link(1)', 'unlink_telegram(1, gen_random_uuid())'])
      await expect(
        asRole(clubs.sql, 'service_role', (sql) => sql.unsafe(`select api.${door}`)),
      ).rejects.toThrow('permission denied');
  });
});

describe('a link', () => {
  it.each(ROLES)('is the %s’s own to undo', async (role) => {
    const club = await clubs.open();
    const me = await linked(club, role, 7001);
    await asPerson(clubs.sql, me, async (sql) => {
      expect(await unlink(sql, club, me)).toEqual([{ done: true }]);
      expect(await look(sql, club)).toMatchObject([{ is_linked: false, telegram_name: null }]);
      expect(await unlink(sql, club, me)).toEqual([{ done: false }]);
      expect(await auditOf(sql, club)).toEqual([
        { actor: `operator:${me}`, action: 'telegram.unlinked', object: `user:${me}` },
      ]);
    });
  });

  it('is an owner’s to undo for others', async () => {
    const club = await clubs.open();
    const eva = await linked(club, 'moderator', 7001);
    const owner = await operator(clubs.sql, club.id, 'owner');
    await asPerson(clubs.sql, owner, async (sql) => {
      expect(await unlink(sql, club, eva)).toEqual([{ done: true }]);
      expect(await auditOf(sql, club)).toMatchObject([{ actor: `operator:${owner}` }]);
    });
  });

  it('is nobody else’s to undo', async () => {
    const club = await clubs.open();
    const eva = await linked(club, 'owner', 7001);
    const refusal = 'Only the person themselves or an owner of the club may unlink their Telegram account.';
    const others = await Promise.all(
      ['operator', 'moderator', 'analyst'].map((role) => operator(clubs.sql, club.id, role)),
    );
    for (const person of [...others, ...(await strangersTo(club))])
      await expect(asPerson(clubs.sql, person, (sql) => unlink(sql, club, eva))).rejects.toThrow(refusal);
    const former = await operator(clubs.sql, club.id, 'owner', { isActive: false });
    await expect(asPerson(clubs.sql, former, (sql) => unlink(sql, club, former))).rejects.toThrow(refusal);
    await expect(asPerson(clubs.sql, null, (sql) => unlink(sql, club, eva))).rejects.toThrow(
      'permission denied',
    );
  });

  it('of another club is out of an owner’s reach', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const owner = await operator(clubs.sql, club.id, 'owner');
    const theirs = await linked(other, 'owner', 7001);
    await asPerson(clubs.sql, owner, async (sql) => {
      expect(await unlink(sql, club, theirs)).toEqual([{ done: false }]);
      await sql`reset role`;
      expect(
        await sql`select telegram_user_id::int as account from core.operators where user_id = ${theirs}`,
      ).toEqual([{ account: 7001 }]);
    });
  });
});

describe('the language of the moderation chat', () => {
  const spoken = (sql: TransactionSql, { id }: Club) => sql`
    select moderation_language from api.moderation_chat where club_id = ${id}`;

  it.each(['owner', 'operator'])('is an %s’s to choose, by name', async (role) => {
    const club = await clubs.open();
    const me = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, me, async (sql) => {
      expect(await spoken(sql, club)).toEqual([{ moderation_language: 'en' }]);
      await speak(sql, club, 'uk');
      expect(await spoken(sql, club)).toEqual([{ moderation_language: 'uk' }]);
      expect(await auditOf(sql, club)).toEqual([
        { actor: `operator:${me}`, action: 'settings.changed', object: `club:${club.id}` },
      ]);
    });
  });

  it('is nobody else’s to choose', async () => {
    const club = await clubs.open();
    const others = await Promise.all(
      ['moderator', 'analyst'].map((role) => operator(clubs.sql, club.id, role)),
    );
    for (const person of [...others, ...(await strangersTo(club))])
      await expect(asPerson(clubs.sql, person, (sql) => speak(sql, club, 'uk'))).rejects.toThrow(
        'Only an owner or operator of the club may choose the language of its moderation chat.',
      );
    await expect(asPerson(clubs.sql, null, (sql) => speak(sql, club, 'uk'))).rejects.toThrow(
      'permission denied',
    );
  });

  it.each<[string | null, string]>([
    ['de', 'The language of the moderation chat must be one of en (English)'],
    [null, 'moderation_language may not be empty'],
  ])('is not %s', async (language, sentence) => {
    const club = await clubs.open();
    const me = await operator(clubs.sql, club.id, 'owner');
    await expect(asPerson(clubs.sql, me, (sql) => speak(sql, club, language))).rejects.toThrow(sentence);
  });
});
