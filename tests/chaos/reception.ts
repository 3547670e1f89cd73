import fc from 'fast-check';

// What the reception of a club on the sandbox does while we are not looking: edits drawn at random.

/** Numbers are reduced to the clients and bookings there are. */
export type Edit =
  | { kind: 'rename' | 'visit' | 'book' | 'sell' | 'remove'; client: number; word: number }
  | { kind: 'no-show' | 'cancel' | 'move'; booking: number; word: number };

const number = fc.nat({ max: 1_000_000 });
const ofClient = (...kinds: ('rename' | 'visit' | 'book' | 'sell' | 'remove')[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), client: number, word: number });
const ofBooking = fc.record({
  kind: fc.constantFrom('no-show' as const, 'cancel' as const, 'move' as const),
  booking: number,
  word: number,
});

/** What a minute's tick sees. */
export const everydayEdit: fc.Arbitrary<Edit> = fc.oneof(ofClient('rename', 'visit', 'book'), ofBooking);
/** What only a listing of everything sees: deleted clients, and at once the cards of what was sold. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(everydayEdit, ofClient('sell', 'remove'));

const FIRST_CLIENT = 10_001;
const FIRST_BOOKING = 1_000_001;
const MEMBERSHIP_TYPE = 301;
const DAY_MS = 86_400_000;

export class Reception {
  readonly #control: string;
  readonly #size: { clients: number; bookings: number };
  readonly #removed = new Set<number>();

  constructor(sandboxUrl: string, size: { clients: number; bookings: number }) {
    this.#control = `${sandboxUrl}/control/booking`;
    this.#size = size;
  }

  /** Ids of clients that are no longer in any list. */
  get removed(): readonly string[] {
    return [...this.#removed].map(String);
  }

  async doAll(edits: readonly Edit[]): Promise<void> {
    for (const edit of edits) await this.#do(edit);
  }

  async #do(edit: Edit): Promise<void> {
    if ('booking' in edit) return this.#editBooking(edit);
    const clientId = FIRST_CLIENT + (edit.client % this.#size.clients);
    if (this.#removed.has(clientId)) return;
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
    switch (edit.kind) {
      case 'rename':
        return this.#send('PATCH', `/clients/${clientId}`, { surname: `Renamed ${edit.word}` });
      case 'visit':
        return this.#send('POST', '/visits', { clientId });
      case 'book':
        return this.#send('POST', '/records', { clientId, startsAt: inDays(1 + (edit.word % 14)) });
      case 'sell':
        return this.#send('POST', '/sales', { clientId, membershipTypeId: MEMBERSHIP_TYPE });
      case 'remove':
        this.#removed.add(clientId);
        return this.#send('DELETE', `/clients/${clientId}`);
    }
  }

  async #editBooking({ kind, booking, word }: Extract<Edit, { booking: number }>): Promise<void> {
    const path = `/records/${FIRST_BOOKING + (booking % this.#size.bookings)}`;
    if (kind === 'cancel') return this.#send('DELETE', path);
    if (kind === 'no-show') return this.#send('PATCH', path, { attendance: -1 });
    // To a day long gone or still to come: the list is sorted by it.
    const startsAt = new Date(Date.now() + ((word % 400) - 300) * DAY_MS).toISOString();
    return this.#send('PATCH', path, { startsAt });
  }

  async #send(method: string, path: string, body?: unknown): Promise<void> {
    const response = await fetch(`${this.#control}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
