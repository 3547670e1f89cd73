import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { OneOff } from '../one-off.ts';

const clubs = useClubs();

async function start(): Promise<OneOff> {
  const oneOff = await OneOff.start(await clubs.open());
  const { campaign, club } = oneOff;
  await campaign.member('silent', [94, 100]);
  await campaign.member('lost', [400], { language: 'uk' });
  await campaign.member('active', [1, 8, 15, 22], { language: 'uk' });
  await club.client('never', { language: 'en' });
  return oneOff;
}

describe('the audience of a campaign', () => {
  it('is everybody, with why in words', async () => {
    const oneOff = await start();
    expect(await oneOff.audience(await oneOff.create())).toEqual([
      { who: 'active', why: 'in Regular Members, last visit 1 day ago' },
      { who: 'lost', why: 'in Lost Clients, last visit 400 days ago' },
      { who: 'never', why: 'in no segment, never visited' },
      { who: 'silent', why: 'in Going Silent, last visit 94 days ago' },
    ]);
  });

  it.each<[Record<string, JSONValue>, string[]]>([
    [{ segment: 'lost' }, ['lost']],
    [{ segment: 'unsegmented' }, ['never']],
    [{ languages: ['uk'] }, ['active', 'lost']],
    [{ languages: ['uk', 'en'], segment: 'lost' }, ['lost']],
    [{ segment: 'vip' }, []],
    [{ last_visit_from_days: 94 }, ['lost', 'silent']],
    [{ last_visit_from_days: 95 }, ['lost']],
    [{ last_visit_until_days: 94 }, ['active', 'silent']],
    [{ last_visit_until_days: 93 }, ['active']],
    [{ last_visit_from_days: 1, last_visit_until_days: 1 }, ['active']],
    [{ last_visit_from_days: 100, last_visit_until_days: 1 }, []],
  ])('chosen by %j is %j', async (fields, expected) => {
    const oneOff = await start();
    expect(await oneOff.who(await oneOff.create(fields))).toEqual(expected);
  });

  it('may be chosen by any of several tags, and says which', async () => {
    const oneOff = await start();
    const tagged = (name: string, titles: string[]) =>
      oneOff.club.client(name, { categories: titles.map((title, id) => ({ id, title, color: '#fff' })) });
    await tagged('both', ['yoga', 'pilates']);
    await tagged('one', ['pilates', 'morning']);
    await tagged('other', ['morning']);
    await oneOff.club.client('none', { categories: {} });
    expect(await oneOff.audience(await oneOff.create({ tags: ['yoga', 'pilates'] }))).toEqual([
      { who: 'both', why: 'in no segment, never visited, tagged “pilates”, “yoga”' },
      { who: 'one', why: 'in no segment, never visited, tagged “pilates”' },
    ]);
  });

  it('leaves out who was deleted, and clients of other clubs', async () => {
    const oneOff = await start();
    const elsewhere = await start();
    await oneOff.club.deleteClient('lost');
    const id = await oneOff.create();
    expect(await oneOff.who(id)).toEqual(['active', 'never', 'silent']);
    expect(await elsewhere.who(id)).toEqual([]);
  });

  it.each([true, false])('is the same whether the rollup stands at the day (%s) or not', async (stands) => {
    const oneOff = await start();
    if (stands) await oneOff.club.refresh();
    expect(await oneOff.who(await oneOff.create({ last_visit_from_days: 60 }))).toEqual(['lost', 'silent']);
  });

  it('can be asked for a day in the past', async () => {
    const oneOff = await start();
    const id = await oneOff.create({ segment: 'regular' });
    expect(await oneOff.who(id, oneOff.club.ago(80))).toEqual([]);
    expect(await oneOff.who(id)).toEqual(['active']);
  });
});

describe('the audiences of a day', () => {
  const audiences = async (oneOff: OneOff, day: string) => {
    const rows = await oneOff.sql<{ id: number; who: string }[]>`
      select member.campaign_id::int as id, client.external_id as who
      from campaigns.audiences(${oneOff.club.id}, ${day}) as member
      join crm.clients as client on client.club_id = ${oneOff.club.id} and client.client_id = member.client_id
      order by id, who`;
    return rows.map(({ id, who }) => [id, who]);
  };

  it('are those of running campaigns, from their first day to their last', async () => {
    const oneOff = await start();
    const { club } = oneOff;
    const dates = { starts_date: club.ago(-1), ends_date: club.ago(-2), languages: ['cs'] };
    const first = await oneOff.run({ ...dates, segment: 'going_silent' });
    const second = await oneOff.run({ ...dates, last_visit_from_days: 90 });
    await oneOff.create(dates);
    await oneOff.stop(await oneOff.run(dates));

    expect(await audiences(oneOff, club.today)).toEqual([]);
    for (const day of [club.ago(-1), club.ago(-2)])
      expect(await audiences(oneOff, day)).toEqual([
        [first, 'silent'],
        [second, 'silent'],
      ]);
    expect(await audiences(oneOff, club.ago(-3))).toEqual([]);
  });
});
