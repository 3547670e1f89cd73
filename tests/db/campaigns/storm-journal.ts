/**
 * What happened in a storm, written down by whoever did it. `from` and `until` are places in one count of the real order: what was
 * done lies somewhere between them, so of two things that do not overlap it is known which came first. `at` is what the worker's
 * own clock showed, in milliseconds.
 */
export interface Span {
  from: number;
  until: number;
  at: number;
}

export type Change =
  | { kind: 'visit'; client: string; day: number; isPersonal: boolean }
  | { kind: 'booking'; client: string; day: number; madeAt: number }
  | { kind: 'opt_out'; phone: string }
  | { kind: 'consent'; client: string; isGiven: boolean }
  | { kind: 'phone'; client: string; phone: string | null }
  /** Null scenario: the club's own mode; null mode: as the club. */
  | { kind: 'mode'; scenario: string | null; mode: string | null }
  | { kind: 'switch'; scenario: string; isOn: boolean }
  | { kind: 'template'; name: string; isApproved: boolean }
  | { kind: 'pause'; isPaused: boolean }
  | { kind: 'sync' }
  | { kind: 'plan' }
  | { kind: 'wording'; draft: string; message: string }
  | { kind: 'approval'; draft: string; message: string };

export type Kind = Change['kind'];
export type Fact<K extends Kind = Kind> = Span & Extract<Change, { kind: K }>;

/** A message that was handed to WhatsApp. */
export interface Send {
  message: string;
  phone: string;
  template: string;
  text: string;
  claim: Span;
  start: Span;
}

/** What a message was for. */
export interface Purpose {
  message: string;
  draft: string;
  client: string;
  scenario: string;
  campaign: number | null;
  occasion: string;
  plannedAt: number;
}

/** Two statements that got into each other's way, so that one of them had to be repeated. */
export interface Collision {
  statement: string;
  code: string;
  detail: string;
}

const PASSING = new Set(['40001', '40P01']);
const MOST_REPEATS = 20;

function collisionOf(statement: string, error: unknown): Collision | undefined {
  if (!(error instanceof Error) || !('code' in error) || !PASSING.has(String(error.code))) return undefined;
  const { where = '', detail = '' } = error as { where?: string; detail?: string };
  return { statement, code: String(error.code), detail: `${detail}\n${where}` };
}

export class Journal {
  readonly facts: Fact[] = [];
  readonly sends: Send[] = [];
  readonly collisions: Collision[] = [];
  #place = 0;

  /** Places a statement in the real order, repeated when it collides with another. */
  async during<T>(
    statement: string,
    now: () => Date,
    work: (now: Date) => Promise<T>,
  ): Promise<{ result: T; span: Span }> {
    const from = (this.#place += 1);
    for (let repeats = 0; ; repeats += 1) {
      const at = now();
      try {
        const result = await work(at);
        return { result, span: { from, until: (this.#place += 1), at: at.getTime() } };
      } catch (error) {
        const collision = collisionOf(statement, error);
        if (!collision || repeats >= MOST_REPEATS) throw new Error(`${statement} failed.`, { cause: error });
        this.collisions.push(collision);
      }
    }
  }

  note(span: Span, change: Change): void {
    this.facts.push({ ...span, ...change });
  }

  /** So before the storm. */
  given(change: Change): void {
    this.note({ from: 0, until: 0, at: 0 }, change);
  }

  of<K extends Kind>(kind: K): Fact<K>[] {
    return this.facts.filter((fact): fact is Fact<K> => fact.kind === kind);
  }
}

export const isBefore = (one: Span, other: Span) => one.until < other.from;
export const overlaps = (one: Span, other: Span) => !isBefore(one, other) && !isBefore(other, one);
