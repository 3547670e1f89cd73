import { createHash } from 'node:crypto';
import { shiftDay } from './club.ts';
import type { Day } from './club.ts';

/** Whom a scenario fits on a day; the oracle decides what becomes of them, not whom it fits. */
export interface Fit {
  day: Day;
  client: string;
  scenario: string;
  priority: number;
  occasion: string;
  once_since: Day | null;
  segment: string | null;
}

export interface PastMember {
  /** In the order of the names, members are known ever shorter. */
  name: string;
  phone: string | null;
  hasConsent: boolean;
  bookings: { day: Day; madeDay: Day; status: 'booked' | 'attended' | 'cancelled'; kind: string }[];
  payments: { day: Day; minor: number }[];
}

export interface PastRules {
  clubId: number;
  cooldownDays: Record<string, number>;
  cap: number;
  holdoutShare: number;
  dailyLimit: number;
  returnDays: number;
  churn: string[];
  exempt: string[];
  withTemplate: string[];
}

export interface Outcome {
  client: string;
  scenario: string;
  occasion: string;
  day: Day;
  outcome: string;
  met_cooldown: boolean;
  met_cap: boolean;
  returned: Day | null;
}

const keyOf = ({ client, scenario, occasion }: Pick<Outcome, 'client' | 'scenario' | 'occasion'>) =>
  [client, scenario, occasion].join('|');

/** What a backtest is to find: day after day, person by person, with nothing but loops. */
export class PastClub {
  readonly #found = new Map<string, Outcome>();
  readonly #members: Map<string, PastMember>;
  readonly #rules: PastRules;

  constructor(members: PastMember[], rules: PastRules) {
    this.#members = new Map(members.map((member) => [member.name, member]));
    this.#rules = rules;
  }

  replay(fits: Fit[]): Outcome[] {
    const days = [...new Set(fits.map(({ day }) => day))].sort();
    for (const day of days)
      this.#replayDay(
        day,
        fits.filter((fit) => fit.day === day),
      );
    return [...this.#found.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  }

  #replayDay(day: Day, fits: Fit[]): void {
    const open = this.#candidates(fits);
    const reasons = new Map(open.map((fit) => [fit, this.#reason(day, fit)]));
    const writtenTo = this.#writtenTo(
      day,
      open.filter((fit) => reasons.get(fit) === null),
    );
    const phones = new Set(writtenTo.map((fit) => this.#phoneOf(fit)));
    for (const fit of open) {
      const reason = reasons.get(fit) ?? null;
      const isOutspoken = phones.has(this.#phoneOf(fit)) && [null, 'holdout', 'no_template'].includes(reason);
      const outcome = writtenTo.includes(fit)
        ? 'messaged'
        : isOutspoken
          ? 'frequency_cap'
          : (reason ?? 'daily_limit');
      this.#note(day, fit, outcome);
    }
  }

  /** One for each client: the first scenario not sent already, unless it is settled. */
  #candidates(fits: Fit[]): Fit[] {
    const chosen: Fit[] = [];
    for (const name of this.#members.keys()) {
      const [first] = fits
        .filter(({ client }) => client === name)
        .filter((fit) => !this.#wasSent(fit))
        .sort((left, right) => left.priority - right.priority);
      if (first && this.#found.get(keyOf(first))?.outcome !== 'holdout') chosen.push(first);
    }
    return chosen;
  }

  #wasSent(fit: Fit): boolean {
    return [...this.#found.values()].some(
      ({ client, scenario, occasion, day, outcome }) =>
        outcome === 'messaged' &&
        client === fit.client &&
        scenario === fit.scenario &&
        (occasion === fit.occasion || (fit.once_since !== null && day >= fit.once_since)),
    );
  }

  #reason(day: Day, fit: Fit): string | null {
    const member = this.#members.get(fit.client)!;
    const { churn, exempt, cooldownDays, cap, withTemplate, holdoutShare } = this.#rules;
    if (member.phone === null) return 'no_phone';
    if (!member.hasConsent) return 'no_consent';
    const isExpected = member.bookings.some(
      (booking) => booking.status !== 'cancelled' && booking.day > day && booking.madeDay <= day,
    );
    if (churn.includes(fit.scenario) && isExpected) return 'came_back';
    const heard = [...this.#found.values()]
      .filter(
        ({ outcome, client }) => outcome === 'messaged' && this.#members.get(client)!.phone === member.phone,
      )
      .map((message) => message.day);
    const rest = cooldownDays[fit.segment ?? 'unsegmented']!;
    if (!exempt.includes(fit.scenario) && heard.some((then) => then > shiftDay(day, -rest)))
      return 'cooldown';
    if (heard.filter((then) => then > shiftDay(day, -30)).length >= cap) return 'frequency_cap';
    if (!withTemplate.includes(fit.scenario)) return 'no_template';
    return this.#draw(day, fit) < holdoutShare ? 'holdout' : null;
  }

  /** Where in 0..1 the person known longest behind this phone falls in this quarter. */
  #draw(day: Day, fit: Fit): number {
    const phone = this.#phoneOf(fit);
    const [longest] = [...this.#members.values()].filter((member) => member.phone === phone);
    const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
    const text = `${this.#rules.clubId}/${fit.scenario}/${longest!.name}/${day.slice(0, 4)}Q${quarter}`;
    return Number.parseInt(createHash('md5').update(text).digest('hex').slice(0, 8), 16) / 2 ** 32;
  }

  #writtenTo(day: Day, willing: Fit[]): Fit[] {
    const speakers = willing.filter(
      (fit) =>
        !willing.some(
          (other) =>
            this.#phoneOf(other) === this.#phoneOf(fit) &&
            (other.priority < fit.priority || (other.priority === fit.priority && other.client < fit.client)),
        ),
    );
    const worth = ({ client }: Fit) =>
      this.#members
        .get(client)!
        .payments.filter((payment) => payment.day <= day)
        .reduce((sum, { minor }) => sum + minor, 0);
    return speakers
      .sort((left, right) => worth(right) - worth(left) || (left.client < right.client ? -1 : 1))
      .slice(0, this.#rules.dailyLimit);
  }

  #note(day: Day, fit: Fit, outcome: string): void {
    const known = this.#found.get(keyOf(fit));
    if (known?.outcome === outcome) return;
    this.#found.set(keyOf(fit), {
      client: fit.client,
      scenario: fit.scenario,
      occasion: fit.occasion,
      day,
      outcome,
      met_cooldown: (known?.met_cooldown ?? false) || outcome === 'cooldown',
      met_cap: (known?.met_cap ?? false) || outcome === 'frequency_cap',
      returned: outcome === 'messaged' ? this.#returnOf(fit.client, day) : null,
    });
  }

  #returnOf(client: string, day: Day): Day | null {
    const visits = this.#members
      .get(client)!
      .bookings.filter((booking) => booking.status === 'attended')
      .map((booking) => booking.day)
      .filter((visited) => visited > day && visited <= shiftDay(day, this.#rules.returnDays))
      .sort();
    return visits[0] ?? null;
  }

  #phoneOf({ client }: Fit): string | null {
    return this.#members.get(client)!.phone;
  }
}
