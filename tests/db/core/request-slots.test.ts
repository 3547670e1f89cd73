import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Share } from '../../../shared/booking/provider.ts';
import { useClubs } from '../clubs.ts';
import { Asker, RateBucket, mostWithin } from './rate-bucket.ts';

const clubs = useClubs();
const PER_SECOND = 5;
const PER_MINUTE = 200;
const START = Date.parse('2026-03-11T09:00:00Z');
const MINUTE = 60_000;

let opened = 0;
let bucket: RateBucket;
const openBucket = () => {
  opened += 1;
  return new RateBucket(clubs.sql, `platform-${opened}`, PER_SECOND, PER_MINUTE);
};
beforeEach(() => {
  bucket = openBucket();
});

const askers = (count: number, share: Share) => Array.from({ length: count }, () => new Asker(share, START));

describe('the shares', () => {
  it('of 5 a second and 200 a minute are 1 and 20 for people, 1 and 20 for changes, and the rest for rebuilds', async () => {
    const shares = await clubs.sql`select share, per_second, per_minute from core.request_shares(5, 200)`;
    expect(shares.map((row) => Object.values(row))).toEqual([
      ['interactive', 1, 20],
      ['changes', 1, 20],
      ['rebuild', 3, 160],
    ]);
  });

  it('of any limits have something each and add up to the limits', async () => {
    const [wrong] = await clubs.sql`
      with limits as (select a_second, a_minute from generate_series(3, 40) as a_second, generate_series(3, 400, 7) as a_minute),
      sums as (
        select a_second, a_minute, sum(per_second) as seconds, sum(per_minute) as minutes, least(min(per_second), min(per_minute)) as least
        from limits cross join core.request_shares(a_second, a_minute)
        group by a_second, a_minute
      )
      select count(*)::int as limits from sums where seconds <> a_second or minutes <> a_minute or least < 1`;
    expect(wrong).toEqual({ limits: 0 });
  });

  it('cannot be made of less than 3', async () => {
    const tiny = new RateBucket(clubs.sql, 'tiny', 2, 200);
    await expect(tiny.take('rebuild', START)).rejects.toThrow('give at least 3 of each');
  });

  it('are three: another one is refused with the names of those there are', async () => {
    await expect(bucket.take('bulk' as Share, START)).rejects.toThrow(
      'Unknown share bulk: take a request from interactive, changes or rebuild.',
    );
  });
});

describe('a turn', () => {
  it('that the asker has no time to wait for is not taken from the others', async () => {
    await bucket.takeMany('rebuild', START, 3);
    expect(await bucket.takeWithin('rebuild', START, 1_124)).toBeNull();
    expect(await bucket.takeWithin('rebuild', START, 1_125)).toBe(1_125);
    expect(await bucket.take('rebuild', START)).toBe(1_500);
  });

  it('comes evenly to rebuilds, and never before one that was given', async () => {
    expect(await bucket.takeMany('rebuild', START, 5)).toEqual([0, 375, 750, 1_125, 1_500]);
    // The next one asks with a clock that was set back.
    expect(await bucket.take('rebuild', START - 30_000)).toBe(31_875);
    const idle = openBucket();
    await idle.take('rebuild', START);
    expect(await idle.take('rebuild', START - 30_000)).toBe(30_375);
  });

  it('is borrowed from whoever can wait longer while they are idle, and the own one is kept for later', async () => {
    expect(await bucket.takeMany('interactive', START, 5)).toEqual([0, 0, 0, 375, 750]);
    expect(await bucket.used()).toEqual({ interactive: 1, changes: 1, rebuild: 3 });
    const pressed = openBucket();
    await pressed.takeMany('rebuild', START, 10);
    expect(await pressed.takeMany('interactive', START, 3)).toEqual([0, 0, 1_400]);
  });

  it('of changes is never borrowed from people, and one of a rebuild from nobody', async () => {
    await bucket.takeMany('changes', START, 8);
    expect(await bucket.used()).toEqual({ changes: 2, rebuild: 6 });
    const other = openBucket();
    await other.takeMany('rebuild', START, 8);
    expect(await other.used()).toEqual({ rebuild: 8 });
  });

  it('is given once, also when four ask at the same moment and none has committed yet', async () => {
    const shares: Share[] = ['interactive', 'changes', 'rebuild', 'rebuild'];
    const waits: number[] = [];
    const everybody = Promise.withResolvers<void>();
    let begun = 0;
    const askedIn = shares.map((share) =>
      clubs.sql.begin(async (transaction) => {
        begun += 1;
        if (begun === shares.length) everybody.resolve();
        await everybody.promise;
        waits.push(...(await bucket.in(transaction).takeMany(share, START, 5)));
      }),
    );
    await Promise.all(askedIn);
    expect(waits).toHaveLength(20);
    expect(mostWithin(waits, 1_000)).toBe(PER_SECOND);
  });

  it('is forgotten after two minutes, so the table stays small', async () => {
    await bucket.takeMany('rebuild', START, 40);
    await bucket.take('interactive', START + 200_000);
    expect(await bucket.used()).toEqual({ rebuild: 1 });
  });
});

