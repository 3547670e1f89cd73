import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { asPerson, operator } from '../session.ts';

const clubs = useClubs();

const PHONE = '+420777000100';

/** A mother with two children on her phone, a loner, and one without a phone. */
async function family(): Promise<Club> {
  const club = await clubs.open();
  for (const name of ['mother', 'son', 'daughter']) await club.client(name, { phone: PHONE });
  await club.client('loner', { phone: '+420777000101' });
  await club.client('offline', { phone: null });
  return club;
}

const persons = (club: Club) => clubs.sql`
  select phone, client_ids::int[] as client_ids, clients::int as clients, main_client_id::int as main_client_id
  from crm.persons where club_id = ${club.id} order by phone`;

describe('a person', () => {
  it('is whoever shares a phone, with the client known longest as the main one', async () => {
    const club = await family();
    const [mother, son, daughter, loner] = await Promise.all(
      ['mother', 'son', 'daughter', 'loner'].map((name) => club.idOf(name)),
    );
    expect(await persons(club)).toEqual([
      { phone: PHONE, client_ids: [mother, son, daughter], clients: 3, main_client_id: mother },
      { phone: '+420777000101', client_ids: [loner], clients: 1, main_client_id: loner },
    ]);
  });

  it('is one without a deleted client, and other people in another club', async () => {
    const club = await family();
    const other = await family();
    await club.deleteClient('mother');
    const [son, daughter] = [await club.idOf('son'), await club.idOf('daughter')];
    expect((await persons(club))[0]).toMatchObject({ client_ids: [son, daughter], main_client_id: son });
    expect((await persons(other))[0]).toMatchObject({ clients: 3 });
  });
});

describe('shared phones', () => {
  it('show an operator who shares which, in their own club', async () => {
    const club = await family();
    await family();
    const owner = await operator(clubs.sql, club.id, 'owner');
    const rows = await asPerson(clubs.sql, owner, (sql) => sql`select * from api.shared_phones`);
    expect(rows).toMatchObject([{ club_id: String(club.id), phone: PHONE, clients: '3' }]);
    expect(rows[0]!.members).toEqual(
      await Promise.all(
        ['mother', 'son', 'daughter'].map(async (name) => ({
          client_id: await club.idOf(name),
          external_id: name,
          name,
        })),
      ),
    );
  });

  it('are nothing to a stranger', async () => {
    await family();
    const look = asPerson(clubs.sql, crypto.randomUUID(), (sql) => sql`select * from api.shared_phones`);
    expect(await look).toEqual([]);
  });
});
