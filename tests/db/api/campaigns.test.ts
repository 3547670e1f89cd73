import type { JSONValue, TransactionSql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { COMPLETE, OneOff } from '../one-off.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

async function start(): Promise<OneOff> {
  const [row] = await clubs.sql<{ now: Date }[]>`select now()`;
  const oneOff = await OneOff.start(await openToday(clubs), row!.now.toISOString());
  for (const name of ['eva', 'jan'])
    await oneOff.campaign.member(name, [20, 25], { categories: [{ id: 1, title: 'yoga' }] });
  await oneOff.campaign.member('olha', [20, 25], { language: 'uk', categories: {} });
  return oneOff;
}

const save = async (sql: TransactionSql, club: Club, fields: JSONValue, id: number | null = null) => {
  const [row] = await sql<{ id: number }[]>`
    select api.save_campaign(${club.id}, ${sql.json(fields)}, ${id})::int as id`;
  return row!.id;
};

const launch = (sql: TransactionSql, club: Club, id: number) =>
  sql`select api.start_campaign(${club.id}, ${id})`;

const stop = (sql: TransactionSql, club: Club, id: number) =>
  sql`select api.stop_campaign(${club.id}, ${id}, 'Wrong price.')::int as voided`;

const read = (sql: TransactionSql, club: Club) =>
  sql`select name, status, stopped_reason from api.campaigns where club_id = ${club.id}`;

describe('the campaigns of a club', () => {
  it.each(['owner', 'operator'])('are written, started and stopped by its %s, who is noted', async (role) => {
    const { club } = await start();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      const id = await save(sql, club, { ...COMPLETE, languages: ['uk'] });
      expect(await save(sql, club, { languages: ['cs'] }, id)).toBe(id);
      await launch(sql, club, id);
      expect(await read(sql, club)).toEqual([{ name: 'Spring', status: 'running', stopped_reason: null }]);
      expect(await stop(sql, club, id)).toEqual([{ voided: 0 }]);
      expect(await read(sql, club)).toEqual([
        { name: 'Spring', status: 'stopped', stopped_reason: 'Wrong price.' },
      ]);
      await sql`reset role`;
      expect(
        await sql`
          select distinct actor, action from core.audit_log
          where club_id = ${club.id} and action like 'campaign.%' order by action`,
      ).toEqual(
        ['changed', 'created', 'started', 'stopped'].map((act) => ({
          actor: `operator:${person}`,
          action: `campaign.${act}`,
        })),
      );
    });
  });

  it.each(['owner', 'operator', 'moderator', 'analyst'])('are read by its %s', async (role) => {
    const oneOff = await start();
    const { club } = oneOff;
    const id = await oneOff.create();
    const person = await operator(clubs.sql, club.id, role);
    await asPerson(clubs.sql, person, async (sql) => {
      expect(await read(sql, club)).toHaveLength(1);
      expect(await sql`select code, language from api.check_campaign(${club.id}, ${id})`).toEqual([
        { code: 'language_missing', language: 'uk' },
      ]);
      expect(
        await sql`
          select language, clients::int, served_in, names from api.campaign_audience(${club.id}, ${id})`,
      ).toEqual([
        { language: 'cs', clients: 2, served_in: 'cs', names: ['eva', 'jan'] },
        { language: 'uk', clients: 1, served_in: null, names: ['olha'] },
      ]);
      expect(await sql`select tag, clients::int from api.client_tags(${club.id})`).toEqual([
        { tag: 'yoga', clients: 2 },
      ]);
    });
  });

  it('are refused a start with all that they lack', async () => {
    const { club } = await start();
    const person = await operator(clubs.sql, club.id, 'owner');
    const refused = asPerson(clubs.sql, person, async (sql) =>
      launch(sql, club, await save(sql, club, { name: 'Empty', segment: 'vip' })),
    );
    await expect(refused).rejects.toMatchObject({ code: '23514' });
    await expect(refused).rejects.toThrow(/Nobody fits today.*Choose a template/);
  });

  it('are nobody else’s to see or to touch', async () => {
    const oneOff = await start();
    const { club } = oneOff;
    const id = await oneOff.create();
    const elsewhere = await clubs.open();
    for (const person of [
      await operator(clubs.sql, elsewhere.id, 'owner'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      crypto.randomUUID(),
    ]) {
      await asPerson(clubs.sql, person, async (sql) => {
        expect(await read(sql, club)).toEqual([]);
        expect(await sql`select * from api.check_campaign(${club.id}, ${id})`).toEqual([]);
        expect(await sql`select * from api.campaign_audience(${club.id}, ${id})`).toEqual([]);
        expect(await sql`select * from api.client_tags(${club.id})`).toEqual([]);
      });
    }
    await expect(asPerson(clubs.sql, null, (sql) => read(sql, club))).rejects.toThrow('permission denied');
  });

  it('are closed to moderators, analysts, former owners, owners of other clubs, strangers and anonymous', async () => {
    const oneOff = await start();
    const { club } = oneOff;
    const id = await oneOff.run({ languages: ['cs'] });
    const knocks: ((sql: TransactionSql) => PromiseLike<unknown>)[] = [
      (sql) => save(sql, club, { name: 'Mine' }),
      (sql) => save(sql, club, { name: 'Mine' }, id),
      (sql) => launch(sql, club, id),
      (sql) => stop(sql, club, id),
    ];
    const elsewhere = await clubs.open();
    const people = [
      await operator(clubs.sql, club.id, 'moderator'),
      await operator(clubs.sql, club.id, 'analyst'),
      await operator(clubs.sql, club.id, 'owner', { isActive: false }),
      await operator(clubs.sql, elsewhere.id, 'owner'),
      crypto.randomUUID(),
    ];
    for (const knock of knocks) {
      for (const person of people)
        await expect(asPerson(clubs.sql, person, knock)).rejects.toThrow(
          /Only an owner or operator of the club/,
        );
      await expect(asPerson(clubs.sql, null, knock)).rejects.toThrow('permission denied');
    }
  });
});
