/**
 * The definitions once more, in plain loops over lists, to hold the SQL against. Days are whole numbers; 0 is any fixed day.
 * Nothing here knows how the product computes.
 */
export interface KnownBooking {
  client: string | null;
  day: number;
  status: string;
  isDeleted: boolean;
  services: string[];
}

export interface KnownClub {
  /** Clients the platform has told us of; true: not deleted. */
  clients: Map<string, boolean>;
  bookings: Map<string, KnownBooking>;
  payments: Map<string, { client: string | null; day: number; minor: number; isDeleted: boolean }>;
  sales: Map<string, { client: string | null; day: number }>;
  cards: Map<string, { client: string | null; created: number | null; sale: string | null }>;
  /** What each service is, by its id. */
  kinds: Map<string, string>;
}

export interface ClientFacts {
  visits: number[];
  ptVisits: number[];
  cadence: number | null;
  ltv: number;
  firstMembership: number | null;
}

export const count = (days: number[], from: number, to: number) =>
  days.filter((day) => day >= from && day <= to).length;
export const earliest = (days: number[]) => (days.length === 0 ? null : Math.min(...days));
export const latest = (days: number[]) => (days.length === 0 ? null : Math.max(...days));

function isPersonal(club: KnownClub, booking: KnownBooking): boolean {
  // Personal is the first kind a booking of several services can have.
  return booking.services.some((service) => club.kinds.get(service) === 'personal');
}

function cadenceOf(visits: number[], today: number): number | null {
  const days = [...new Set(visits.filter((day) => day >= today - 179))].sort((a, b) => a - b);
  if (days.length < 5) return null;
  const gaps = days
    .slice(1)
    .map((day, index) => day - days[index]!)
    .sort((a, b) => a - b);
  const middle = (gaps.length - 1) / 2;
  return (gaps[Math.floor(middle)]! + gaps[Math.ceil(middle)]!) / 2;
}

function firstMembershipOf(club: KnownClub, client: string, today: number): number | null {
  const holders = (sale: string) => [...club.cards.values()].filter((card) => card.sale === sale);
  const days: number[] = [];
  for (const [id, sale] of club.sales) {
    const knownBuyer = sale.client !== null && club.clients.has(sale.client);
    if (knownBuyer ? sale.client === client : holders(id).some((card) => card.client === client))
      days.push(sale.day);
  }
  for (const card of club.cards.values()) {
    const isSaleKnown = card.sale !== null && club.sales.has(card.sale);
    if (card.client === client && card.created !== null && !isSaleKnown) days.push(card.created);
  }
  return earliest(days.filter((day) => day <= today));
}

export function factsOf(club: KnownClub, today: number): Map<string, ClientFacts> {
  const facts = new Map<string, ClientFacts>();
  for (const [client, isThere] of club.clients) {
    if (!isThere) continue;
    const visits = [...club.bookings.values()].filter(
      (booking) =>
        booking.client === client &&
        booking.status === 'attended' &&
        !booking.isDeleted &&
        booking.day <= today,
    );
    const days = visits.map((visit) => visit.day);
    const paid = [...club.payments.values()].filter(
      (payment) => payment.client === client && !payment.isDeleted && payment.day <= today,
    );
    facts.set(client, {
      visits: days,
      ptVisits: visits.filter((visit) => isPersonal(club, visit)).map((visit) => visit.day),
      cadence: cadenceOf(days, today),
      ltv: paid.reduce((sum, payment) => sum + payment.minor, 0),
      firstMembership: firstMembershipOf(club, client, today),
    });
  }
  return facts;
}

export function vipThreshold(facts: Map<string, ClientFacts>): number {
  const paid = [...facts.values()]
    .map(({ ltv }) => ltv)
    .filter((ltv) => ltv > 0)
    .sort((a, b) => a - b);
  // The first value that at least nine tenths do not exceed. Nobody: nothing reaches infinity.
  return paid[Math.ceil((paid.length * 9) / 10) - 1] ?? Infinity;
}

export function segmentOf(client: ClientFacts, threshold: number, today: number): string | null {
  const last = latest(client.visits);
  if (last === null) return null;
  const away = today - last;
  const lastPt = latest(client.ptVisits);
  const awayFromPt = lastPt === null ? -1 : today - lastPt;
  const recent = count(client.visits, today - 29, today);
  const before = count(client.visits, today - 59, today - 30);
  const isLate = client.cadence !== null && away >= Math.max(10, 3 * client.cadence);
  if (client.ltv >= threshold && away < 60) return 'vip';
  if (client.ptVisits.length >= 2 && awayFromPt >= 31 && awayFromPt <= 120 && away < 60)
    return 'pt_cancelled';
  if (client.visits.length === 1 && client.firstMembership === null && away >= 7 && away <= 179)
    return 'trial_dropoff';
  if (away >= 365) return 'lost';
  if (away >= 180) return 'nearly_lost';
  if (away >= 60) return 'going_silent';
  if (away >= 21 || (before >= 3 && recent * 2 <= before) || isLate) return 'at_risk';
  return recent >= 3 ? 'regular' : null;
}
