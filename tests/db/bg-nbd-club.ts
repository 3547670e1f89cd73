// Clubs for BG/NBD: members by the hundred with a history that no test tells one by one.
import type { Parameters } from '../../shared/bg-nbd/facts.ts';
import { simulateClients } from '../simulated-clients.ts';
import { Campaign, NOON } from './campaign.ts';
import type { Club } from './club.ts';

/** Straight into the mirror: one client for each list of days ago on which a visit was made. */
export async function addVisitors(club: Club, visitors: readonly number[][]): Promise<void> {
  const names = visitors.map(() => club.nextId('visitor'));
  const clients = await club.sql<{ id: number; name: string }[]>`
    insert into crm.clients (club_id, external_id, name, language, language_source, raw)
    select ${club.id}, name, name, 'cs', 'default', '{}' from unnest(${names}::text[]) as name
    returning client_id::int as id, external_id as name`;
  const ids = new Map(clients.map(({ id, name }) => [name, id]));
  const visits = visitors.flatMap((daysAgo, place) => {
    const id = ids.get(names[place]!)!;
    return daysAgo.map((days) => ({ id, days }));
  });
  await club.sql`
    insert into crm.bookings (club_id, external_id, client_id, service_kind, status, starts_at, local_date, raw)
    select
      ${club.id}, visit.client_id || '/' || visit.ordinal, visit.client_id, 'group', 'attended',
      (${club.today}::date - visit.days)::timestamp at time zone 'UTC', ${club.today}::date - visit.days, '{}'
    from unnest(${visits.map(({ id }) => id)}::bigint[], ${visits.map(({ days }) => days)}::integer[])
      with ordinality as visit (client_id, days, ordinal)`;
  // As the sync does with what is new in bulk: nobody else would tell the planner in time.
  await club.sql`analyze crm.clients, crm.bookings`;
}

/** The rollup stands at the club's today, and the mirror is complete: from here on the club is due. */
export async function makeDue(club: Club, now?: string): Promise<void> {
  await club.refresh();
  await Campaign.start(club, now);
}

/** Members who come and go as the model says, up to the end of yesterday. */
export async function addSimulated(
  club: Club,
  parameters: Parameters,
  options: { clients: number; days: number; seed: number },
): Promise<void> {
  const simulated = simulateClients(parameters, options);
  await addVisitors(
    club,
    simulated.map(({ age, visits }) => visits.map((at) => 1 + Math.floor(age - at))),
  );
}

/** Who came on so many days before the facts end, as often as that, and never since. */
export const earlier = (clients: number, ...daysBefore: number[]): number[][] =>
  Array.from({ length: clients }, () => daysBefore.map((days) => 31 + days));

/** What a search might have come to. */
export const FIT = {
  ...{ clients: 300, repeat_clients: 250, r: 1.2, alpha: 9, a: 0.6, b: 7 },
  ...{ log_likelihood: -1234.5, iterations: 321, has_converged: true },
};

export interface Begun {
  repeat_clients: number;
  is_enough: boolean;
  facts: [frequency: number, recency: number, age: number, clients: number][];
}

export async function begin(club: Club, now = NOON): Promise<Begun> {
  const [row] = await club.sql<
    { begun: Begun }[]
  >`select stats.begin_bg_nbd_fit(${club.id}, ${now}) as begun`;
  return row!.begun;
}

export async function keep(
  club: Club,
  fit: Partial<typeof FIT> = {},
  basis = 'pooled',
  now = NOON,
): Promise<number> {
  const [row] = await club.sql<{ id: number }[]>`
    select stats.keep_bg_nbd_fit(${club.id}, ${basis}, ${club.sql.json({ ...FIT, ...fit })}, ${now})::int as id`;
  return row!.id;
}

/** A fit with these parameters, whatever the club's own members would say. */
export async function fitted(club: Club, fit: Partial<typeof FIT> = {}): Promise<number> {
  await begin(club);
  return keep(club, fit);
}
