import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NOON, SCENARIOS } from '../campaign.ts';
import { shiftDay, TODAY } from '../club.ts';
import type { Day } from '../club.ts';
import { useClubs } from '../clubs.ts';
import { PastClub } from '../oracle-backtest.ts';
import type { Fit, PastMember } from '../oracle-backtest.ts';
import { BacktestClub } from './backtest-club.ts';

const clubs = useClubs();

const DAYS = 60;
const FROM = shiftDay(TODAY, -DAYS);
const YESTERDAY = shiftDay(TODAY, -1);
const TOLD = [
  'vip',
  'regular',
  'at_risk',
  'going_silent',
  'nearly_lost',
  'lost',
  'trial_dropoff',
  'pt_cancelled',
];

interface Rules {
  scenario: string | null;
  without: string | null;
  cap: number;
  holdoutShare: number;
  dailyLimit: number;
  cooldown: number;
}

/** Each limit where it is met, and where it is out of the others' way. */
const RULES: Rules[] = [
  { scenario: null, without: null, cap: 1, holdoutShare: 0, dailyLimit: 50, cooldown: 5 },
  { scenario: null, without: null, cap: 2, holdoutShare: 0.4, dailyLimit: 50, cooldown: 30 },
  { scenario: null, without: 'pt_dropout', cap: 3, holdoutShare: 0.2, dailyLimit: 1, cooldown: 15 },
  { scenario: 'reactivation', without: null, cap: 2, holdoutShare: 0.2, dailyLimit: 2, cooldown: 15 },
];

const daysAgo = (max: number) => fc.nat(max).map((days) => shiftDay(TODAY, -days));
const spell = fc
  .record({
    last: fc.integer({ min: 1, max: 240 }),
    gap: fc.integer({ min: 1, max: 9 }),
    times: fc.integer({ min: 1, max: 12 }),
    kind: fc.constantFrom('group', 'personal'),
  })
  .map(({ last, gap, times, kind }) =>
    Array.from({ length: times }, (_, index) => {
      const day = shiftDay(TODAY, -last - index * gap);
      return { day, madeDay: shiftDay(day, -1), status: 'attended' as const, kind };
    }),
  );
const booked = fc
  .record({
    day: daysAgo(DAYS + 10),
    ahead: fc.integer({ min: 1, max: 30 }),
    status: fc.constantFrom('booked' as const, 'attended' as const, 'cancelled' as const),
  })
  .map(({ day, ahead, status }) => ({ day, madeDay: shiftDay(day, -ahead), status, kind: 'group' }));
const past = fc.record({
  /** Some share a phone, some have none. */
  phone: fc.option(fc.nat(12), { freq: 12 }),
  hasConsent: fc.nat(9).map((chance) => chance > 0),
  spells: fc.array(spell, { minLength: 1, maxLength: 3 }),
  booked: fc.array(booked, { maxLength: 2 }),
  payments: fc.array(fc.record({ day: daysAgo(300), minor: fc.integer({ min: 1, max: 9_999 }) }), {
    maxLength: 2,
  }),
  birthday: fc.option(daysAgo(DAYS), { freq: 2 }),
});
/** Not the small ones first, as for shrinking: few clubs, each with much in it. */
const crowd = fc.noBias(fc.array(past, { minLength: 20, maxLength: 20 }));
type Past = typeof past extends fc.Arbitrary<infer T> ? T : never;

function membersOf(crowded: Past[]): PastMember[] {
  return crowded.map(({ phone, hasConsent, spells, booked: ahead, payments }, index) => ({
    name: `member-${String(index).padStart(2, '0')}`,
    phone: phone === null ? null : `+4206010000${String(phone).padStart(2, '0')}`,
    hasConsent,
    bookings: [...spells.flat(), ...ahead],
    payments,
  }));
}

const templatesOf = ({ without }: Rules) => SCENARIOS.filter((scenario) => scenario !== without);
const segmentsOf = ({ cooldown }: Rules) =>
  [...TOLD, 'unsegmented'].map((segment) => ({ segment, days: cooldown }));

