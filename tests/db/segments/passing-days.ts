import type { Club } from '../club.ts';
import { shiftDay } from '../club.ts';

/** One client on one day, as everybody is decided, beside what is kept of them. */
export interface Placed {
  client: number;
  ltv: number;
  segment: string | null;
  /** Days until the next turn, null: never. */
  turns: number | null;
  keptSegment: string | null;
  keptTurns: number | null;
  /** Of each rule, by its code. */
  holds: Record<string, boolean>;
  /** Days until each date of each rule's list of turns; those that have passed are not above zero. */
  ahead: Record<string, (number | null)[]>;
}

export interface PassedDay {
  day: number;
  threshold: number | null;
  placed: Placed[];
  /** Whom the day made another in the rollup. */
  turned: Set<number>;
}

/** The product passes the day, and everybody is decided beside it. */
export async function passDay(club: Club, day: number): Promise<PassedDay> {
  const [date, before] = [shiftDay(club.today, day), shiftDay(club.today, day - 1)];
  await club.sql`select segments.tick(${club.id}, ${`${date}T10:00:00Z`})`;
  const [made] = await club.sql<{ statement: string; turned: number[]; threshold: number | null }[]>`
    select
      segments.query(
        ${club.id}, ${date},
        format(
          $columns$
            client.client_id::int as client,
            client.ltv_minor::int as ltv,
            placed.segment,
            %s - club.as_of as turns,
            kept.segment as "keptSegment",
            kept.turns_date - club.as_of as "keptTurns",
            jsonb_build_object(%s) as holds,
            jsonb_build_object(%s) as ahead
          $columns$,
          segments.turns_sql(),
          (select string_agg(format('%L, (%s) is true', code, holds), ', ') from segments.definitions),
          (
            select string_agg(format('%L, array[%s]::int[]', code, list.dates), ', ')
            from segments.definitions
            cross join lateral (
              select string_agg(format('(%s) - club.as_of', turn.date), ', ' order by turn.place) as dates
              from unnest(turns) with ordinality as turn (date, place)
            ) as list
          )
        ),
        'stats.client_stats',
        $rest$
          left join segments.client_segments as kept
            on kept.club_id = client.club_id and kept.client_id = client.client_id
          where client.last_visit_date is not null
        $rest$,
        p_is_fenced => true
      ) as statement,
      stats.turned_clients(${club.id}, ${before}, ${date})::int[] as turned,
      stats.vip_threshold(${club.id}, ${date})::int as threshold`;
  const { statement, turned, threshold } = made!;
  const placed = await club.sql.unsafe<Placed[]>(statement);
  return { day, threshold, placed, turned: new Set(turned) };
}
