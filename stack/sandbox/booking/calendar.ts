// Turns histories into bookings: the visits themselves and all that surrounds them in a real calendar.
import type { ActivityRow, Community, RecordRow, ServiceKind } from './club.ts';
import { FIRST_ID } from './club.ts';
import { SERVICES, serviceFor } from './catalogue.ts';
import type { Service } from './catalogue.ts';
import { addDays, addMinutes } from './local-time.ts';
import type { History } from './personas.ts';
import type { Random } from './random.ts';

export type Booking = RecordRow & { kind: ServiceKind; price: number };

const CLASS_TIMES = ['07:00:00', '12:00:00', '17:30:00', '18:30:00', '19:30:00'] as const;
const FREE_TIMES = [
  '08:00:00',
  '09:00:00',
  '10:30:00',
  '15:00:00',
  '16:00:00',
  '17:00:00',
  '18:00:00',
  '20:00:00',
] as const;
/** Until this many days ago there was spinning; the service has been deleted since. */
const SPINNING_ENDED = 420;

/** Everything the calendar holds; ids are given at the end, in the order the bookings were made. */
export class Calendar {
  readonly bookings: Booking[] = [];
  readonly #activities = new Map<string, ActivityRow>();
  readonly #random: Random;
  readonly #today: string;
  readonly #lastEvening: string;

  constructor(random: Random, today: string) {
    this.#random = random;
    this.#today = today;
    this.#lastEvening = `${addDays(today, -1)}T21:59:59`;
  }

  /** Puts one client's visits in, with the no-shows and cancellations that go with them. */
  addClient(clientId: number, community: Community, history: History): void {
    for (const { daysAgo, kind } of history.visits) {
      this.#add(clientId, community, kind, -daysAgo, { attendance: 1, paidFull: 1 });
      if (history.visits.length < 3) continue;
      if (this.#random.chance(0.06)) this.#addMissed(clientId, community, daysAgo);
      if (this.#random.chance(0.05)) this.#addCancelled(clientId, community, daysAgo);
    }
    if (history.persona === 'never' && this.#random.chance(0.6))
      this.#addMissed(clientId, community, this.#random.int(3, 60));
    if (this.#comesAgain(history)) this.#addFuture(clientId, community, history);
  }

  #addMissed(clientId: number, community: Community, daysAgo: number): void {
    // One in eight was never marked at all: it stays "waiting" in the past.
    const attendance = this.#random.chance(0.12) ? 0 : -1;
    this.#add(clientId, community, 'group', -Math.max(1, daysAgo + this.#random.int(-2, 2)), { attendance });
  }

  #addCancelled(clientId: number, community: Community, daysAgo: number): void {
    const attendance = this.#random.pick([0, 0, 0, -1, 1] as const);
    this.#add(clientId, community, 'open', -daysAgo - this.#random.int(0, 3), { attendance, deleted: 1 });
  }

  #comesAgain({ persona }: History): boolean {
    const share = {
      devoted: 0.9,
      regular: 0.6,
      casual: 0.3,
      newcomer: 0.4,
      silent: 0.18,
      'early-churn': 0.1,
      never: 0.3,
    } as Record<string, number>;
    return this.#random.chance(share[persona] ?? 0);
  }

  #addFuture(clientId: number, community: Community, { persona }: History): void {
    const count = persona === 'devoted' || persona === 'regular' ? this.#random.int(1, 3) : 1;
    for (let index = 0; index < count; index += 1) {
      const attendance = this.#random.chance(0.3) ? 2 : 0;
      this.#add(
        clientId,
        community,
        'group',
        this.#random.int(index === 0 ? 0 : 1, 8) + (persona === 'silent' ? 1 : 0),
        { attendance },
      );
    }
  }

  /** Somebody at the door without a name, or time the club blocked for itself. */
  addWalkIn(daysAgo: number): void {
    this.#add(null, 'cs', 'open', -daysAgo, { attendance: this.#random.chance(0.8) ? 1 : 0, paidFull: 1 });
  }

  #add(
    clientId: number | null,
    community: Community,
    kind: ServiceKind,
    day: number,
    state: Partial<Booking>,
  ): void {
    const random = this.#random;
    const service = this.#serviceOn(kind, community, day);
    const inClass = service.kind === 'group';
    const date = `${addDays(this.#today, day)}T${random.pick(inClass ? CLASS_TIMES : FREE_TIMES)}`;
    const staffId = inClass
      ? 201 + (Number(date.slice(11, 13)) % 4)
      : service.kind === 'personal'
        ? random.int(204, 206)
        : random.int(201, 207);
    const madeBefore = random.chance(0.3)
      ? random.int(1, 5) * 60
      : random.int(1, 6) * 1440 + random.int(-300, 300);
    const created = this.#past(addMinutes(date, -madeBefore));
    const closed =
      state.attendance === 0 && state.deleted !== 1
        ? created
        : addMinutes(date, random.int(5, random.chance(0.1) ? 1500 : 120));
    this.bookings.push({
      id: 0,
      clientId,
      staffId: service.isDeleted === true ? 208 : staffId,
      activityId: inClass ? this.#activity(date, service, staffId) : 0,
      services: `[[${service.id},${service.price},${service.price}]]`,
      date,
      created,
      lastChange: this.#past(state.attendance === 2 ? addMinutes(created, 90) : closed),
      length: service.minutes * 60,
      attendance: 0,
      confirmed: 1,
      paidFull: 0,
      online: random.chance(0.45) ? 1 : 0,
      deleted: 0,
      kind: service.kind,
      price: service.price,
      ...state,
    });
  }

  #serviceOn(kind: ServiceKind, community: Community, day: number): Service {
    if (kind !== 'group') return serviceFor(kind, this.#random.chance(0.7) ? community : 'cs');
    const roll = this.#random.between(0, 1);
    const id = roll < 0.2 && day <= -SPINNING_ENDED ? 199 : roll < 0.35 ? 112 : 0;
    return (
      SERVICES.find((service) => service.id === id) ??
      serviceFor('group', this.#random.chance(0.7) ? community : 'cs')
    );
  }

  #activity(date: string, service: Service, staffId: number): number {
    const key = `${date}/${service.id}`;
    const known = this.#activities.get(key);
    if (known !== undefined) return known.id;
    const id = FIRST_ID.activity + this.#activities.size;
    this.#activities.set(key, {
      id,
      date,
      serviceId: service.id,
      staffId,
      length: service.minutes * 60,
      capacity: 14,
    });
    return id;
  }

  #past(wall: string): string {
    return wall > this.#lastEvening ? this.#lastEvening : wall;
  }

  /** Numbers the bookings in the order they were made and gives back all classes. */
  finish(): ActivityRow[] {
    this.bookings.sort((one, other) =>
      one.created < other.created ? -1 : one.created > other.created ? 1 : 0,
    );
    this.bookings.forEach((booking, index) => {
      booking.id = FIRST_ID.record + index;
    });
    return [...this.#activities.values()];
  }
}
