import { beforeAll, describe, expect, it } from 'vitest';
import { SCENARIOS } from '../campaign.ts';
import { useClubs } from '../clubs.ts';
import { violations } from './storm-checker.ts';
import { FIRST_DAY } from './storm-clock.ts';
import { storm } from './storm.ts';
import type { Storm } from './storm.ts';

/**
 * How long the storm lasts at least. The days that pass are the same: the longer it is, the more happens in each.
 * STORM_SECONDS=60 for a minute, STORM_SEED for other chances.
 */
const SECONDS = Number(process.env['STORM_SECONDS'] ?? 20);
const SEED = Number(process.env['STORM_SEED'] ?? 7);

const REASONS = [
  ...['no_phone', 'suppressed', 'no_consent', 'came_back', 'already_sent', 'cooldown', 'frequency_cap'],
  ...['no_template', 'holdout', 'daily_limit'],
];

const clubs = useClubs();
let after: Storm;

beforeAll(
  async () => {
    after = await storm(clubs.database, await clubs.open({ today: FIRST_DAY }), SECONDS, SEED);
  },
  SECONDS * 15_000 + 60_000,
);

describe('eight planners and four senders at once, while members visit, opt out and change phones', () => {
  it('break no rule of the definitions', () => {
    expect(violations(after.journal, after.purposes, after.rules)).toEqual([]);
  }, 60_000);

  it('seldom have to repeat what they do', () => {
    const { collisions } = after.journal;
    expect(collisions.length, JSON.stringify(collisions, null, 2)).toBeLessThanOrEqual(3);
  });

  it('send messages by the hundred, of every scenario and of a campaign', () => {
    const purposes = new Map(after.purposes.map((purpose) => [purpose.message, purpose]));
    const sent = Map.groupBy(after.journal.sends, ({ message }) => purposes.get(message)!.scenario);
    for (const scenario of [...SCENARIOS, 'one_off'])
      expect(sent.get(scenario)?.length ?? 0, scenario).toBeGreaterThan(3);
    expect(after.journal.sends.length).toBeGreaterThan(100);
  });

  it('meet every reason not to send', async () => {
    const skips = await clubs.sql<{ reason: string }[]>`select distinct reason from campaigns.skips`;
    expect(skips.map(({ reason }) => reason)).toEqual(expect.arrayContaining(REASONS));
  });
});
