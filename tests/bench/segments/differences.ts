import type { Bench } from '../club/bench.ts';

/** Whose kept segment or turn is not what placing everybody anew says of the day, in words. */
export async function keptWrongly({ owner, clubId }: Bench, day: string): Promise<string[]> {
  const [found] = await owner<{ differ: number; kept: number }[]>`
    with kept as (
      select client_id, segment, turns_date from segments.client_segments where club_id = ${clubId}
    ),
    placed as materialized (
      select client_id, placed.segment, placed.turns_date
      from segments.place(${clubId}, ${day}) as placed
      join stats.client_stats as rollup using (client_id)
      where rollup.club_id = ${clubId} and rollup.last_visit_date is not null
    )
    select
      (
        select count(*)::int
        from kept
        full join placed using (client_id)
        where (kept.client_id is null) <> (placed.client_id is null)
          or (kept.segment, kept.turns_date) is distinct from (placed.segment, placed.turns_date)
      ) as differ,
      (select count(*)::int from kept) as kept`;
  const { differ, kept } = found!;
  if (kept === 0) return ['no segments are kept'];
  return differ === 0 ? [] : [`the kept segments of ${differ} of ${kept} clients on ${day}`];
}
