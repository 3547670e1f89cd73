import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Parameters } from '../../../shared/bg-nbd/facts.ts';
import { FitError, fitBgNbd } from '../../../shared/bg-nbd/fit.ts';
import { createApp } from '../../../supabase/functions/fit-bg-nbd/app.ts';
import type { FitDeps } from '../../../supabase/functions/fit-bg-nbd/club-fit.ts';
import { addSimulated, addVisitors, earlier, makeDue } from '../../db/bg-nbd-club.ts';
import { NOON } from '../../db/campaign.ts';
import { Club } from '../../db/club.ts';
import { openHarness } from '../harness.ts';
import type { Harness } from '../harness.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const TRUTH: Parameters = { r: 1.2, alpha: 9, a: 0.6, b: 7 };

let at: number;
const now = () => new Date(at);
let harness: Harness;
beforeEach(async () => {
  at = Date.parse(NOON);
  harness = await openHarness('fit-bg-nbd', now);
});
afterEach(() => harness.close());

const run = (fit: FitDeps['fit'] = fitBgNbd, headers?: Record<string, string>) =>
  harness.callFunction(createApp({ ...harness, fit, now }), {}, headers);

async function openClub(fill: (club: Club) => Promise<void>): Promise<Club> {
  const club = await Club.open(harness.sql);
  await fill(club);
  await makeDue(club);
  return club;
}

const simulated = (clients: number, seed: number, parameters = TRUTH) =>
  openClub((club) => addSimulated(club, parameters, { clients, days: 600, seed }));

const NOTHING = { own: 0, pooled: 0, too_few: 0, failed: 0, left: 0 };

const fits = (club: Club) => harness.sql`
  select *, own_repeat_clients::int, clients::int, repeat_clients::int, as_of::text, holdout_until::text
  from stats.bg_nbd_fits where club_id = ${club.id} order by fit_id`;

const state = async (club: Club) => {
  const [row] = await harness.sql`
    select *, repeat_clients::int, repeat_clients_needed::int, pooled_repeat_clients::int
    from stats.bg_nbd_state(${club.id})`;
  return row;
};

const incidents = (club: Club) =>
  harness.sql`select incident, detail from api.number_incidents where club_id = ${club.id}`;

