import type { Club, Day } from '../club.ts';

/** value, numerator, denominator, sample size. */
type Numbers = [number | null, number | null, number | null, number];

export interface KeptDay {
  basis: string;
  readings: Record<string, Numbers>;
}

/** Keeps every metric of a day as of that moment; returns how many rows it kept. */
export async function takeSnapshot(club: Club, day: Day, now: Date | string): Promise<number> {
  const [taken] = await club.sql<{ rows: number }[]>`
    select metrics.take_snapshot(${club.id}, ${day}, ${now})::int as rows`;
  return taken!.rows;
}

/** What is kept of a day over all visits; undefined when nothing is. */
export async function keptOn(club: Club, day: Day): Promise<KeptDay | undefined> {
  const [kept] = await club.sql<KeptDay[]>`
    select
      string_agg(distinct basis, ' and ') as basis,
      jsonb_object_agg(code, jsonb_build_array(value, numerator, denominator, sample_size)) as readings
    from metrics.snapshots
    where club_id = ${club.id} and as_of = ${day} and service_kind = 'all'
    having count(*) > 0`;
  return kept;
}

/** What is read of a day now. */
export async function readingsOn(club: Club, day: Day): Promise<Record<string, Numbers>> {
  const [read] = await club.sql<{ readings: Record<string, Numbers> }[]>`
    select jsonb_object_agg(code, jsonb_build_array(value, numerator, denominator, sample_size)) as readings
    from metrics.read_all(${club.id}, ${day})`;
  return read!.readings;
}

/** The days of which something is kept over all visits, latest first. */
export async function keptDays(club: Club): Promise<Day[]> {
  const rows = await club.sql<{ day: Day }[]>`
    select distinct as_of::text as day from metrics.snapshots
    where club_id = ${club.id} and service_kind = 'all' order by 1 desc`;
  return rows.map(({ day }) => day);
}
