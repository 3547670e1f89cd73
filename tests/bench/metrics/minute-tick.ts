// A minute of a busy club: 200 visits come in, the rollup and the segments follow, all in one durable commit.
import type { Bench } from '../club/bench.ts';
import { LAST_DAY, NOW } from '../club/size.ts';
import { median, wallMs } from '../club/timing.ts';

/** Short blocks in turn, so that what disturbs the machine disturbs both sides. */
const ROUNDS = 6;
/** Switching triggers off and on makes the session plan everything anew. */
const WARM_UP = 3;
const MEASURED = 4;

/** Half new visits of today, half changed ones; four in five of clients who come, the rest of those who long did not. */
const VISITS = `
  with picked as (
    (
      select client.client_id, row_number() over (order by hashint8extended(client.client_id, $2)) as place
      from stats.client_stats as client
      where client.club_id = $1 and client.visits_30d > 0
      order by place
      limit 160
    )
    union all
    (
      select client.client_id, 1000 + row_number() over (order by hashint8extended(client.client_id, $2))
      from stats.client_stats as client
      where client.club_id = $1 and client.visits_30d = 0 and client.visits_total > 10
      order by 2
      limit 40
    )
  )
  select
    jsonb_agg(
      jsonb_build_object(
        'external_id', case when visit.is_new then 'tick-' || $2 || '-' || picked.place else visit.external_id end,
        'client_external_id', client.external_id,
        'staff_external_id', visit.staff_external_id,
        'services', jsonb_build_array(jsonb_build_object('external_id', visit.service_external_ids[1])),
        'status', case when visit.is_new or visit.status <> 'attended' then 'attended' else 'no_show' end,
        'is_deleted', false,
        'starts_at', case when visit.is_new then timestamptz '${LAST_DAY} 08:00Z' else visit.starts_at end,
        'raw', jsonb_build_object('run', $2::integer)
      )
    )::text as rows,
    array_agg(picked.client_id) as client_ids
  from picked
  join crm.clients as client
    on client.club_id = $1
    and client.client_id = picked.client_id
  cross join lateral (
    select booking.*, picked.place % 2 = 0 as is_new
    from crm.bookings as booking
    where booking.club_id = $1
      and booking.client_id = picked.client_id
      and booking.status in ('attended', 'no_show')
    order by booking.local_date desc, booking.booking_id
    offset $2::integer % 5
    limit 1
  ) as visit`;

interface Minute {
  rows: string;
  client_ids: string[];
}

export interface TickTimes {
  tickMs: number;
  upsertMs: number;
}

export async function measureMinuteTick(bench: Bench): Promise<TickTimes> {
  const ticks: number[] = [];
  const upserts: number[] = [];
  let run = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    ticks.push(...(await minutes(bench, run, true)));
    run += WARM_UP + MEASURED;
    upserts.push(...(await withoutMarks(bench, () => minutes(bench, run, false))));
    run += WARM_UP + MEASURED;
  }
  return { tickMs: median(ticks), upsertMs: median(upserts) };
}

async function minutes({ owner, clubId }: Bench, firstRun: number, withTick: boolean): Promise<number[]> {
  const took: number[] = [];
  const touched = new Set<string>();
  for (let run = 0; run < WARM_UP + MEASURED; run += 1) {
    const [minute] = await owner.unsafe<Minute[]>(VISITS, [clubId, firstRun + run]);
    const ms = await wallMs(() =>
      owner.begin(async (transaction) => {
        await transaction.unsafe(`select crm.apply_rows($1, 'bookings', $2::text::jsonb)`, [
          clubId,
          minute!.rows,
        ]);
        if (withTick) await transaction.unsafe(`select segments.tick($1, $2)`, [clubId, NOW]);
      }),
    );
    for (const id of minute!.client_ids) touched.add(id);
    if (run >= WARM_UP) took.push(ms);
  }
  if (!withTick) await catchUp({ owner, clubId }, [...touched]);
  return took;
}

/** What the silenced triggers would have marked. */
async function catchUp(
  { owner, clubId }: Pick<Bench, 'owner' | 'clubId'>,
  clientIds: string[],
): Promise<void> {
  await owner`
    insert into stats.dirty_clients (club_id, client_id)
    select ${clubId}, touched.client_id from unnest(${clientIds}::bigint[]) as touched (client_id)`;
  await owner`select segments.tick(${clubId}, ${NOW})`;
}

async function withoutMarks<T>({ owner }: Bench, work: () => Promise<T>): Promise<T> {
  const triggers = await owner<{ name: string }[]>`
    select trigger.tgname as name
    from pg_trigger as trigger
    join pg_proc as called on called.oid = trigger.tgfoid
    where trigger.tgrelid = 'crm.bookings'::regclass
      and called.pronamespace = 'stats'::regnamespace`;
  if (triggers.length === 0)
    throw new Error('No trigger of schema stats is on crm.bookings: nothing marks visits.');
  for (const { name } of triggers) await owner`alter table crm.bookings disable trigger ${owner(name)}`;
  try {
    return await work();
  } finally {
    for (const { name } of triggers) await owner`alter table crm.bookings enable trigger ${owner(name)}`;
  }
}
