import { shiftDay } from './club.ts';
import type { Day } from './club.ts';
import { count, earliest, latest } from './oracle.ts';
import type { ClientFacts } from './oracle.ts';

/** What stats.client_stats should say of a client; day 0 of the facts is `dayZero`. */
export function rollupRowOf(client: ClientFacts, today: number, dayZero: Day) {
  const dated = (day: number | null) => (day === null ? null : shiftDay(dayZero, day));
  return {
    first_visit_date: dated(earliest(client.visits)),
    last_visit_date: dated(latest(client.visits)),
    visits_total: client.visits.length,
    visits_7d: count(client.visits, today - 6, today),
    visits_30d: count(client.visits, today - 29, today),
    visits_previous_30d: count(client.visits, today - 59, today - 30),
    first_pt_visit_date: dated(earliest(client.ptVisits)),
    last_pt_visit_date: dated(latest(client.ptVisits)),
    pt_visits_total: client.ptVisits.length,
    pt_visits_30d: count(client.ptVisits, today - 29, today),
    pt_visits_previous_30d: count(client.ptVisits, today - 59, today - 30),
    cadence_days: client.cadence,
    ltv_minor: client.ltv,
    first_membership_date: dated(client.firstMembership),
  };
}
