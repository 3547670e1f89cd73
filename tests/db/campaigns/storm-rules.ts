import { createHash } from 'node:crypto';
import { emptyClub, factsOf, segmentOf, vipPercentile } from '../oracle.ts';
import type { KnownBooking } from '../oracle.ts';
import { isBefore, overlaps } from './storm-journal.ts';
import type { Fact, Journal, Span } from './storm-journal.ts';

/** The club's rules, which do not change in the storm. */
export interface Rules {
  club: number;
  holdoutShare: number;
  cap: number;
  dailyLimit: number;
  staleAfterMs: number;
  /** The clients' names, the one known longest first. */
  knownLongest: string[];
  /** What each has paid, in minor units. */
  ltv: Map<string, number>;
}

/** The definitions' bold numbers, once more. */
export const COOLDOWNS: Record<string, number> = {
  ...{ vip: 14, regular: 30, at_risk: 14, going_silent: 21, nearly_lost: 30, lost: 60 },
  ...{ trial_dropoff: 7, pt_cancelled: 21, unsegmented: 30 },
};
export const CHURN = new Set(['pt_dropout', 'last_chance', 'reactivation']);
export const EXEMPT = new Set(['birthday', 'milestone']);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Days are whole numbers, as in the oracle. */
export const dayOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** The storm's days are in winter: the club's wall is an hour ahead. */
const wall = (at: number) => new Date(at + HOUR_MS);
export const localDay = (at: number) => Math.floor(wall(at).getTime() / DAY_MS);
export const localYear = (at: number) => wall(at).getUTCFullYear();
export const isQuiet = (at: number) => {
  const sinceMidnight = wall(at).getTime() % DAY_MS;
  return sinceMidnight < 9 * HOUR_MS || sinceMidnight > 20 * HOUR_MS;
};

export function holdoutDraw(club: number, experiment: string, client: string, at: number): number {
  const quarter = `${localYear(at)}Q${Math.floor(wall(at).getUTCMonth() / 3) + 1}`;
  const hash = createHash('md5').update(`${club}/${experiment}/${client}/${quarter}`).digest('hex');
  return Number.parseInt(hash.slice(0, 8), 16) / 2 ** 32;
}

/** What was so during a span, by what its writers noted; undefined while it was being changed. */
export function stateDuring<F extends Fact>(facts: readonly F[], span: Span): F | 'nothing' | undefined {
  if (facts.some((fact) => overlaps(fact, span))) return undefined;
  return facts.findLast((fact) => isBefore(fact, span)) ?? 'nothing';
}

/** What can be said of each client from the journal. */
export class Histories {
  readonly #rules: Rules;
  readonly #visits: Map<string, Fact<'visit'>[]>;
  readonly #phones: Map<string, Fact<'phone'>[]>;
  readonly #vipFrom: number;

  constructor(journal: Journal, rules: Rules) {
    this.#rules = rules;
    this.#visits = Map.groupBy(journal.of('visit'), ({ client }) => client);
    this.#phones = Map.groupBy(journal.of('phone'), ({ client }) => client);
    this.#vipFrom = vipPercentile([...rules.ltv.values()]) ?? Infinity;
  }

  visits(client: string): Fact<'visit'>[] {
    return this.#visits.get(client) ?? [];
  }

  /** The phone a client had; undefined while it was being changed. */
  phone(client: string, span: Span): string | null | undefined {
    const state = stateDuring(this.#phones.get(client) ?? [], span);
    return state === 'nothing' ? null : state?.phone;
  }

  /** Whoever has the phone, the one known longest first; undefined when somebody was just getting or losing it. */
  sharers(phone: string, span: Span): string[] | undefined {
    const sharers: string[] = [];
    for (const client of this.#rules.knownLongest) {
      const known = this.phone(client, span);
      const changes = this.#phones.get(client) ?? [];
      if (known === undefined && changes.some((change) => change.phone === phone)) return undefined;
      if (known === phone) sharers.push(client);
    }
    return sharers;
  }

  /** The cooldown of the segment a client was in; of the segments they may have been in, the shortest. */
  cooldown(client: string, span: Span): number {
    const begun = this.visits(client).filter((visit) => visit.from < span.until);
    const surely = begun.filter((visit) => isBefore(visit, span));
    const days = [begun, surely].map((visits) => COOLDOWNS[this.#segment(client, visits, span.at)]!);
    return Math.min(...days);
  }

  #segment(client: string, visits: Fact<'visit'>[], at: number): string {
    const club = emptyClub();
    club.clients.set(client, true);
    club.kinds.set('personal', 'personal').set('group', 'group');
    visits.forEach(({ day, isPersonal }, index) => {
      const services = [isPersonal ? 'personal' : 'group'];
      const booking: KnownBooking = { client, day, status: 'attended', isDeleted: false, services, time: '' };
      club.bookings.set(String(index), booking);
    });
    const facts = { ...factsOf(club, localDay(at)).get(client)!, ltv: this.#rules.ltv.get(client) ?? 0 };
    return segmentOf(facts, this.#vipFrom, club.settings, localDay(at)) ?? 'unsegmented';
  }
}
