import fc from 'fast-check';
import postgres from 'postgres';
import type { JSONValue, Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const NOON = '2026-06-15T10:00:00Z';

interface Claim {
  estimate?: number;
  at?: string;
  token?: string;
  sql?: Sql;
}

/** Asks for room for one draft; what stands in its way, or null when its estimate is reserved. */
async function charge(
  club: Club,
  { estimate = 1000, at = NOON, token = crypto.randomUUID(), sql = club.sql }: Claim = {},
): Promise<string | null> {
  const [row] = await sql<{ obstacle: string | null }[]>`
    select campaigns.charge_draft(${club.id}, null, ${token}, 'claude-test', false, ${estimate}, ${at}) as obstacle`;
  return row!.obstacle;
}

const settle = (club: Club, token: string, usage: Record<string, JSONValue>) =>
  club.sql`select campaigns.settle_charge(${club.id}, ${token}, ${club.sql.json(usage)}, ${NOON})`;

async function charged(club: Club, day = club.today) {
  const [row] = await club.sql<{ spent: number; reserved: number; drafts: number }[]>`
    select spent_micro_usd::int as spent, reserved_micro_usd::int as reserved, drafts::int
    from campaigns.charged(${club.id}, ${day})`;
  return row!;
}

/** A club whose day has room for that many estimates of 1000 millionths of a dollar. */
async function clubWith(settings: Record<string, number>, timezone = 'Europe/Prague'): Promise<Club> {
  const club = await clubs.open({ timezone });
  await club.set(settings);
  return club;
}

describe('a budget in money', () => {
  it('is reserved to the last millionth, and not one further', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.003 });
    expect(await charge(club)).toBeNull();
    expect(await charge(club, { estimate: 2001 })).toBe('budget_money');
    expect(await charge(club, { estimate: 2000 })).toBeNull();
    expect(await charge(club, { estimate: 1 })).toBe('budget_money');
    expect(await charged(club)).toEqual({ spent: 0, reserved: 3000, drafts: 2 });
  });

  it('takes back what a claim did not cost', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.001 });
    const token = crypto.randomUUID();
    expect(await charge(club, { token })).toBeNull();
    expect(await charge(club, { estimate: 900 })).toBe('budget_money');
    await settle(club, token, { cost_micro_usd: 100, attempts: 1 });
    expect(await charge(club, { estimate: 900 })).toBeNull();
    expect(await charged(club)).toEqual({ spent: 100, reserved: 900, drafts: 2 });
  });

  it('keeps what a claim cost beyond its estimate', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.002 });
    const token = crypto.randomUUID();
    await charge(club, { token });
    await settle(club, token, { cost_micro_usd: 1999.2, attempts: 2 });
    expect(await charged(club)).toEqual({ spent: 2000, reserved: 0, drafts: 1 });
    expect(await charge(club, { estimate: 1 })).toBe('budget_money');
  });

  it('of zero lets nothing through, and tells nobody what they chose themselves', async () => {
    const club = await clubWith({ drafting_budget_usd: 0 });
    expect(await charge(club, { estimate: 1 })).toBe('budget_money');
    expect(
      await club.sql`select kind from campaigns.drafting_notices where club_id = ${club.id}`,
    ).toHaveLength(0);
  });
});

describe('a budget in drafts', () => {
  it('counts to exactly as many', async () => {
    const club = await clubWith({ drafting_daily_drafts: 2 });
    expect([await charge(club), await charge(club), await charge(club)]).toEqual([
      null,
      null,
      'budget_drafts',
    ]);
  });

  it('does not count a question that Claude answered with an error', async () => {
    const club = await clubWith({ drafting_daily_drafts: 1 });
    const token = crypto.randomUUID();
    await charge(club, { token });
    await settle(club, token, { cost_micro_usd: 0, attempts: 1 });
    expect(await charge(club)).toBeNull();
    expect(await charge(club)).toBe('budget_drafts');
  });

  it('of another club is another one', async () => {
    const [one, other] = [
      await clubWith({ drafting_daily_drafts: 1 }),
      await clubWith({ drafting_daily_drafts: 1 }),
    ];
    expect(await charge(one)).toBeNull();
    expect(await charge(one)).toBe('budget_drafts');
    expect(await charge(other)).toBeNull();
  });
});

describe('a charge', () => {
  it('of a worker that died counts as its estimate for ever', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.001 });
    await charge(club);
    expect(await charge(club, { at: '2026-06-15T21:59:00Z', estimate: 1 })).toBe('budget_money');
    expect(await charged(club)).toMatchObject({ spent: 0, reserved: 1000 });
  });

  it('whose cost nobody reports stays an estimate', async () => {
    const club = await clubs.open();
    const token = crypto.randomUUID();
    await charge(club, { token });
    await settle(club, token, { attempts: 1 });
    expect(await charged(club)).toEqual({ spent: 0, reserved: 1000, drafts: 1 });
  });

  it('of one lease is made once, and a second report never makes it cheaper', async () => {
    const club = await clubs.open();
    const token = crypto.randomUUID();
    expect([await charge(club, { token }), await charge(club, { token })]).toEqual([null, null]);
    await settle(club, token, { cost_micro_usd: 700, attempts: 2 });
    await settle(club, token, { cost_micro_usd: 300, attempts: 1 });
    expect(await charged(club)).toEqual({ spent: 700, reserved: 0, drafts: 1 });
  });

  it('belongs to the day it was made on, whenever it is settled', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.001 });
    const token = crypto.randomUUID();
    await charge(club, { token, at: '2026-06-15T21:59:59Z' });
    await club.sql`
      select campaigns.settle_charge(${club.id}, ${token}, '{"cost_micro_usd": 1000, "attempts": 2}', '2026-06-15T22:01:00Z')`;
    expect(await charged(club)).toMatchObject({ spent: 1000 });
    expect(await charge(club, { at: '2026-06-15T22:01:00Z' })).toBeNull();
  });
});

