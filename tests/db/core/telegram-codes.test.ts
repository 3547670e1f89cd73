import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { account, NOW, REFUSED, useTelegram } from '../telegram.ts';

const clubs = useClubs();
const { person, start, finish, unlink, accountsOf, auditOf } = useTelegram(clubs);

const NEARLY_OVER = '2026-06-15T10:09:59Z';
const OVER = '2026-06-15T10:10:00Z';

describe('a code', () => {
  it('is sixteen characters in fours, other each time, and kept only as its hash', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const codes = await Promise.all(Array.from({ length: 20 }, () => start(club, eva)));
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(20);
    const rows = await clubs.sql`
      select code_hash = extensions.digest(${codes.at(-1)!.replaceAll('-', '')}, 'sha256') as is_hash, expires_at, used_at
      from core.telegram_codes where club_id = ${club.id}`;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ expires_at: new Date(OVER), used_at: null });
    const kept = await clubs.sql<{ text: string }[]>`
      select to_jsonb(code)::text as text from core.telegram_codes as code where club_id = ${club.id}`;
    for (const code of codes) expect(kept[0]!.text).not.toContain(code.slice(0, 9));
  });

  it('links the account in every club where the person works, by name', async () => {
    const [club, other, former, foreign] = await Promise.all(Array.from({ length: 4 }, () => clubs.open()));
    const eva = await person([club!, other!], 'analyst');
    await clubs.sql`
      insert into core.operators (club_id, user_id, email, role, is_active, created_at)
      values (${former!.id}, ${eva}, 'eva@example.com', 'owner', false, ${NOW})`;
    const bystander = await person([club!, foreign!]);
    const telegramId = account();

    const name = 'Vltava Fit';
    expect(await finish(await start(other!, eva), telegramId)).toEqual({
      outcome: 'linked',
      clubs: [club!, other!]
        .map(({ id }) => ({ club_id: id, name, role: 'analyst' }))
        .sort((one, two) => one.club_id - two.club_id),
    });
    expect((await accountsOf(eva)).sort()).toEqual([telegramId, telegramId, null]);
    expect(await accountsOf(bystander)).toEqual([null, null]);
    for (const { id } of [club!, other!])
      expect(await clubs.sql`select name from core.telegram_names where club_id = ${id}`).toEqual([
        { name: 'Eva N.' },
      ]);
    expect(await auditOf(club!)).toEqual([
      {
        ...{ actor: `operator:${eva}`, action: 'telegram.linked', object: `user:${eva}` },
        detail: { telegram_user_id: telegramId, before: null },
      },
    ]);
    expect(await auditOf(former!)).toEqual([]);
  });

  it('is read however a person types it', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const typing = fc.array(fc.constantFrom('asked', 'lower', 'space', 'bare'), {
      minLength: 16,
      maxLength: 16,
    });
    await fc.assert(
      fc.asyncProperty(typing, async (ways) => {
        const bare = (await start(club, eva)).replaceAll('-', '');
        const typed = [...bare].map((letter, place) => {
          if (ways[place] === 'lower') return letter.replace('0', 'o').replace('1', 'l').toLowerCase();
          if (ways[place] === 'space') return `${letter.replace('1', 'I')} `;
          return ways[place] === 'asked' ? `${letter.replace('0', 'O')}-` : letter;
        });
        expect(await finish(typed.join(''), account())).toMatchObject({ outcome: 'linked' });
      }),
      { numRuns: 15 },
    );
  });

  it('works until its ten minutes are over, and not at their end', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    expect(await finish(await start(club, eva), account(), { at: OVER })).toEqual(REFUSED);
    expect(await accountsOf(eva)).toEqual([null]);
    const late = await finish(await start(club, eva), account(), { at: NEARLY_OVER });
    expect(late.outcome).toBe('linked');
  });

  it('works once; brought again by the same account it changes nothing', async () => {
    const club = await clubs.open();
    const eva = await person([club]);
    const code = await start(club, eva);
    const telegramId = account();
    const first = await finish(code, telegramId);
    expect(await finish(code, telegramId)).toEqual(first);
    expect(await finish(code, account())).toEqual(REFUSED);
    expect(await accountsOf(eva)).toEqual([telegramId]);
    expect((await auditOf(club)).map(({ action }) => action)).toEqual([
      'telegram.linked',
      'telegram.link_refused',
    ]);
    await unlink(club, eva, `operator:${eva}`);
    expect(await finish(code, telegramId)).toEqual(REFUSED);
  });

  it('is void once the person asked for another, in whichever club', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const eva = await person([club, other]);
    const [earlier, later] = [await start(club, eva), await start(other, eva)];
    expect(await finish(earlier, account())).toEqual(REFUSED);
    expect(await finish(later, account())).toMatchObject({ outcome: 'linked' });
  });

  it('stays with who else asked for one', async () => {
    const club = await clubs.open();
    const [eva, jan] = [await person([club]), await person([club])];
    const code = await start(club, eva);
    await start(club, jan);
    expect(await finish(code, account())).toMatchObject({ outcome: 'linked' });
  });

  it.each(['', 'AAAA', '0000-0000-0000-0000', '💪', "' or true --"])(
    'that nobody was given is refused: %j',
    async (code) => {
      const club = await clubs.open();
      await start(club, await person([club]));
      expect(await finish(code, account())).toEqual(REFUSED);
    },
  );

  it.each([0, -100, 777_000, 136_817_688, 1_087_968_824])(
    'links no account that is nobody’s: %i',
    async (id) => {
      const club = await clubs.open();
      const eva = await person([club]);
      expect(await finish(await start(club, eva), id)).toEqual(REFUSED);
      expect(await accountsOf(eva)).toEqual([null]);
    },
  );

  it('is given to active operators of the club only', async () => {
    const [club, other] = [await clubs.open(), await clubs.open()];
    const sentence = 'Only an active operator of the club can link a Telegram account';
    await expect(start(club, await person([club], 'owner', { isActive: false }))).rejects.toThrow(sentence);
    await expect(start(club, await person([other]))).rejects.toThrow(sentence);
    await expect(start(club, crypto.randomUUID())).rejects.toThrow(sentence);
  });
});
