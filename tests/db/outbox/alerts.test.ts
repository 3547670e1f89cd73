import { beforeEach, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import type { Club } from '../club.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

let club: Club;
beforeEach(async () => {
  club = await clubs.open();
  await clubs.sql`delete from outbox.alerts`;
  await clubs.sql`delete from outbox.posts`;
});

const at = (time: string) => `2026-06-15T${time}:00Z`;

async function raise(what: string, time: string, clubId: number | null = club.id, subject = '') {
  const [row] = await clubs.sql<{ is_new: boolean }[]>`
    select outbox.raise_alert('dead_letters', ${what}, ${at(time)}, ${clubId}, ${subject}) as is_new`;
  return row!.is_new;
}

async function end(time: string, clubId: number | null = club.id, subject = '') {
  const [row] = await clubs.sql<{ is_over: boolean }[]>`
    select outbox.end_alert('dead_letters', ${at(time)}, ${clubId}, ${subject}) as is_over`;
  return row!.is_over;
}

const due = (time: string) => clubs.sql<{ object: string; state: string; lane: string; club: number }[]>`
  select object, state, lane, club_id::int as club from outbox.due_alerts(${at(time)}) order by object::bigint`;

/** The chat shows everything that is due; how many were new messages. */
async function show(time: string): Promise<{ sent: number; edited: number }> {
  const posts = await due(time);
  for (const { object, state, club: id } of posts)
    await clubs.sql`
      select outbox.store_post('alert', ${object}, ${id}, '-1', 1, null, ${state}, true, ${at(time)})`;
  const count = (lane: string) => posts.filter((post) => post.lane === lane).length;
  return { sent: count('send'), edited: count('edit') };
}

it('An incident is one message, changed with it and when it is over, and then left alone', async () => {
  expect(await raise('1 message', '10:00')).toBe(true);
  expect(await raise('1 message', '10:01')).toBe(false);
  expect(await show('10:01')).toEqual({ sent: 1, edited: 0 });
  expect(await show('10:02')).toEqual({ sent: 0, edited: 0 });
  expect(await raise('2 messages', '10:03')).toBe(false);
  expect(await show('10:03')).toEqual({ sent: 0, edited: 1 });
  expect(await end('10:40')).toBe(true);
  expect(await end('10:41')).toBe(false);
  expect(await show('10:41')).toEqual({ sent: 0, edited: 1 });
  expect(await show('10:42')).toEqual({ sent: 0, edited: 0 });
  const [row] = await clubs.sql`
    select outbox.alert_body(alert_id::text, ${at('10:42')}) as body from outbox.alerts`;
  expect(row!.body).toMatchObject({
    club_id: club.id,
    what: '2 messages',
    ended_at: expect.any(String),
  });
});

it('What flaps stays one incident: it is another only an hour after its end', async () => {
  await raise('1 message', '10:00');
  await show('10:00');
  await end('10:10');
  await show('10:10');
  expect(await raise('1 message', '11:09')).toBe(true);
  expect(await show('11:09')).toEqual({ sent: 0, edited: 1 });
  await end('11:10');
  await show('11:10');
  expect(await raise('1 message', '12:10')).toBe(true);
  expect(await show('12:10')).toEqual({ sent: 1, edited: 0 });
});

it('One that is over before it was shown is never shown', async () => {
  await raise('1 message', '10:00');
  await end('10:01');
  expect(await show('10:01')).toEqual({ sent: 0, edited: 0 });
});

it('Each club, each subject and the installation have incidents of their own', async () => {
  const other = await clubs.open();
  expect(await raise('x', '10:00')).toBe(true);
  expect(await raise('x', '10:00', other.id)).toBe(true);
  expect(await raise('x', '10:00', null)).toBe(true);
  expect(await raise('x', '10:00', null)).toBe(false);
  expect(await raise('x', '10:00', club.id, 'birthday_v1/cs')).toBe(true);
  expect(await end('10:01', null)).toBe(true);
  expect(await due('10:01')).toHaveLength(3);
});

it('An operator reads those of their clubs and of all, each once; nobody else’s', async () => {
  const other = await clubs.open();
  await raise('mine', '10:00');
  await raise('theirs', '10:00', other.id);
  await raise('of all', '10:00', null);
  const person = await operator(clubs.sql, club.id, 'moderator');
  const read = (who: string | null) =>
    asPerson(clubs.sql, who, (sql) => sql<{ what: string }[]>`select what from api.alerts order by what`);
  expect((await read(person)).map(({ what }) => what)).toEqual(['mine', 'of all']);
  expect(await read(crypto.randomUUID())).toEqual([]);
});
