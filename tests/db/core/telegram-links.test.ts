import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { account, NOW, REFUSED, useTelegram } from '../telegram.ts';
import type { Linking } from '../telegram.ts';

const clubs = useClubs();
const { person, start, finish, link, unlink, accountsOf, auditOf } = useTelegram(clubs);

describe('an account', () => {
  it('that is somebody else’s in one of the clubs is refused in all; the code is left for the right one', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const jan = await person([other]);
    const jans = await link(other, jan);
    const eva = await person([club, other]);
    const code = await start(club, eva);
    expect(await finish(code, jans)).toEqual(REFUSED);
    expect(await accountsOf(eva)).toEqual([null, null]);
    expect(await accountsOf(jan)).toEqual([jans]);
    expect(await auditOf(club)).toEqual([
      { actor: `telegram:${jans}`, action: 'telegram.link_refused', object: `user:${eva}`, detail: {} },
    ]);
    expect(await clubs.sql`select from core.telegram_names where club_id = ${club.id}`).toEqual([]);
    expect(await finish(code, account())).toMatchObject({ outcome: 'linked' });
  });

  it('of a removed colleague is theirs still, until an owner unlinks them', async () => {
    const club = await clubs.open();
    const jan = await person([club]);
    const jans = await link(club, jan);
    await clubs.sql`select core.deactivate_operator(${club.id}, ${jan}, 'system:test', ${NOW})`;
    const eva = await person([club]);
    expect(await finish(await start(club, eva), jans)).toEqual(REFUSED);
    expect(await unlink(club, jan, `operator:${eva}`)).toBe(true);
    expect(await finish(await start(club, eva), jans)).toMatchObject({ outcome: 'linked' });
  });

  it('takes the place of the person’s earlier one', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const before = await link(club, eva);
    const after = await link(club, eva);
    expect(await accountsOf(eva)).toEqual([after]);
    expect((await auditOf(club)).at(-1)!.detail).toEqual({ telegram_user_id: after, before });
    expect(await finish(await start(club, await person([club])), before)).toMatchObject({
      outcome: 'linked',
    });
  });

  it('may be a different person’s in a club that the two do not share', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const telegramId = await link(club, await person([club]));
    await link(other, await person([other]), telegramId);
  });
});

describe('two at once', () => {
  /** The second begins while the first has not committed, and is seen to wait for it. */
  async function atOnce(one: [string, number], two: [string, number]): Promise<[Linking, Linking]> {
    const first = await clubs.sql.reserve();
    const second = await clubs.sql.reserve();
    try {
      const [own] = await second<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await first`begin`;
      const won = await finish(...one, { sql: first });
      const waiting = finish(...two, { sql: second });
      for (let isWaiting = false; !isWaiting;)
        isWaiting =
          (await clubs.sql`select from pg_stat_activity where pid = ${own!.pid} and wait_event_type = 'Lock'`)
            .length > 0;
      await first`commit`;
      return [won, await waiting];
    } finally {
      first.release();
      second.release();
    }
  }

  it('with one code: one is linked', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const code = await start(club, eva);
    const [one, two] = [account(), account()];
    const [won, lost] = await atOnce([code, one], [code, two]);
    expect([won.outcome, lost]).toEqual(['linked', REFUSED]);
    expect(await accountsOf(eva)).toEqual([one]);
  });

  it('with one account: one is linked', async () => {
    const club = await clubs.open();
    const [eva, jan] = [await person([club]), await person([club])];
    const telegramId = account();
    const [won, lost] = await atOnce(
      [await start(club, eva), telegramId],
      [await start(club, jan), telegramId],
    );
    expect([won.outcome, lost]).toEqual(['linked', REFUSED]);
    expect([await accountsOf(eva), await accountsOf(jan)]).toEqual([[telegramId], [null]]);
  });
});

