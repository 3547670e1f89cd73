import type { Club, Day } from './club.ts';
import type { useClubs } from './clubs.ts';

/** A zone where it is about noon, so that no test meets a midnight. */
function zoneAtNoon(now: Date): string {
  const ahead = now.getUTCHours() - 12;
  return `Etc/GMT${ahead < 0 ? '' : '+'}${ahead}`;
}

/** A club whose today is that of the clock, for what asks the clock: schema api and the schedules. */
export async function openToday(clubs: ReturnType<typeof useClubs>): Promise<Club> {
  const [row] = await clubs.sql<{ now: Date }[]>`select now()`;
  const timezone = zoneAtNoon(row!.now);
  const [local] = await clubs.sql<
    { today: Day }[]
  >`select (now() at time zone ${timezone})::date::text as today`;
  return clubs.open({ timezone, today: local!.today });
}