describe('a club with enough repeat clients', () => {
  it('has parameters of its own, and what they foretell happens', async () => {
    const club = await simulated(2000, 1);
    expect(await run()).toEqual({ status: 200, body: { ...NOTHING, own: 1 } });

    const [fit] = await fits(club);
    expect(fit).toMatchObject({
      basis: 'own',
      has_converged: true,
      as_of: club.ago(31),
      holdout_until: club.ago(1),
    });
    expect(fit!.repeat_clients).toBe(fit!.own_repeat_clients);
    // Of 2,000 clients, four standard errors of the least certain parameter, b, are 0.54 of its logarithm.
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      expect(fit![name] / TRUTH[name], name).toBeGreaterThan(Math.exp(-0.54));
      expect(fit![name] / TRUTH[name], name).toBeLessThan(Math.exp(0.54));
    }

    const rows = await harness.sql<Record<string, number>[]>`
      select *, clients::int from stats.bg_nbd_calibrations where club_id = ${club.id} order by decile`;
    expect(rows.map(({ decile }) => decile)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const [there] = await harness.sql`
      select count(*)::int as clients from stats.client_stats where club_id = ${club.id} and first_visit_date <= ${club.ago(31)}`;
    expect(rows.reduce((sum, { clients }) => sum + clients!, 0)).toBe(there!.clients);

    // Four standard errors: what a client does is off its expectation by 1.5 visits of 1.3, over 1,900 clients; a tenth has 190.
    const mean = (name: string) =>
      rows.reduce((sum, row) => sum + row[name]! * row.clients!, 0) / there!.clients;
    expect(Math.abs(mean('predicted_visits') / mean('actual_visits') - 1)).toBeLessThan(0.11);
    expect(Math.abs(mean('predicted_active') - mean('actual_active'))).toBeLessThan(0.04);
    for (const row of rows) {
      expect(Math.abs(row.predicted_visits! - row.actual_visits!), `decile ${row.decile}`).toBeLessThan(
        0.12 + 0.25 * row.predicted_visits!,
      );
      expect(row.predicted_alive).toBeGreaterThanOrEqual(row.predicted_active!);
    }
    expect((await state(club))?.explanation).toMatch(/^Fitted on this club's own clients, \d+ of them/);
  });

  it('is fitted again a week later, and keeps the fit before with its calibration', async () => {
    const club = await simulated(600, 2);
    await run();
    at += WEEK - 1000;
    expect((await run()).body).toEqual(NOTHING);
    at += 1000;
    await club.sql`select stats.refresh(${club.id}, ${club.ago(-7)}, ${now()})`;
    expect((await run()).body).toEqual({ ...NOTHING, own: 1 });
    expect((await fits(club)).map((fit) => fit.holdout_until)).toEqual([club.ago(1), club.ago(-6)]);
    const [kept] = await harness.sql`select count(*)::int as deciles from stats.bg_nbd_calibrations`;
    expect(kept).toEqual({ deciles: 20 });
  });
});

describe('a club with fewer than 200 repeat clients', () => {
  it('uses parameters of all clubs together, and says so; it alone', async () => {
    const large = await simulated(900, 3);
    const small = await simulated(60, 4);
    expect((await run()).body).toEqual({ ...NOTHING, own: 1, pooled: 1 });
    const [ofSmall] = await fits(small);
    const [ofLarge] = await fits(large);
    expect(ofLarge).toMatchObject({ basis: 'own' });
    expect(ofSmall).toMatchObject({ basis: 'pooled' });
    expect(ofSmall!.own_repeat_clients).toBeLessThan(60);
    expect(ofSmall!.repeat_clients).toBe(ofLarge!.repeat_clients + ofSmall!.own_repeat_clients);
    expect(ofSmall!.r).not.toBe(ofLarge!.r);
    expect(await state(small)).toMatchObject({
      basis: 'pooled',
      repeat_clients: ofSmall!.own_repeat_clients,
      repeat_clients_needed: 200,
      explanation: expect.stringMatching(
        /^Pooled parameters: this club had \d+ repeat clients, 200 are needed/,
      ),
    });
    const rows = await harness.sql`select distinct basis from stats.bg_nbd(${small.id}, ${small.today})`;
    expect(rows).toEqual([{ basis: 'pooled' }]);
    const [calibrated] = await harness.sql`
      select sum(clients)::int as clients from stats.bg_nbd_calibrations where club_id = ${small.id}`;
    expect(calibrated!.clients).toBeLessThanOrEqual(60);
  });

  it('searches once for all such clubs', async () => {
    for (const seed of [5, 6, 7]) await simulated(120, seed);
    let searches = 0;
    const counted: FitDeps['fit'] = (facts) => {
      searches += 1;
      return fitBgNbd(facts);
    };
    expect((await run(counted)).body).toEqual({ ...NOTHING, pooled: 3 });
    expect(searches).toBe(1);
  });

  it('has no probabilities when all clubs together have too few, says how many, and is tried again daily', async () => {
    const club = await openClub((each) => addVisitors(each, earlier(120, 90, 5)));
    const other = await openClub((each) => addVisitors(each, [...earlier(79, 90, 5), ...earlier(300, 4)]));
    expect((await run()).body).toEqual({ ...NOTHING, too_few: 2 });
    expect(await fits(club)).toEqual([]);
    expect(await state(other)).toMatchObject({
      basis: null,
      repeat_clients: 79,
      pooled_repeat_clients: 199,
      repeat_clients_needed: 200,
      last_outcome: 'too_few',
    });
    expect(await incidents(club)).toEqual([]);
    const rows = await harness.sql`
      select distinct probability_alive, expected_visits_30d, basis from stats.bg_nbd(${club.id}, ${club.today})`;
    expect(rows).toEqual([{ probability_alive: null, expected_visits_30d: null, basis: null }]);

    expect((await run()).body).toEqual(NOTHING);
    await addVisitors(other, earlier(1, 90, 5));
    await other.refresh();
    at += 24 * HOUR;
    expect((await run()).body).toEqual({ ...NOTHING, pooled: 2 });
  });

  it('pools each club up to its own day, and none whose first sync is under way', async () => {
    const here = await openClub((each) => addVisitors(each, earlier(3, 20, 0)));
    const ahead = await Club.open(harness.sql, { timezone: 'Pacific/Kiritimati', today: here.ago(-1) });
    await addVisitors(ahead, earlier(5, 20, 0));
    await makeDue(ahead);
    const unfinished = await Club.open(harness.sql);
    await addVisitors(unfinished, earlier(7, 20, 0));
    await unfinished.refresh();
    const [pooled] = await harness.sql`select stats.bg_nbd_pooled_facts(${now()}) as facts`;
    expect(pooled!.facts).toEqual({ repeat_clients: 8, is_enough: false, facts: [[1, 20, 20, 8]] });
  });
});

describe('a club whose fit fails', () => {
  it('stops no other, says so among the incidents, and recovers', async () => {
    const broken = await simulated(400, 8);
    const healthy = await simulated(401, 9);
    let searches = 0;
    const failsFirst: FitDeps['fit'] = (facts) => {
      searches += 1;
      if (searches === 1) throw new FitError('The likelihood of the facts is not finite.');
      return fitBgNbd(facts);
    };
    expect((await run(failsFirst)).body).toEqual({ ...NOTHING, own: 1, failed: 1 });
    expect(await fits(broken)).toEqual([]);
    expect(await fits(healthy)).toHaveLength(1);
    expect(await incidents(broken)).toEqual([
      {
        incident: 'step_failed',
        detail: 'fit-bg-nbd has failed once, last: The likelihood of the facts is not finite.',
      },
    ]);
    expect(await state(broken)).toMatchObject({ last_outcome: 'failed' });
    expect(harness.logged).toContainEqual(
      expect.objectContaining({ event: 'fit_failed', club_id: broken.id }),
    );

    expect((await run()).body).toEqual(NOTHING);
    at += 24 * HOUR;
    expect((await run()).body).toEqual({ ...NOTHING, own: 1 });
    expect(await incidents(broken)).toEqual([]);
  });

  it('is one whose parameters the database refuses, too', async () => {
    const club = await simulated(400, 10);
    const absurd: FitDeps['fit'] = (facts) => ({ ...fitBgNbd(facts), r: 1000, alpha: 0.1 });
    expect((await run(absurd)).body).toEqual({ ...NOTHING, failed: 1 });
    expect(await fits(club)).toEqual([]);
    expect(await incidents(club)).toMatchObject([{ incident: 'step_failed' }]);
  });
});

describe('one invocation', () => {
  it('begins no further fit once much processor time went into fits; the next one goes on', async () => {
    for (const seed of [11, 12]) await simulated(400, seed);
    const slow: FitDeps['fit'] = (facts) => {
      at += 900;
      return fitBgNbd(facts);
    };
    expect((await run(slow)).body).toEqual({ ...NOTHING, own: 1, left: 1 });
    expect((await run(slow)).body).toEqual({ ...NOTHING, own: 1 });
    expect((await run(slow)).body).toEqual(NOTHING);
  });

  it('is refused to whoever has not the cron key', async () => {
    expect((await run(fitBgNbd, { apikey: harness.access.serviceKey })).status).toBe(401);
  });
});
