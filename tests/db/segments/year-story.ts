import fc from 'fast-check';
import type { JSONValue } from 'postgres';
import type { Club, Day } from '../club.ts';
import { clientRow, shiftDay } from '../club.ts';
import { KINDS } from '../oracle.ts';

/** Long enough that who stops coming early on is lost before the end. */
export const DAYS = 430;

const TITLES: Record<string, string> = {
  personal: 'Personal training',
  trial: 'Trial',
  group: 'Group class',
};

/** What one client does in the year; days are counted from the first day of the story. */
interface Life {
  arrives: number;
  /** Days between one visit and the next; 0: twice on a day. */
  gaps: number[];
  /** Of the visits in turn, over and over. */
  kinds: string[];
  payments: { day: number; minor: number }[];
  membershipDay: number | null;
}

interface Fact {
  entity: 'clients' | 'bookings' | 'payments' | 'membership_sales';
  day: number;
  row: (dated: (day: number) => Day) => Record<string, JSONValue>;
}

const gap = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 4, arbitrary: fc.integer({ min: 5, max: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom(20, 21, 22, 30, 31, 59, 60, 61) },
  { weight: 1, arbitrary: fc.constantFrom(90, 120, 179, 180, 250) },
);

const life: fc.Arbitrary<Life> = fc.record({
  arrives: fc.integer({ min: 0, max: DAYS }),
  gaps: fc.array(gap, { maxLength: 45, size: 'max' }),
  kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 6 }),
  payments: fc.array(
    fc.record({ day: fc.nat(DAYS), minor: fc.constantFrom(1_000, 1_000, 5_000, 10_000, 40_000, -2_000) }),
    { maxLength: 6 },
  ),
  membershipDay: fc.option(fc.nat(DAYS), { freq: 1 }),
});

const often = (times: number, gapDays: number) => Array.from({ length: times }, () => gapDays);

/** Whatever else is told, somebody comes through every segment, and somebody is there from the first day. */
const CERTAIN: Life[] = [
  { arrives: 0, gaps: [2], kinds: ['group'], payments: [], membershipDay: null },
  { arrives: 20, gaps: [], kinds: ['trial'], payments: [], membershipDay: null },
  { arrives: 50, gaps: often(40, 3), kinds: ['group'], payments: [], membershipDay: 60 },
  {
    arrives: 90,
    gaps: often(20, 5),
    kinds: ['personal', 'personal', ...often(18, 0).map(() => 'group')],
    payments: [],
    membershipDay: null,
  },
  {
    arrives: 100,
    gaps: often(20, 7),
    kinds: ['open'],
    payments: [{ day: 120, minor: 900_000 }],
    membershipDay: null,
  },
];

function factsOf({ arrives, gaps, kinds, payments, membershipDay }: Life, name: string): Fact[] {
  const visitDays = gaps.reduce((days, away) => [...days, days.at(-1)! + away], [arrives]);
  return [
    { entity: 'clients', day: arrives, row: () => clientRow(name) },
    ...visitDays.map((day, index): Fact => {
      const kind = kinds[index % kinds.length]!;
      const service = { external_id: kind, title: TITLES[kind] ?? kind };
      return {
        entity: 'bookings',
        day,
        row: (dated) => ({
          external_id: `${name}-${index}`,
          client_external_id: name,
          services: [service],
          status: 'attended',
          is_deleted: false,
          starts_local: `${dated(day)}T18:00`,
          made_at: null,
          platform_changed_at: null,
        }),
      };
    }),
    ...payments.map(({ day, minor }, index): Fact => ({
      entity: 'payments',
      day: Math.max(day, arrives),
      row: (dated) => ({
        external_id: `${name}-${index}`,
        client_external_id: name,
        amount_minor: minor,
        paid_local: `${dated(Math.max(day, arrives))}T12:00`,
        title: 'Membership',
      }),
    })),
    ...(membershipDay === null ? [] : [membershipFact(name, Math.max(membershipDay, arrives))]),
  ];
}

const membershipFact = (name: string, day: number): Fact => ({
  entity: 'membership_sales',
  day,
  row: (dated) => ({
    external_id: name,
    client_external_id: name,
    sold_local: `${dated(day)}T12:00`,
    title: '10 visits',
  }),
});

/** What happens in a club within the year; the same seed tells the same. */
export class YearStory {
  readonly #facts: Fact[];

  constructor(seed: number) {
    const lives = [...CERTAIN, ...fc.sample(life, { seed, numRuns: 55 })];
    this.#facts = lives
      .flatMap((lived, index) => factsOf(lived, `client-${index}`))
      .filter(({ day }) => day <= DAYS);
  }

  /** Tells the club, whose today is the last day, what happened from one day until another. */
  async tell(club: Club, from: number, until: number): Promise<void> {
    const dated = (day: number) => dayOf(club, day);
    const happened = this.#facts.filter(({ day }) => day >= from && day <= until);
    for (const entity of ['clients', 'bookings', 'payments', 'membership_sales'] as const) {
      const rows = happened.filter((fact) => fact.entity === entity).map(({ row }) => row(dated));
      if (rows.length > 0) await club.apply(entity, rows);
    }
  }
}

/** Day 0 is the first day of the story. */
export function dayOf(club: Club, day: number): Day {
  return shiftDay(club.today, day - DAYS);
}
