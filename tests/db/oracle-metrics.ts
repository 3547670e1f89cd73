import { count, earliest, factsOf, latest, vipThreshold } from './oracle.ts';
import type { ClientFacts, KnownClub } from './oracle.ts';

/** Value, numerator, denominator, sample size. */
export type KnownReading = [number | null, number, number | null, number];

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const counted = (rows: number): KnownReading => [rows, rows, null, rows];
const ratio = (numerator: number, denominator: number): KnownReading => [
  denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
  denominator,
];

function firstVisitIn(client: ClientFacts, from: number, to: number): boolean {
  const first = earliest(client.visits);
  return first !== null && first >= from && first <= to;
}

/** Of every client's facts: does the client count? */
function clientCounts(
  today: number,
  threshold: number,
  coreMinVisits: number,
): Record<string, (client: ClientFacts) => boolean> {
  const came = (client: ClientFacts, days: number) => count(client.visits, today - days + 1, today);
  const trained = (client: ClientFacts) => count(client.ptVisits, today - 29, today);
  const away = (client: ClientFacts) => today - (latest(client.visits) ?? Infinity);
  const milestones = [10, 25, 50, 100, 200, 500].map((milestone) => [
    `milestone_${milestone}`,
    (client: ClientFacts) =>
      client.visits.length >= milestone && client.visits.filter((day) => day <= today - 7).length < milestone,
  ]);
  return {
    clients_total: () => true,
    new_clients_7d: (client) => firstVisitIn(client, today - 6, today),
    new_clients_30d: (client) => firstVisitIn(client, today - 29, today),
    active_7d: (client) => came(client, 7) > 0,
    active_30d: (client) => came(client, 30) > 0,
    core_clients: (client) => came(client, 30) >= coreMinVisits,
    early_churn: (client) => firstVisitIn(client, today - 90, today - 31) && came(client, 30) === 0,
    inactive_60d: (client) => away(client) >= 60 && away(client) <= 179,
    inactive_180d: (client) => away(client) >= 180,
    pt_first_30d: (client) => (earliest(client.ptVisits) ?? -Infinity) >= today - 29,
    pt_repeat_30d: (client) => trained(client) > 0 && client.ptVisits.length >= 2,
    pt_churn: (client) => count(client.ptVisits, today - 59, today - 30) > 0 && trained(client) === 0,
    high_ltv: (client) => client.ltv >= threshold,
    ...Object.fromEntries(milestones),
  };
}

function trialConversion(clients: ClientFacts[], today: number): KnownReading {
  const asked = clients.filter((client) => {
    const hadOne = client.firstMembership !== null && client.firstMembership < earliest(client.visits)!;
    return firstVisitIn(client, today - 59, today - 30) && !hadOne;
  });
  const bought = asked.filter(
    ({ visits, firstMembership }) => firstMembership !== null && firstMembership <= earliest(visits)! + 30,
  );
  return ratio(bought.length, asked.length);
}

/** The reading of each of the 26 metrics. */
export function metricsOf(club: KnownClub, today: number): Map<string, KnownReading> {
  const facts = factsOf(club, today);
  const clients = [...facts.values()];
  const readings = new Map<string, KnownReading>();
  const { settings } = club;
  const counts = clientCounts(today, vipThreshold(facts, settings), settings.core_min_visits);
  for (const [code, isCounted] of Object.entries(counts)) {
    readings.set(code, counted(clients.filter(isCounted).length));
  }

  const came = (client: ClientFacts) => count(client.visits, today - 29, today);
  const active = clients.filter((client) => came(client) > 0);
  const before = clients.filter((client) => count(client.visits, today - 59, today - 30) > 0);
  const inWindow = ({ day }: { day: number }) => day >= today - 29 && day <= today;
  const money = [...club.payments.values()].filter(
    (paid) => paid.client !== null && !paid.isDeleted && inWindow(paid),
  );
  const revenue = sum(money.map(({ minor }) => minor));
  const bookings = [...club.bookings.values()].filter((booking) => inWindow(booking) && !booking.isDeleted);
  const missed = bookings.filter(({ status }) => status === 'no_show').length;
  const attended = bookings.filter(({ status }) => status === 'attended').length;
  const paying = clients.map(({ ltv }) => ltv).filter((ltv) => ltv > 0);

  readings.set('trial_conversion', trialConversion(clients, today));
  readings.set('retention_30d', ratio(before.filter((client) => came(client) > 0).length, before.length));
  readings.set('visits_per_active', ratio(sum(active.map(came)), active.length));
  readings.set('revenue_30d', [revenue, revenue, null, money.length]);
  readings.set('arpu_30d', ratio(revenue, active.length));
  readings.set('no_show_rate_30d', ratio(missed, missed + attended));
  readings.set('ltv_average', ratio(sum(paying), paying.length));
  return readings;
}
