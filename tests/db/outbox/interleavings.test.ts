import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { Post } from '../post.ts';

// Statuses come twice, late and out of order, and before our own response. Whatever the order, the state is that of the definition.

const clubs = useClubs();
const INTERLEAVINGS = Number(process.env.INTERLEAVINGS ?? 1_000_000);
const CHUNK = 250_000;

/** Lists of one to eight statuses each, drawn from the seed, with duplicates; folded in a random order, and by the definition. */
const DIFFERENCES = `
  with status as (
    select
      list.number,
      hashint8extended(list.number * 16 + place.number, $3) as place_in_time,
      (array['accepted', 'held', 'sent', 'delivered', 'read', 'failed']::outbox.delivery[])[1 + (drawn.bits & 65535) % 6] as delivery,
      timestamptz '2026-06-15 10:00Z' + make_interval(secs => ((drawn.bits >> 16) & 65535) % 20) as happened_at,
      131000 + ((drawn.bits >> 32) & 65535)::integer % 3 as code
    from generate_series($1::bigint, $2::bigint) as list (number)
    cross join lateral generate_series(1, 1 + (hashint8extended(list.number, $3) & 7)) as place (number)
    cross join lateral (select hashint8extended(list.number * 16 + (place.number & 6), $3 + 1) & 9223372036854775807 as bits) as drawn
  ),
  folded as (
    select
      status.number,
      pg_temp.merged(
        row(
          status.delivery,
          case when status.delivery in ('delivered', 'read') then status.happened_at end,
          case when status.delivery = 'read' then status.happened_at end,
          case when status.delivery = 'failed' then status.happened_at end,
          case when status.delivery = 'failed' then status.code end,
          null
        )::outbox.delivery_state
        order by status.place_in_time
      ) as state,
      max(case status.delivery
        when 'accepted' then 1 when 'held' then 2 when 'sent' then 3 when 'failed' then 4 when 'delivered' then 5 else 6
      end) as rank,
      min(status.happened_at) filter (where status.delivery in ('delivered', 'read')) as delivered_at,
      min(status.happened_at) filter (where status.delivery = 'read') as read_at,
      min(status.happened_at) filter (where status.delivery = 'failed') as failed_at,
      min((status.happened_at, status.code)::text) filter (where status.delivery = 'failed') as first_failure
    from status
    group by status.number
  )
  select
    count(*)::int as lists,
    count(*) filter (where (folded.state).delivery = 'failed')::int as failed,
    count(*) filter (
      where (folded.state).delivery::text
          is distinct from (array['accepted', 'held', 'sent', 'failed', 'delivered', 'read'])[folded.rank]
        or (folded.state).delivered_at is distinct from folded.delivered_at
        or (folded.state).read_at is distinct from folded.read_at
        or (folded.state).failed_at is distinct from folded.failed_at
        or coalesce((folded.state).error_code::text, '') is distinct from coalesce(
          case folded.rank when 4 then substring(folded.first_failure from '(\\d{6})\\)$') end, ''
        )
    )::int as different
  from folded`;

describe('the delivery of a message', () => {
  it(
    'is the highest that any order of its statuses has seen, failures right, a million times',
    { timeout: 240_000 },
    async () => {
      const seed = Number(process.env.INTERLEAVINGS_SEED ?? Date.now() % 1_000_000);
      console.log(`${INTERLEAVINGS} interleavings, seed ${seed}: INTERLEAVINGS_SEED=${seed} repeats them`);
      const sql = await clubs.sql.reserve();
      try {
        await sql`create aggregate pg_temp.merged(outbox.delivery_state) (sfunc = outbox.merge_delivery, stype = outbox.delivery_state)`;
        let [lists, failed] = [0, 0];
        for (let from = 1; from <= INTERLEAVINGS; from += CHUNK) {
          const until = Math.min(from + CHUNK - 1, INTERLEAVINGS);
          const [row] = await sql.unsafe<{ lists: number; failed: number; different: number }[]>(
            DIFFERENCES,
            [from, until, seed],
          );
          expect(row!.different).toBe(0);
          lists += row!.lists;
          failed += row!.failed;
        }
        expect(lists).toBe(INTERLEAVINGS);
        // Neither all nor none.
        expect(failed).toBeGreaterThan(INTERLEAVINGS / 20);
        expect(failed).toBeLessThan(INTERLEAVINGS / 2);
      } finally {
        sql.release();
      }
    },
  );
});

const RANKS = ['accepted', 'sent', 'failed', 'delivered', 'read'];
const NAMES = ['eva', 'jan', 'petr'];

const told = fc.record({
  name: fc.constantFrom(...NAMES),
  status: fc.constantFrom('sent', 'delivered', 'read', 'failed'),
  second: fc.integer({ min: -60, max: 0 }),
  isTwice: fc.boolean(),
});
type Told = { name: string; status: string; second: number; isTwice: boolean };

describe('what the dashboard counts', () => {
  it('equals a recount of the statuses, whenever our own responses were stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat({ max: 12 }), { minLength: 3, maxLength: 3 }),
        async (statuses, settledAfter) => {
          const post = await Post.queued(await clubs.open(), NAMES);
          const claims = await post.claim();
          for (const claim of claims) await post.start(claim);
          await post.pass(1);
          const settle = async (index: number) => {
            const claim = claims[index]!;
            await post.settle(claim, { outcome: 'accepted', wamid: `wamid.${claim.message_id}` });
          };
          for (const [place, status] of statuses.entries()) {
            for (const [index, after] of settledAfter.entries()) if (after === place) await settle(index);
            await tell(post, status);
          }
          for (const [index, after] of settledAfter.entries())
            if (after >= statuses.length) await settle(index);
          expect(await counted(post)).toEqual(recounted(statuses));
        },
      ),
      { numRuns: 25 },
    );
  });
});

async function tell(post: Post, { name, status, second, isTwice }: Told): Promise<void> {
  const errors = [{ code: 131000, title: 'Something went wrong' }];
  for (let copy = 0; copy < (isTwice ? 2 : 1); copy += 1) {
    await post.status(status, { name, second, ...(status === 'failed' && { errors }) });
  }
}

/** By delivery, as the effects and the history count them. */
async function counted(post: Post): Promise<Record<string, number>> {
  const rows = await clubs.sql<{ delivery: string; messages: number }[]>`
    select delivery, count(*)::int as messages from outbox.messages
    where club_id = ${post.campaign.club.id} group by delivery`;
  return Object.fromEntries(rows.map(({ delivery, messages }) => [delivery, messages]));
}

function recounted(statuses: Told[]): Record<string, number> {
  const highest = NAMES.map((name) => {
    const ranks = statuses.filter((each) => each.name === name).map(({ status }) => RANKS.indexOf(status));
    return RANKS[Math.max(0, ...ranks)]!;
  });
  return Object.fromEntries(
    [...Map.groupBy(highest, (each) => each)].map(([each, all]) => [each, all.length]),
  );
}
