// Who answers a phone number: the booking platform's clients by the end of their number, however it was written down.
import { phoneDigits } from './booking/load.ts';
import type { BookingStore } from './booking/store.ts';
import type { FindMember, Member } from './whatsapp/context.ts';

/** Enough digits to tell numbers apart without the country code, which receptions often leave out. */
const significantDigits = 9;
const freshForMs = 5000;

export function createMemberDirectory(store: BookingStore, now: () => Date): FindMember {
  let members = new Map<string, Member>();
  let readAt = -Infinity;

  function read(): void {
    const { rows } = store.clients({ sql: [], values: [] }, { page: 1, count: 100_000 });
    members = new Map();
    for (const { payload } of rows) {
      const digits = phoneDigits(payload.phone);
      const key = digits.slice(-significantDigits);
      if (digits.length < significantDigits || members.has(key)) continue;
      members.set(key, { clientId: payload.id, name: payload.display_name || payload.name });
    }
    readAt = now().getTime();
  }

  return (number) => {
    if (Math.abs(now().getTime() - readAt) > freshForMs) read();
    return members.get(number.slice(-significantDigits));
  };
}
