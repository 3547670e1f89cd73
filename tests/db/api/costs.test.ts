import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { EffectStory } from '../outbox/effect-story.ts';
import { asPerson, operator } from '../session.ts';
import { openToday } from '../today.ts';

const clubs = useClubs();

/** One message billed just now, one two months ago. */
async function billed(): Promise<Club> {
  const club = await openToday(clubs);
  const story = await EffectStory.begin(club, { message_price_minor: 250 });
  const pricing = { type: 'regular', category: 'marketing' };
  const times = { eva: new Date().toISOString(), jan: `${club.ago(62)}T12:00:00Z` };
  for (const [name, at] of Object.entries(times)) {
    await story.draft(name, { at, sentAt: at, deliveredAt: at, pricing });
  }
  return club;
}

const read = (club: Club, person: string | null, months: number) =>
  asPerson(
    clubs.sql,
    person,
    (sql) => sql`
      select category, price_type, delivered::int, billable::int, cost_minor::int
      from api.message_costs(${club.id}, ${months})`,
  );

describe.each(['owner', 'operator', 'moderator', 'analyst'])('a club’s %s', (role) => {
  it('reads what the messages of the last months cost, and at which price', async () => {
    const club = await billed();
    const person = await operator(clubs.sql, club.id, role);
    const row = { category: 'marketing', price_type: 'regular', delivered: 1, billable: 1, cost_minor: 250 };
    expect(await read(club, person, 12)).toEqual([row, row]);
    expect(await read(club, person, 1)).toEqual([row]);
    const prices = await asPerson(clubs.sql, person, (sql) => sql`select * from api.message_prices`);
    expect(prices).toEqual([{ club_id: String(club.id), message_price_minor: 250 }]);
  });
});

it('a stranger reads nothing of it, and anonymous finds no door', async () => {
  const club = await billed();
  const stranger = await operator(clubs.sql, (await clubs.open()).id, 'owner');
  expect(await read(club, stranger, 12)).toEqual([]);
  await expect(read(club, null, 12)).rejects.toThrow('permission denied');
});