describe('a person', () => {
  it('waits at most 1.4 s while four rebuilds and four ticks press, until the 20 of the minute are used', async () => {
    const person = new Asker('interactive', START);
    const crowd = [...askers(4, 'rebuild'), ...askers(4, 'changes')];
    await bucket.press([...crowd, person], { until: () => person.waits.length === 20 });
    expect(Math.max(...person.waits)).toBeLessThanOrEqual(1_400);
    expect(Math.min(...crowd.map(({ turns }) => turns.length))).toBeGreaterThan(3);
  });

  it('who comes into the middle of a rebuild whose minute is used up waits no longer', async () => {
    const rebuilds = askers(4, 'rebuild');
    await bucket.press(rebuilds, { until: () => bucket.turns.length === 163 });
    const at = START + 55_000;
    expect(rebuilds.every(({ freeAt }) => freeAt > at)).toBe(true);
    expect(await bucket.takeMany('interactive', at, 3)).toEqual([0, 0, 1_400]);
  });
});

describe('clubs', () => {
  it.each(['interactive', 'changes', 'rebuild'] as const)(
    'that press in the share %s get turns in rotation',
    async (share) => {
      const pressing = askers(7, share);
      let widest = 0;
      const until = () => {
        const counts = pressing.map(({ turns }) => turns.length);
        widest = Math.max(widest, Math.max(...counts) - Math.min(...counts));
        return bucket.turns.length === 250;
      };
      await bucket.press(pressing, { until });
      expect(widest).toBe(1);
    },
  );
});

describe('a throttling answer', () => {
  it('stops every share for as long as it says', async () => {
    await bucket.hold(7_000, START);
    for (const share of ['rebuild', 'changes', 'interactive'] as const)
      expect(await bucket.take(share, START + 1_000)).toBe(6_000);
  });

  it('stops for a second when it says zero, and does not cut a longer stop short', async () => {
    await bucket.hold(0, START);
    expect(await bucket.take('interactive', START)).toBe(1_000);
    await bucket.hold(9_000, START + 2_000);
    await bucket.hold(0, START + 2_500);
    expect(await bucket.take('interactive', START + 3_000)).toBe(8_000);
  });

  it('slows every share down to one a second for a minute, and then no more', async () => {
    await bucket.hold(1_000, START);
    const crowd = [...askers(2, 'interactive'), ...askers(2, 'changes'), ...askers(4, 'rebuild')];
    await bucket.press(crowd, { until: () => crowd.every(({ freeAt }) => freeAt > START + 30_000) });
    expect(mostWithin(bucket.turns, 1_000)).toBe(3);
    expect(await bucket.takeMany('rebuild', START + 58_000, 5)).toEqual([0, 1_400, 2_800, 3_175, 3_550]);
  });

  it('says nothing about another service', async () => {
    await bucket.hold(7_000, START);
    expect(await openBucket().take('rebuild', START)).toBe(0);
  });
});

describe('whoever asks, and whenever', () => {
  const share = fc.constantFrom<Share>('interactive', 'changes', 'rebuild', 'rebuild');
  // Clocks of two instances, one ahead and one behind, together well within the slack of a second.
  const asker = fc.record({ share, skewMs: fc.integer({ min: -45, max: 45 }) });
  const pauseMs = fc.oneof(
    { weight: 400, arbitrary: fc.constant(0) },
    { weight: 40, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 3_000, max: 200_000 }) },
  );
  const heldMs = fc.oneof(
    { weight: 400, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  );
  const script = fc.record({
    crowd: fc.array(asker, { minLength: 3, maxLength: 10 }),
    steps: fc.array(fc.record({ pauseMs, heldMs }), { minLength: 250, maxLength: 400 }),
  });

  it('the limits hold in every second and every minute, and everybody has their turn', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    let fullMinutes = 0;
    const property = fc.asyncProperty(script, async ({ crowd, steps }) => {
      const open = openBucket();
      const pressing = crowd.map(({ share, skewMs }) => new Asker(share, START, skewMs));
      let heldUntil = START;
      for (const step of steps) {
        const next = Asker.first(pressing);
        const at = next.freeAt;
        const wait = await open.turnOf(next);
        // A minute that is full or a hold, and then a second for each who asked before.
        expect(wait).toBeLessThanOrEqual(Math.max(heldUntil - at, 61_000) + 1_400 * crowd.length + 100);
        next.freeAt += step.pauseMs;
        if (step.heldMs === null) continue;
        await open.hold(step.heldMs, at);
        heldUntil = Math.max(heldUntil, at + Math.max(step.heldMs, 1_000));
      }
      expect(mostWithin(open.turns, 1_000)).toBeLessThanOrEqual(PER_SECOND);
      expect(mostWithin(open.turns, MINUTE)).toBeLessThanOrEqual(PER_MINUTE);
      if (mostWithin(open.turns, MINUTE) > 0.9 * PER_MINUTE) fullMinutes += 1;
    });
    const everyShare = (['interactive', 'changes', 'rebuild'] as const).map((share) => ({
      share,
      skewMs: 0,
    }));
    await fc.assert(property, {
      seed,
      // One that surely asks for more than there is.
      examples: [[{ crowd: everyShare, steps: Array(300).fill({ pauseMs: 0, heldMs: null }) }]],
      numRuns: 30,
      interruptAfterTimeLimit: 14_000,
      markInterruptAsFailure: false,
      endOnFailure: true,
    });
    console.info(`${fullMinutes} crowds filled their minute; SEED=${seed} asks the same again.`);
    expect(fullMinutes).toBeGreaterThan(0);
  });
});
