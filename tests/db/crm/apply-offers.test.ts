import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const OFFERS: [entity: string, row: Record<string, JSONValue>, edit: Record<string, JSONValue>][] = [
  [
    'membership_types',
    { external_id: '301', title: '10 visits', period: 3, period_unit: 'month', visits_included: 10 },
    { title: '12 visits', visits_included: 12 },
  ],
  [
    'loyalty_programmes',
    {
      external_id: '501',
      title: 'Welcome',
      type: 'discount_static',
      discount_value: 12.5,
      discount_unit: 'percent',
      usage_limit: 1,
    },
    { discount_value: 15, usage_limit: null },
  ],
];

describe.each(OFFERS)('%s', (entity, row, edit) => {
  const held = async (clubId: number) => {
    const [fields] = await clubs.sql<Record<string, JSONValue>[]>`
      select to_jsonb(offer) - 'club_id' - 'raw' as row from ${clubs.sql(`crm.${entity}`)} as offer
      where club_id = ${clubId}`;
    return fields?.row;
  };

  it('are kept as they came, and follow an edit', async () => {
    const club = await clubs.open();
    expect(await club.apply(entity, [row])).toBe(1);
    expect(await held(club.id)).toMatchObject({ ...row, is_deleted: false });
    expect(await club.apply(entity, [{ ...row, ...edit }])).toBe(1);
    expect(await held(club.id)).toMatchObject({ ...row, ...edit });
  });

  it('applied twice change nothing, and twice within one page are one row', async () => {
    const club = await clubs.open();
    expect(await club.apply(entity, [row, row])).toBe(1);
    expect(await club.apply(entity, [row])).toBe(0);
  });

  it('that were archived come back when the platform shows them again', async () => {
    const club = await clubs.open();
    await club.apply(entity, [row]);
    await clubs.sql`update ${clubs.sql(`crm.${entity}`)} set is_deleted = true where club_id = ${club.id}`;
    expect(await club.apply(entity, [row])).toBe(1);
    expect(await held(club.id)).toMatchObject({ is_deleted: false });
  });

  it('of one club are none of another', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    await club.apply(entity, [row]);
    expect(await held(other.id)).toBeUndefined();
  });
});

describe('what was sold', () => {
  it('names the kind of membership, on the card and on the sale', async () => {
    const club = await clubs.open();
    await club.sale('eva', club.today, { membership_type_external_id: '301' });
    await club.card('eva', club.today, { membership_type_external_id: '301' });
    const [types] = await clubs.sql`
      select sale.membership_type_external_id as sold, card.membership_type_external_id as held
      from crm.membership_sales as sale
      join crm.memberships as card using (club_id)
      where club_id = ${club.id}`;
    expect(types).toEqual({ sold: '301', held: '301' });
  });

  it('a service names its category, also when it moves to another or to none', async () => {
    const club = await clubs.open();
    const service = { external_id: '1', title: 'Yoga', category_title: 'Classes' };
    for (const category of ['21', '22', null]) {
      expect(await club.apply('services', [{ ...service, category_external_id: category }])).toBe(1);
      const [row] = await clubs.sql`
        select category_external_id as category from crm.services where club_id = ${club.id}`;
      expect(row).toEqual({ category });
    }
  });
});
