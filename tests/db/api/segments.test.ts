import { expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

const analystOf = (club: Club) => operator(clubs.sql, club.id, 'analyst');

it('shows the members of a segment with why, since when and until when at least', async () => {
  const club = await openToday(clubs);
  await club.came('eva', [1, 2, 3]);
  await club.came('jan', [30, 31]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  const person = await analystOf(club);
  const shown = (segment: string | null) =>
    asPerson(
      clubs.sql,
      person,
      (sql) => sql`
        select external_id, name, segment, reason, since_date::text as since, turns_date::text as turns
        from api.segment_members(${club.id}, ${segment})`,
    );
  const eva = {
    external_id: 'eva',
    name: 'eva',
    segment: 'regular',
    reason: '3 visits in the last 30 days',
    since: club.today,
    turns: club.ago(-20),
  };
  const jan = {
    external_id: 'jan',
    name: 'jan',
    segment: 'at_risk',
    reason: 'last visit 30 days ago',
    since: club.today,
    turns: club.ago(-30),
  };
  expect(await shown('regular')).toEqual([eva]);
  expect(await shown(null)).toEqual([eva, jan]);
});

it('knows since when only of the day that is kept', async () => {
  const club = await openToday(clubs);
  await club.came('eva', [20, 21, 22]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  const past = await asPerson(
    clubs.sql,
    await analystOf(club),
    (sql) => sql`
      select segment, reason, since_date from api.segment_members(${club.id}, p_as_of => ${club.ago(10)})`,
  );
  expect(past).toEqual([{ segment: 'regular', reason: '3 visits in the last 30 days', since_date: null }]);
});

it('shows the changes by name', async () => {
  const club = await openToday(clubs);
  await club.came('eva', [1, 2]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  await club.visits('eva', [club.today]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  const changes = await asPerson(
    clubs.sql,
    await analystOf(club),
    (sql) => sql`
      select client, changed_date::text as date, from_segment, to_segment, reason, basis
      from api.segment_changes where club_id = ${club.id}`,
  );
  expect(changes).toEqual([
    {
      client: 'eva',
      date: club.today,
      from_segment: null,
      to_segment: 'regular',
      reason: '3 visits in the last 30 days',
      basis: 'known',
    },
  ]);
});

it('explains a client of one’s own club, and knows nobody of another', async () => {
  const club = await openToday(clubs);
  await club.came('eva', [1, 2, 3]);
  await clubs.sql`select segments.tick(${club.id}, now())`;
  const eva = await club.idOf('eva');
  const explained = (person: string) =>
    asPerson(
      clubs.sql,
      person,
      (sql) => sql`select segment, reason from api.explain_segment(${club.id}, ${eva}) where is_winner`,
    );
  expect(await explained(await analystOf(club))).toEqual([
    { segment: 'regular', reason: '3 visits in the last 30 days' },
  ]);
  const stranger = await analystOf(await clubs.open());
  await expect(explained(stranger)).rejects.toThrow(`Club ${club.id} has no client ${eva}`);
  const members = await asPerson(
    clubs.sql,
    stranger,
    (sql) => sql`select * from api.segment_members(${club.id})`,
  );
  expect(members).toEqual([]);
});
