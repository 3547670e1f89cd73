import { expect } from 'vitest';
import type { Club, Day } from './club.ts';
import type { History } from './history.ts';
import { factsOf, onlyOfKind, segmentOf, vipThreshold } from './oracle.ts';
import type { KnownClub } from './oracle.ts';
import { metricsOf } from './oracle-metrics.ts';
import type { KnownReading } from './oracle-metrics.ts';
import { rollupRowOf } from './oracle-rollup.ts';

/** What is kept and is not what the plain recomputation says, in either direction; nothing while everything is right. */
export async function differences(club: Club, day: Day) {
  return club.sql`
    with rollup as (select * from stats.client_stats where club_id = ${club.id}),
    replay as materialized (select * from stats.replay(${club.id}, ${day})),
    kept as (select client_id, segment, turns_date from segments.client_segments where club_id = ${club.id}),
    decided as materialized (
      select client_id, segment, turns_date
      from segments.place(${club.id}, ${day})
      join rollup using (client_id)
      where last_visit_date is not null
    ),
    change as (
      select
        *,
        lag(to_segment, 1, from_segment) over of_client as came_from,
        row_number() over of_client = count(*) over (partition by client_id) as is_last
      from segments.changes where club_id = ${club.id}
      window of_client as (partition by client_id order by changed_date, basis desc, change_id)
    ),
    threshold as (select vip_percentile_minor from stats.club_days where club_id = ${club.id})
    select 'only in the rollup' as what, to_jsonb(lone) as row from (table rollup except all table replay) as lone
    union all
    select 'only in the replay', to_jsonb(lone) from (table replay except all table rollup) as lone
    union all
    select 'only in kept segments', to_jsonb(lone) from (table kept except all table decided) as lone
    union all
    select 'only in decided segments', to_jsonb(lone) from (table decided except all table kept) as lone
    union all
    select 'a change from where the client was not', to_jsonb(change) from change
    where from_segment is distinct from came_from
    union all
    select 'a segment its changes do not lead to', to_jsonb(lone)
    from (
      select client_id, changed.segment as led_to, changed.changed_date, member.segment as kept, member.since_date
      from (select client_id, to_segment as segment, changed_date from change where is_last) as changed
      full join (
        select client_id, segment, since_date from segments.client_segments where club_id = ${club.id} and segment is not null
      ) as member using (client_id)
      cross join (select begins_date from segments.histories where club_id = ${club.id}) as history
      where changed.segment is distinct from member.segment
        and (changed.segment is not null or changed.client_id is not null or member.since_date > history.begins_date)
        or changed.segment is not null and changed.changed_date <> member.since_date
    ) as lone
    union all
    select 'kept percentile', to_jsonb(threshold) from threshold
    where vip_percentile_minor is distinct from stats.vip_percentile(${club.id}, ${day})`;
}

/** Rows in which reading a day, whoever still waits for a refresh, is not the plain recomputation. */
export async function differencesOnDay(club: Club, day: Day) {
  return club.sql`
    with on_day as materialized (select * from stats.on_day(${club.id}, ${day})),
    replay as materialized (select * from stats.replay(${club.id}, ${day}))
    select 'only on the day' as what, to_jsonb(lone) as row from (table on_day except all table replay) as lone
    union all
    select 'only in the replay', to_jsonb(lone) from (table replay except all table on_day) as lone`;
}

/** What the database should say of a day, by client and by metric. */
function definitionsOf(known: KnownClub, today: number, dayZero: Day, codes?: string[]) {
  const facts = factsOf(known, today);
  const threshold = vipThreshold(facts, known.settings);
  const rows = [...facts].map(([name, client]) => [name, rollupRowOf(client, today, dayZero)]);
  const segments = [...facts].flatMap(([name, client]) => {
    const segment = segmentOf(client, threshold, known.settings, today);
    return segment === null ? [] : [[name, segment]];
  });
  const readings = [...metricsOf(known, today)]
    .filter(([code]) => codes === undefined || codes.includes(code))
    .map(([code, reading]) => [code, reading.map(nearly)]);
  return {
    clients: Object.fromEntries(rows),
    segments: Object.fromEntries(segments),
    readings: Object.fromEntries(readings),
  };
}

const nearly = (number: number | null) =>
  number === null || Number.isInteger(number) ? number : (expect.closeTo(number, 9) as number);

/** What should be read of the club on a day, whatever of it is refreshed by then. */
export function expectedOn({ club, known }: History, today: number) {
  return definitionsOf(known, today, club.today);
}

/** What the product reads of the club on a day. */
export async function readOn(club: Club, day: Day) {
  const [said] = await club.sql`
    select
      (
        select coalesce(jsonb_object_agg(client.external_id, to_jsonb(facts) - 'club_id' - 'client_id'), '{}')
        from stats.on_day(${club.id}, ${day}) as facts
        join crm.clients as client using (club_id, client_id)
      ) as clients,
      (
        select coalesce(jsonb_object_agg(external_id, segment), '{}') from segments.members(${club.id}, ${day})
      ) as segments,
      (
        select jsonb_object_agg(code, array[value::float8, numerator::float8, denominator::float8, sample_size])
        from metrics.read_all(${club.id}, ${day})
      ) as readings`;
  return said;
}

/** The same of the visits of one kind. */
export async function expectDefinitionsOfKind(
  { club, known, today, day }: History,
  kind: string,
): Promise<void> {
  const [said] = await club.sql<{ clients: object; readings: Record<string, KnownReading> }[]>`
    select
      (
        select coalesce(jsonb_object_agg(client.external_id, to_jsonb(facts) - 'club_id' - 'client_id'), '{}')
        from stats.replay(${club.id}, ${day}, p_service_kind => ${kind}) as facts
        join crm.clients as client using (club_id, client_id)
      ) as clients,
      (
        select jsonb_object_agg(code, array[value::float8, numerator::float8, denominator::float8, sample_size])
        from metrics.read_by_service_kind(${club.id}, ${day})
        where service_kind = ${kind}
      ) as readings`;
  const codes = Object.keys(said!.readings);
  expect(codes.length).toBeGreaterThan(0);
  const { clients, readings } = definitionsOf(onlyOfKind(known, kind), today, club.today, codes);
  expect(said).toEqual({ clients, readings });
}
