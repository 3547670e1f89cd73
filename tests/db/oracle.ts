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
  /** Wall clock. */
  time: string;
}

export interface KnownPayment {
  client: string | null;
  day: number;
  minor: number;
  isDeleted: boolean;
}

export interface KnownSale {
  client: string | null;
  day: number;
  isDeleted: boolean;
}

export interface KnownCard {
  client: string | null;
  /** Of its creation. */
  day: number | null;
  sale: string | null;
}

export interface KnownRows {
  bookings: KnownBooking;
  payments: KnownPayment;
  sales: KnownSale;
  cards: KnownCard;
}

/** The definitions' bold numbers. */
export const DEFAULTS = {
  vip_threshold_minor: null as number | null,
  core_min_visits: 3,
  regular_min_visits: 3,
  pt_cancelled_min_days: 31,
  pt_cancelled_max_days: 120,
  trial_dropoff_min_days: 7,
  trial_dropoff_max_days: 179,
  at_risk_min_days: 21,
  going_silent_min_days: 60,
  nearly_lost_min_days: 180,
  lost_min_days: 365,
};

export type Settings = typeof DEFAULTS;

/** The rows of each table by their id at the platform. */
export type KnownTables = { [Table in keyof KnownRows]: Map<string, KnownRows[Table]> };

export type KnownClub = KnownTables & {
  /** Clients the platform has told us of; true: not deleted. */
  clients: Map<string, boolean>;
  /** What each service is, by its id. */
  kinds: Map<string, string>;
  settings: Settings;
};

export interface ClientFacts {
  visits: number[];
  ptVisits: number[];
  cadence: number | null;
  ltv: number;
  firstMembership: number | null;
}

export function emptyClub(): KnownClub {
  return {
    clients: new Map(),
    bookings: new Map(),
    payments: new Map(),
    sales: new Map(),
    cards: new Map(),
    kinds: new Map(),
    settings: { ...DEFAULTS },
  };
}

export const KINDS = ['personal', 'trial', 'group', 'open', 'other'];

export const count = (days: number[], from: number, to: number) =>
  days.filter((day) => day >= from && day <= to).length;
export const earliest = (days: number[]) => (days.length === 0 ? null : Math.min(...days));
export const latest = (days: number[]) => (days.length === 0 ? null : Math.max(...days));

/** The first kind, in the order of KINDS, among the booking's services. */
function kindOf(club: KnownClub, booking: KnownBooking): string {
  const kinds = booking.services.map((service) => club.kinds.get(service));
  return KINDS.find((kind) => kinds.includes(kind)) ?? 'other';
}

/** The same club with no other bookings than those of a kind. */
export function onlyOfKind(club: KnownClub, kind: string): KnownClub {
  const bookings = [...club.bookings].filter(([, booking]) => kindOf(club, booking) === kind);
  return { ...club, bookings: new Map(bookings) };
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

/** Of each client the days of every purchase: of a sale by its buyer, else by who holds its cards; of a card without a sale. */
function purchasesOf(club: KnownClub): Map<string, number[]> {
  const days = new Map<string, number[]>();
  const buy = (client: string | null, day: number | null) => {
    if (client !== null && day !== null) days.set(client, [...(days.get(client) ?? []), day]);
  };
  const sales = new Map([...club.sales].filter(([, sale]) => !sale.isDeleted));
  const cardsOf = Map.groupBy(club.cards.values(), ({ sale }) => sale);
  for (const [id, sale] of sales) {
    const isBuyerKnown = sale.client !== null && club.clients.has(sale.client);
    if (isBuyerKnown) buy(sale.client, sale.day);
    else for (const card of cardsOf.get(id) ?? []) buy(card.client, sale.day);
  }
  for (const card of club.cards.values())
    if (card.sale === null || !sales.has(card.sale)) buy(card.client, card.day);
  return days;
}

export function factsOf(club: KnownClub, today: number): Map<string, ClientFacts> {
  const bookingsOf = Map.groupBy(club.bookings.values(), ({ client }) => client);
  const paymentsOf = Map.groupBy(club.payments.values(), ({ client }) => client);
  const purchases = purchasesOf(club);
  const facts = new Map<string, ClientFacts>();
  for (const [client, isThere] of club.clients) {
    if (!isThere) continue;
    const visits = (bookingsOf.get(client) ?? []).filter(
      (booking) => booking.status === 'attended' && !booking.isDeleted && booking.day <= today,
    );
    const days = visits.map((visit) => visit.day);
    const paid = (paymentsOf.get(client) ?? []).filter(
      (payment) => !payment.isDeleted && payment.day <= today,
    );
    facts.set(client, {
      visits: days,
      ptVisits: visits.filter((visit) => kindOf(club, visit) === 'personal').map((visit) => visit.day),
      cadence: cadenceOf(days, today),
      ltv: paid.reduce((sum, payment) => sum + payment.minor, 0),
      firstMembership: earliest((purchases.get(client) ?? []).filter((day) => day <= today)),
    });
  }
  return facts;
}

export function vipThreshold(facts: Map<string, ClientFacts>, settings: Settings): number {
  if (settings.vip_threshold_minor !== null) return settings.vip_threshold_minor;
  return vipPercentile([...facts.values()].map(({ ltv }) => ltv)) ?? Infinity;
}

/** The first amount that at least nine tenths of those above zero do not exceed. Nobody: nothing reaches it. */
export function vipPercentile(amounts: number[]): number | undefined {
  const paid = amounts.filter((ltv) => ltv > 0).sort((a, b) => a - b);
  return paid[Math.ceil((paid.length * 9) / 10) - 1];
}

export function segmentOf(
  client: ClientFacts,
  threshold: number,
  settings: Settings,
  today: number,
): string | null {
  const last = latest(client.visits);
  if (last === null) return null;
  const away = today - last;
  const lastPt = latest(client.ptVisits);
  const awayFromPt = lastPt === null ? -1 : today - lastPt;
  const recent = count(client.visits, today - 29, today);
  const before = count(client.visits, today - 59, today - 30);
  const isLate = client.cadence !== null && away >= Math.max(10, 3 * client.cadence);
  const within = (days: number, name: 'pt_cancelled' | 'trial_dropoff') =>
    days >= settings[`${name}_min_days`] && days <= settings[`${name}_max_days`];
  if (client.ltv >= threshold && away < 60) return 'vip';
  if (client.ptVisits.length >= 2 && within(awayFromPt, 'pt_cancelled') && away < 60) return 'pt_cancelled';
  if (client.visits.length === 1 && client.firstMembership === null && within(away, 'trial_dropoff'))
    return 'trial_dropoff';
  if (away >= settings.lost_min_days) return 'lost';
  if (away >= settings.nearly_lost_min_days) return 'nearly_lost';
  if (away >= settings.going_silent_min_days) return 'going_silent';
  if (away >= settings.at_risk_min_days || (before >= 3 && recent * 2 <= before) || isLate) return 'at_risk';
  return recent >= settings.regular_min_visits ? 'regular' : null;
}
