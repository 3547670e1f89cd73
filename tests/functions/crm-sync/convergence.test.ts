// Whatever happens on the platform, and whatever goes wrong meanwhile: once it is quiet, the mirror is what the platform holds.
// A failure prints seed and path; given to fc.assert, they repeat it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openClub } from './club.ts';
import type { ClubUnderSync, Fault } from './club.ts';
import { expectMirrorEqualsPlatform } from './equality.ts';
import { anyMutation, mutate, seenMutation } from './mutations.ts';
import type { Mutation } from './mutations.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Of one property; longer finds more. */
const LONGEST_MS = Number(process.env.CONVERGENCE_SECONDS ?? 30) * SECOND;

interface Run {
  mode: 'changes' | 'full';
  /** Cut off after so many pages. */
  pages: number;
  /** What happens while it reads, before the request of that number. */
  during: { request: number; mutation: Mutation }[];
}
type Step = { mutations: Mutation[] } | { fault: Fault } | { ms: number } | { run: Run };
interface History {
  startsAt: string;
  skewMs: number;
  steps: Step[];
}

/** Histories are printed when they fail. */
const plain = { noNullPrototype: true };

const PLACES = ['/*', '/clients/*', '/records/*', '/record/*', '/*transactions/*', '/*abonement*'];
const KINDS = [
  ...['429', 'success-false', 'html-403', '500', 'reset', 'truncated-json', 'page-failure', 'duplicate-ids'],
  ...['no-rights', 'unauthorized'],
];
const fault: fc.Arbitrary<Fault> = fc.record(
  {
    kind: fc.constantFrom(...KINDS),
    match: fc.constantFrom(...PLACES).map((path) => ({ path })),
    times: fc.integer({ min: 1, max: 7 }),
    afterPage: fc.constantFrom(0, 0, 1),
  },
  plain,
);

const clock = fc.oneof(fc.integer({ min: 0, max: 10 * MINUTE }), fc.constantFrom(MINUTE, 20 * MINUTE, HOUR));

/** The first two are the nights of 2026 in which Prague's clocks change: at 01:00 UTC, forward and back. */
const start = fc.constantFrom('2026-03-29T00:20:00Z', '2026-10-24T23:45:00Z', '2026-03-11T09:00:00Z');

function history(mutation: fc.Arbitrary<Mutation>, modes: readonly Run['mode'][]): fc.Arbitrary<History> {
  const event = fc.record({ request: fc.nat({ max: 12 }), mutation }, plain);
  const run = fc.record(
    {
      mode: fc.constantFrom(...modes),
      pages: fc.constantFrom(1, 2, 4, 7, 100, 100),
      during: fc.array(event, { maxLength: 2 }),
    },
    plain,
  );
  const mutations = fc.array(mutation, { minLength: 1, maxLength: 5 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: mutations.map((several) => ({ mutations: several })) },
    { weight: 1, arbitrary: fault.map((one) => ({ fault: one })) },
    { weight: 3, arbitrary: clock.map((ms) => ({ ms })) },
    { weight: 4, arbitrary: run.map((one) => ({ run: one })) },
  );
  return fc.record(
    {
      startsAt: start,
      skewMs: fc.constantFrom(0, 0, -4 * MINUTE, 4 * MINUTE),
      steps: fc.array(step, { minLength: 4, maxLength: 24 }),
    },
    plain,
  );
}

async function take(club: ClubUnderSync, step: Step): Promise<void> {
  if ('ms' in step) club.advance(step.ms);
  else if ('fault' in step) await club.fault(step.fault);
  else if ('run' in step) await runOnce(club, step.run);
  else for (const mutation of step.mutations) await mutate(club, mutation);
}

async function runOnce(club: ClubUnderSync, { mode, pages, during }: Run): Promise<void> {
  let request = 0;
  const onRequest = async () => {
    for (const { mutation } of during.filter((event) => event.request === request)) {
      club.advance(SECOND);
      await mutate(club, mutation);
    }
    request += 1;
  };
  await club.sync({ mode }, { limits: { pages }, onRequest });
}

/** Nothing goes wrong any more, every list has come due, and one tick passes. */
async function quieten(club: ClubUnderSync): Promise<void> {
  await club.control('DELETE', '/faults');
  club.advance(7 * HOUR);
  const { status, body } = await club.sync();
  const { complete, clubs } = body;
  expect({ status, complete, error: clubs[0]?.error }).toEqual({ status: 200, complete: true });
}

async function withClub({ startsAt, skewMs, steps }: History, end: (club: ClubUnderSync) => Promise<void>) {
  const club = await openClub({ clients: 12, visits: 80, at: startsAt });
  try {
    club.setSkew(skewMs);
    await club.syncAll();
    // Tonight's rebuild is 20 hours away: what ticks do not see, nobody mends for them.
    await club.sql`
      update core.settings set rebuild_at = (${club.now()} at time zone 'Europe/Prague')::time - interval '4 hours'
    `;
    for (const step of steps) await take(club, step);
    await quieten(club);
    await end(club);
  } finally {
    await club.close();
  }
}

/** Tries histories until the time is up; one that fails gets time to be made smaller. */
async function holds(histories: fc.Arbitrary<History>, end: (club: ClubUnderSync) => Promise<void>) {
  let endsAt = Date.now() + LONGEST_MS;
  let hasFailed = false;
  const property = fc.asyncProperty(histories, async (given) => {
    if (Date.now() > endsAt) return;
    try {
      await withClub(given, end);
    } catch (error) {
      if (!hasFailed) endsAt = Date.now() + 6 * LONGEST_MS;
      hasFailed = true;
      throw error;
    }
  });
  await fc.assert(property, { numRuns: 1_000 });
}

const options = { timeout: 10 * LONGEST_MS };

describe('after any history, once it is quiet', () => {
  it('ticks and a rebuild make the mirror what the platform holds', options, () =>
    holds(history(anyMutation, ['changes', 'changes', 'full']), async (club) => {
      await club.syncAll({ mode: 'rebuild' });
      const { body } = await club.sync({ mode: 'full' });
      expect(body.complete).toBe(true);
      await expectMirrorEqualsPlatform(club);
    }),
  );

  it('ticks alone do, where every change leaves its trace', options, () =>
    holds(history(seenMutation, ['changes']), expectMirrorEqualsPlatform),
  );
});
