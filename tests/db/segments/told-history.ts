import type { Club } from '../club.ts';

export interface ToldHistory {
  /** Days ago on which it begins. */
  begins: number;
  /** In the order in which they are noticed. */
  changes: ToldChange[];
  /** Where everybody is now; null: unsegmented. Who is not named has no row: deleted, or never came. */
  members: Record<string, string | null>;
}

/** Of a client, so many days ago, from and to; null is unsegmented. */
export type ToldChange = [client: string, daysAgo: number, from: string | null, to: string | null];

/** Stores a history as ticks until today would have. */
export async function tellHistory(club: Club, { begins, changes, members }: ToldHistory): Promise<void> {
  const { sql, id, today } = club;
  for (const name of new Set([...Object.keys(members), ...changes.map(([client]) => client)]))
    await club.client(name);
  await sql`insert into segments.histories (club_id, begins_date) values (${id}, ${club.ago(begins)})`;
  await sql`
    insert into segments.club_days (club_id, as_of, settings_hash)
    values (${id}, ${today}, segments.settings_hash(${id}))`;
  for (const [client, daysAgo, from, to] of changes) {
    await sql`
      insert into segments.changes (club_id, client_id, changed_date, from_segment, to_segment, reason)
      values (${id}, ${await club.idOf(client)}, ${club.ago(daysAgo)}, ${from}, ${to}, ${`because ${to}`})`;
  }
  for (const [client, segment] of Object.entries(members)) {
    await sql`
      insert into segments.client_segments (club_id, client_id, segment, since_date)
      values (${id}, ${await club.idOf(client)}, ${segment}, ${today})`;
  }
}
