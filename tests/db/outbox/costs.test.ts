import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { EffectStory } from './effect-story.ts';

const clubs = useClubs();

const PLANNED = '2026-05-01T08:00:00Z';
const SENT = '2026-05-01T10:00:00Z';
const REGULAR = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'marketing' };
const FREE = { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' };

const begin = async () => EffectStory.begin(await clubs.open());

/** One row a month, category and type: delivered / billable / cost. */
async function costs({ club, sql }: EffectStory, from = '2026-01-01', until = '2026-12-31') {
  const rows = await sql<
    {
      month: string;
      category: string | null;
      type: string | null;
      delivered: number;
      billable: number | null;
      cost: number | null;
    }[]
  >`
    select
      month_date::text as month, category, price_type as type, delivered::int, billable::int, cost_minor::int as cost
    from outbox.costs(${club.id}, ${from}, ${until})`;
  return rows.map(({ month, category, type, ...numbers }) => [
    `${month.slice(0, 7)} ${category}/${type}`,
    numbers.delivered,
    numbers.billable,
    numbers.cost,
  ]);
}

it('counts delivered messages by category and type, and bills the regular ones', async () => {
  const story = await begin();
  const delivered = { at: PLANNED, sentAt: SENT, deliveredAt: SENT };
  for (const name of ['a', 'b', 'c']) await story.draft(name, { ...delivered, pricing: REGULAR });
  await story.draft('utility', { ...delivered, pricing: { ...REGULAR, category: 'utility' } });
  for (const name of ['d', 'e']) await story.draft(name, { ...delivered, pricing: FREE });
  await story.draft('advertised', { ...delivered, pricing: { ...FREE, type: 'free_entry_point' } });
  await story.draft('read', { at: PLANNED, sentAt: SENT, readAt: SENT, pricing: REGULAR });
  await story.draft('not delivered', { at: PLANNED, sentAt: SENT, pricing: REGULAR });
  await story.club.set({ message_price_minor: 190 });
  expect(await costs(story)).toEqual([
    ['2026-05 marketing/regular', 4, 4, 760],
    ['2026-05 service/free_customer_service', 2, 0, 0],
    ['2026-05 service/free_entry_point', 1, 0, 0],
    ['2026-05 utility/regular', 1, 1, 190],
  ]);
});

it('goes by the type, whatever the field that Meta is about to drop says', async () => {
  const story = await begin();
  const delivered = { at: PLANNED, sentAt: SENT, deliveredAt: SENT };
  await story.draft('a', { ...delivered, pricing: { type: 'regular', category: 'marketing' } });
  await story.draft('b', { ...delivered, pricing: { ...FREE, billable: true } });
  await story.club.set({ message_price_minor: 200 });
  expect(await costs(story)).toEqual([
    ['2026-05 marketing/regular', 1, 1, 200],
    ['2026-05 service/free_customer_service', 1, 0, 0],
  ]);
});

it('of a message without a word about the price says neither what is billed nor what it cost', async () => {
  const story = await begin();
  await story.draft('a', { at: PLANNED, sentAt: SENT, deliveredAt: SENT });
  await story.draft('b', { at: PLANNED, sentAt: SENT, deliveredAt: SENT, pricing: { billable: true } });
  await story.club.set({ message_price_minor: 190 });
  expect(await costs(story)).toEqual([['2026-05 null/null', 2, null, null]]);
});

it('is unknown without a price, and nothing at the price of zero', async () => {
  const story = await begin();
  await story.draft('a', { at: PLANNED, sentAt: SENT, deliveredAt: SENT, pricing: REGULAR });
  expect(await costs(story)).toEqual([['2026-05 marketing/regular', 1, 1, null]]);
  await story.club.set({ message_price_minor: 0 });
  expect(await costs(story)).toEqual([['2026-05 marketing/regular', 1, 1, 0]]);
});

it('puts a message into the month of the club’s calendar in which it was delivered', async () => {
  const story = await begin();
  // In Prague it is June two hours before it is in London.
  const may = { at: '2026-05-31T20:00:00Z', sentAt: '2026-05-31T20:00:00Z', pricing: REGULAR };
  await story.draft('may', { ...may, deliveredAt: '2026-05-31T21:59:59Z' });
  await story.draft('june', { ...may, deliveredAt: '2026-05-31T22:00:00Z' });
  await story.draft('july', { ...may, deliveredAt: '2026-06-30T22:00:00Z' });
  await story.sql`
    update outbox.messages set delivery = 'delivered', delivered_at = null
    where club_id = ${story.club.id} and client_id = ${await story.club.idOf('may')}`;
  expect((await costs(story)).map(([key]) => key)).toEqual([
    '2026-07 marketing/regular',
    '2026-06 marketing/regular',
    '2026-05 marketing/regular',
  ]);
  expect((await costs(story, '2026-06-01', '2026-06-30')).map(([key]) => key)).toEqual([
    '2026-06 marketing/regular',
  ]);
});

it('is another club’s in nothing', async () => {
  const [mine, theirs] = [await begin(), await begin()];
  await theirs.draft('a', { at: PLANNED, sentAt: SENT, deliveredAt: SENT, pricing: REGULAR });
  expect(await costs(mine)).toEqual([]);
});

it('adds up, whatever was sent when and at which type of price', async () => {
  const message = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 6 }),
    type: fc.constantFrom('regular', 'free_customer_service', null),
    category: fc.constantFrom('marketing', 'utility'),
    isDelivered: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 12 }),
      fc.integer({ min: 0, max: 500 }),
      async (all, price) => {
        const story = await begin();
        await story.club.set({ message_price_minor: price });
        for (const [index, { day, month, type, category, isDelivered }] of all.entries()) {
          const at = new Date(Date.UTC(2026, month - 1, day, 9)).toISOString();
          await story.draft(`client ${index}`, {
            ...{ at, sentAt: at, ...(isDelivered ? { deliveredAt: at } : {}) },
            ...(type === null ? {} : { pricing: { type, category } }),
          });
        }
        const rows = await costs(story);
        const delivered = all.filter(({ isDelivered }) => isDelivered);
        const billed = delivered.filter(({ type }) => type === 'regular');
        const sum = (column: 1 | 2 | 3) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
        expect([sum(1), sum(2), sum(3)]).toEqual([delivered.length, billed.length, billed.length * price]);
      },
    ),
    { numRuns: 15 },
  );
});