describe('unlinking', () => {
  it('is everywhere when the person does it, but where they were removed, and voids their code', async () => {
    const [club, other, former] = [await clubs.open(), await clubs.open(), await clubs.open()];
    const eva = await person([club, other, former]);
    const telegramId = await link(club, eva);
    await clubs.sql`select core.deactivate_operator(${former.id}, ${eva}, 'system:test', ${NOW})`;
    const code = await start(club, eva);
    expect(await unlink(club, eva, `operator:${eva}`)).toBe(true);
    expect((await accountsOf(eva)).filter((id) => id !== null)).toEqual([telegramId]);
    expect(await finish(code, account())).toEqual(REFUSED);
    expect((await auditOf(other)).at(-1)).toEqual({
      ...{ actor: `operator:${eva}`, action: 'telegram.unlinked', object: `user:${eva}` },
      detail: { telegram_user_id: telegramId },
    });
    const [row] = await clubs.sql`select core.telegram_role(${former.id}, ${telegramId}, true) as role`;
    expect(row).toEqual({ role: null });
  });

  it('is in the club when an owner does it', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const eva = await person([club, other], 'moderator');
    const telegramId = await link(club, eva);
    expect(await unlink(club, eva, `operator:${await person([club])}`)).toBe(true);
    const left = await clubs.sql`
      select club_id::int as club from core.operators where user_id = ${eva} and telegram_user_id = ${telegramId}`;
    expect(left).toEqual([{ club: other.id }]);
    expect(await auditOf(other)).toHaveLength(1);
  });

  it('of who is not linked, or not of the club, changes nothing', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const eva = await person([other]);
    const code = await start(other, eva);
    expect(await unlink(club, eva, 'operator:somebody')).toBe(false);
    expect(await finish(code, account())).toMatchObject({ outcome: 'linked' });
    expect(await unlink(other, await person([other]), 'operator:somebody')).toBe(false);
    expect(await auditOf(club)).toEqual([]);
  });
});

describe('a person who comes to another club', () => {
  const add = async (club: Club, email: string, role = 'moderator') => {
    const [row] = await clubs.sql<{ id: string }[]>`
      select core.add_operator(${club.id}, ${email}, 'a long password', ${role}, ${NOW}) as id`;
    return row!.id;
  };

  it('brings the account they linked, unless it is somebody else’s there', async () => {
    const [club, other, taken] = [await clubs.open(), await clubs.open(), await clubs.open()];
    const email = `${crypto.randomUUID()}@example.com`;
    const eva = await add(club, email);
    const telegramId = await link(club, eva);
    await link(taken, await person([taken]), telegramId);
    await add(other, email);
    await add(taken, email);
    const rows = await clubs.sql`
      select club_id::int as club, telegram_user_id::int as telegram from core.operators where user_id = ${eva} order by club_id`;
    expect(rows).toEqual([
      { club: club.id, telegram: telegramId },
      { club: other.id, telegram: telegramId },
      { club: taken.id, telegram: null },
    ]);
  });

  it('or comes back has the account of today, and keeps it through a new role', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const email = `${crypto.randomUUID()}@example.com`;
    const eva = await add(club, email);
    await add(other, email);
    await link(club, eva);
    await clubs.sql`select core.deactivate_operator(${club.id}, ${eva}, 'system:test', ${NOW})`;
    const today = await link(other, eva);
    await add(club, email);
    expect(await accountsOf(eva)).toEqual([today, today]);
    await unlink(club, eva, 'operator:an owner');
    await add(club, email, 'owner');
    expect(await accountsOf(eva)).toEqual([null, today]);
  });
});

describe('a removal', () => {
  it('is kept by name, once; it voids the code the person asked for there', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const code = await start(club, eva);
    const remove = () =>
      clubs.sql`select core.deactivate_operator(${club.id}, ${eva}, 'operator:jan', ${NOW})`;
    await remove();
    await remove();
    expect(await finish(code, account())).toEqual(REFUSED);
    expect(await auditOf(club)).toEqual([
      { actor: 'operator:jan', action: 'operator.removed', object: `user:${eva}`, detail: {} },
    ]);
  });

  it('of somebody the club does not know is refused', async () => {
    const club = await clubs.open();
    const somebody = crypto.randomUUID();
    await expect(
      clubs.sql`select core.deactivate_operator(${club.id}, ${somebody}, 'operator:jan', ${NOW})`,
    ).rejects.toThrow(`There is no operator ${somebody} in club ${club.id}`);
  });
});
