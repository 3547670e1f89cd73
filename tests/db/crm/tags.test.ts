import type { JSONValue } from 'postgres';
import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

async function tags(raw: JSONValue): Promise<string[]> {
  const [row] = await clubs.sql<{ tags: string[] }[]>`select crm.tags(${clubs.sql.json(raw)}) as tags`;
  return row!.tags;
}

const category = (title: string | null) => ({ id: 1, title, color: '#e8d313' });

it.each<[JSONValue, string[]]>([
  [{ categories: [category('yoga'), category('Children')] }, ['Children', 'yoga']],
  [{ categories: [category(' yoga '), category('yoga')] }, ['yoga']],
  [{ categories: [category(' '), category(null), { id: 3 }] }, []],
  [{ categories: [] }, []],
  [{ categories: {} }, []],
  [{ categories: null }, []],
  [{ categories: 'yoga' }, []],
  [{ categories: ['yoga', 3, null] }, []],
  [{}, []],
  [[], []],
])('the tags of a client shown as %j are %j', async (raw, expected) => {
  expect((await tags(raw)).toSorted()).toEqual(expected.toSorted());
});
