// The demo club, generated: the same seed and day give the same club, byte for byte.
import { Calendar } from './calendar.ts';
import type { Booking } from './calendar.ts';
import type { Club, ClientRow } from './club.ts';
import { addDays, LocalTime } from './local-time.ts';
import { Till } from './money.ts';
import { generatePeople } from './people.ts';
import { generateHistories } from './personas.ts';
import type { History } from './personas.ts';
import { seeded } from './random.ts';

export type GenerateOptions = {
  seed: number;
  /** The club's local date that counts as today, `YYYY-MM-DD`. */
  today: string;
  timeZone: string;
  clients: number;
  /** Attended visits of known clients, as closely as the histories allow; missed and cancelled bookings come on top. */
  visits: number;
};

/** The size of the club that `npm start` shows. */
export const DEMO_CLUB = {
  seed: 20_240_501,
  clients: 600,
  visits: 23_500,
  timeZone: 'Europe/Prague',
} as const;

/** Generates a whole club, ready for the store. */
export function generateClub({ seed, today, timeZone, clients, visits }: GenerateOptions): Club {
  const random = seeded(seed);
  const people = generatePeople(random, clients, today);
  const histories = generateHistories(random, clients, visits);
  const calendar = new Calendar(random, today);
  people.forEach((person, index) => {
    calendar.addClient(person.payload.id, person.community, histories[index] as History);
  });
  const walkIns = Math.round(visits * 0.01);
  for (let index = 0; index < walkIns; index += 1) calendar.addWalkIn(random.int(1, 1095));
  const activities = calendar.finish();
  const till = new Till(random, today);
  chargeEveryone(till, people, histories, calendar.bookings);
  const time = new LocalTime(timeZone);
  const rows = people.map((person) => ({ ...person, lastChange: '' }));
  finishClients(rows, calendar.bookings, time, today, (days) => addDays(today, -random.int(1, days)));
  return {
    seed,
    today,
    timeZone,
    clients: rows,
    records: calendar.bookings,
    activities,
    memberships: till.memberships,
    transactions: till.transactions,
    goods: till.goods,
  };
}

function chargeEveryone(
  till: Till,
  people: { payload: { id: number } }[],
  histories: History[],
  bookings: Booking[],
): void {
  const attended = new Map<number, Booking[]>();
  for (const booking of bookings) {
    if (booking.attendance !== 1 || booking.deleted === 1) continue;
    if (booking.clientId === null) {
      till.chargeWalkIn(booking);
      continue;
    }
    const visits = attended.get(booking.clientId) ?? [];
    if (visits.push(booking) === 1) attended.set(booking.clientId, visits);
  }
  people.forEach(({ payload }, index) => {
    const visits = (attended.get(payload.id) ?? []).sort((one, other) =>
      one.date < other.date ? -1 : one.date > other.date ? 1 : one.id - other.id,
    );
    till.charge(payload.id, histories[index]?.persona ?? 'casual', visits);
  });
  till.finish();
}

/** Writes how often a client came, and when the card was last touched. */
function finishClients(
  rows: ClientRow[],
  bookings: Booking[],
  time: LocalTime,
  today: string,
  touchedOn: (days: number) => string,
): void {
  const visits = new Map<number, number>();
  const signedUp = new Map<number, string>();
  for (const { clientId, attendance, deleted, created } of bookings) {
    if (clientId !== null && !signedUp.has(clientId)) signedUp.set(clientId, created);
    if (clientId !== null && attendance === 1 && deleted === 0)
      visits.set(clientId, (visits.get(clientId) ?? 0) + 1);
  }
  for (const row of rows) {
    const { payload } = row;
    payload.visits = visits.get(payload.id) ?? 0;
    const touched = `${touchedOn(900)}T${String(7 + (payload.id % 14)).padStart(2, '0')}:15:00`;
    const first = signedUp.get(payload.id) ?? touched;
    row.lastChange = touched < first ? first : touched;
    if (row.lastChange.slice(0, 10) >= today)
      throw new Error('A client was changed after the club was generated.');
    payload.last_change_date = time.withoutColon(row.lastChange);
  }
}