describe('the day of a budget', () => {
  it.each([
    ['Europe/Prague', '2026-06-15T21:59:59.999Z', '2026-06-15T22:00:00Z'],
    ['America/New_York', '2026-06-16T03:59:59.999Z', '2026-06-16T04:00:00Z'],
    // The day summer time begins has 23 hours, the day it ends 25.
    ['Europe/Prague', '2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00Z'],
    ['Europe/Prague', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00Z'],
  ])('in %s ends after %s', async (timezone, last, first) => {
    const club = await clubWith({ drafting_daily_drafts: 1 }, timezone);
    expect(await charge(club, { at: last })).toBeNull();
    expect(await charge(club, { at: last })).toBe('budget_drafts');
    expect(await charge(club, { at: first })).toBeNull();
    expect(await charge(club, { at: first })).toBe('budget_drafts');
  });

  it.each([
    ['summer time begins', '2026-03-28T23:00:00Z'],
    ['summer time ends', '2026-10-24T22:00:00Z'],
  ])('on which %s begins at its midnight', async (_, midnight) => {
    const club = await clubWith({ drafting_daily_drafts: 1 });
    const before = new Date(Date.parse(midnight) - 1).toISOString();
    expect(await charge(club, { at: before })).toBeNull();
    expect(await charge(club, { at: midnight })).toBeNull();
    expect(await charge(club, { at: midnight })).toBe('budget_drafts');
  });
});

describe('what the owner is told of a budget', () => {
  const notices = (club: Club) => club.sql`
    select kind, notice_date::text as day, noticed_at, detail from campaigns.drafting_notices
    where club_id = ${club.id} order by noticed_at`;

  it('is noted and audited the first time in a day, with the figures of that moment', async () => {
    const club = await clubWith({ drafting_budget_usd: 0.0015 });
    await charge(club);
    await charge(club);
    await charge(club, { at: '2026-06-15T11:00:00Z' });
    expect(await notices(club)).toEqual([
      {
        kind: 'budget_money',
        day: '2026-06-15',
        noticed_at: new Date(NOON),
        detail: {
          budget_usd: 0.0015,
          daily_drafts: 500,
          spent_micro_usd: 0,
          reserved_micro_usd: 1000,
          estimate_micro_usd: 1000,
          drafts: 1,
        },
      },
    ]);
    const audited = await club.sql`
      select actor, action from core.audit_log where club_id = ${club.id} and action like 'drafting.%'`;
    expect(audited).toEqual([{ actor: 'system:drafting', action: 'drafting.budget_money' }]);
  });

  it('is said anew the next day', async () => {
    const club = await clubWith({ drafting_daily_drafts: 1 });
    for (const at of [NOON, NOON, '2026-06-16T10:00:00Z', '2026-06-16T10:00:00Z']) await charge(club, { at });
    expect((await notices(club)).map(({ kind, day }) => [kind, day])).toEqual([
      ['budget_drafts', '2026-06-15'],
      ['budget_drafts', '2026-06-16'],
    ]);
  });
});

describe('claims at the same moment', () => {
  const CONNECTIONS = 8;
  let pool: Sql;
  beforeAll(() => {
    pool = postgres(clubs.database.url, { max: CONNECTIONS, onnotice: () => undefined });
  });
  afterAll(() => pool.end());

  it('never pass a limit together, and leave no room unused that one of them had', async () => {
    const claim = fc.record({ estimate: fc.integer({ min: 1, max: 900 }), isLost: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(claim, { minLength: 2, maxLength: 2 * CONNECTIONS }),
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: CONNECTIONS }),
        async (claims, microUsd, drafts) => {
          const club = await clubWith({
            drafting_budget_usd: microUsd / 1e6,
            drafting_daily_drafts: drafts,
          });
          const answers = await Promise.all(
            claims.map(({ estimate, isLost }) => {
              const token = crypto.randomUUID();
              return pool
                .begin(async (sql) => {
                  const obstacle = await charge(club, { estimate, token, sql: sql as unknown as Sql });
                  if (isLost) throw new Error('rolled back on purpose');
                  return obstacle;
                })
                .catch((error: Error) => {
                  if (error.message !== 'rolled back on purpose') throw error;
                  return 'lost';
                });
            }),
          );
          const { reserved, drafts: taken } = await charged(club);
          expect(reserved).toBeLessThanOrEqual(microUsd);
          expect(taken).toBeLessThanOrEqual(drafts);
          expect(taken).toBe(answers.filter((answer) => answer === null).length);
          // Whoever was refused for good would be refused now: what was lost meanwhile may have made room.
          if (claims.some(({ isLost }) => isLost)) return;
          for (const [index, answer] of answers.entries()) {
            if (answer === 'budget_money')
              expect(reserved + claims[index]!.estimate).toBeGreaterThan(microUsd);
            if (answer === 'budget_drafts') expect(taken).toBe(drafts);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