async function open(crowded: Past[], rules: Rules): Promise<BacktestClub> {
  const told = await BacktestClub.start(await clubs.open(), templatesOf(rules));
  const twentyYearsAgo = (day: Day) => `${Number(day.slice(0, 4)) - 20}${day.slice(4)}`;
  await told.enter(
    membersOf(crowded),
    crowded.map(({ birthday }) => birthday && twentyYearsAgo(birthday)),
  );
  const { cap, holdoutShare, dailyLimit } = rules;
  await told.club.set({ frequency_cap: cap, holdout_share: holdoutShare, daily_limit: dailyLimit });
  const rows = segmentsOf(rules).map((row) => ({ club_id: told.club.id, ...row }));
  await clubs.sql`insert into campaigns.club_cooldowns ${clubs.sql(rows)}`;
  return told;
}

function oracleOf(clubId: number, crowded: Past[], rules: Rules): PastClub {
  const { cap, holdoutShare, dailyLimit } = rules;
  return new PastClub(membersOf(crowded), {
    clubId,
    cooldownDays: Object.fromEntries(segmentsOf(rules).map(({ segment, days }) => [segment, days])),
    ...{ cap, holdoutShare, dailyLimit, returnDays: 14 },
    ...{ churn: ['pt_dropout', 'last_chance', 'reactivation'], exempt: ['birthday', 'milestone'] },
    withTemplate: templatesOf(rules),
  });
}

const fitsOf = ({ club }: BacktestClub, { scenario }: Rules) => clubs.sql<Fit[]>`
  select
    day::date::text as day, client.external_id as client, fit.scenario, fit.priority, fit.occasion,
    fit.once_since::text as once_since, fit.segment
  from generate_series(${FROM}::date, ${YESTERDAY}::date, '1 day') as day
  cross join lateral campaigns.fits_scenarios(${club.id}, day::date, ${scenario}) as fit
  join crm.clients as client on client.club_id = ${club.id} and client.client_id = fit.client_id`;

/** Random, and told again with the same SEED. */
function stories() {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const crowds = fc.sample(crowd, { seed, numRuns: RULES.length });
  return { seed, all: RULES.map((rules, index) => ({ rules, crowded: crowds[index]! })) };
}

it(
  'a backtest finds what planning day by day would have done, whatever the history',
  { timeout: 120_000 },
  async () => {
    const { seed, all } = stories();
    const seen = new Set<string>();
    for (const { rules, crowded } of all) {
      const told = await open(crowded, rules);
      const expected = oracleOf(told.club.id, crowded, rules).replay(await fitsOf(told, rules));
      const found = await told.outcomes(await told.replay(rules.scenario, FROM, YESTERDAY));
      expect(found, `${JSON.stringify(rules)}, SEED=${seed}`).toEqual(expected);
      for (const { outcome, returned, met_cooldown, met_cap } of found) {
        seen.add(outcome);
        if (returned) seen.add('returned');
        if (met_cooldown) seen.add('cooldown');
        if (met_cap) seen.add('frequency_cap');
      }
    }
    const wanted = [
      'messaged',
      'cooldown',
      'frequency_cap',
      'holdout',
      'came_back',
      'no_consent',
      'returned',
    ];
    expect(
      wanted.filter((outcome) => !seen.has(outcome)),
      `SEED=${seed}`,
    ).toEqual([]);
  },
);

it('on a single day it finds for each client what planning finds', async () => {
  const { seed, all } = stories();
  for (const { rules, crowded } of all) {
    const told = await open(crowded, rules);
    const { id, today } = told.club;
    const planned = await clubs.sql`
      select external_id as client, scenario, coalesce(skip_reason, 'messaged') as outcome
      from campaigns.evaluate(${id}, ${today}, ${NOON}, ${rules.scenario})
      order by external_id collate "C"`;
    const replayed = await told.outcomes(await told.replay(rules.scenario, today, today));
    const outcomes = replayed.map(({ client, scenario, outcome }) => ({ client, scenario, outcome }));
    expect(outcomes, `${JSON.stringify(rules)}, SEED=${seed}`).toEqual(planned);
  }
});
