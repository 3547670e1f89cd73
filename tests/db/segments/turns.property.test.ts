import { beforeAll, describe, expect, it } from 'vitest';
import { useClubs } from '../clubs.ts';
import { tellPassing } from './passing-club.ts';
import { passDay } from './passing-days.ts';
import type { PassedDay, Placed } from './passing-days.ts';

const clubs = useClubs();

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const DAYS = 400;
const CLIENTS = 60;

/** Away from the edges of the rollup's own windows, on which many are decided again anyway. */
const SETTINGS: Record<string, number>[] = [
  {},
  {
    pt_cancelled_min_days: 25,
    pt_cancelled_max_days: 70,
    trial_dropoff_min_days: 5,
    trial_dropoff_max_days: 119,
    at_risk_min_days: 15,
    going_silent_min_days: 45,
    nearly_lost_min_days: 100,
    lost_min_days: 250,
    regular_min_visits: 2,
  },
  {
    vip_threshold_minor: 5_000,
    pt_cancelled_min_days: 41,
    pt_cancelled_max_days: 50,
    trial_dropoff_min_days: 12,
    trial_dropoff_max_days: 220,
    at_risk_min_days: 33,
    going_silent_min_days: 75,
    nearly_lost_min_days: 150,
    lost_min_days: 300,
  },
];

const histories: PassedDay[][] = [];
let lists: Record<string, string[]> = {};

beforeAll(async () => {
  const rows = await clubs.sql<{ code: string; turns: string[] }[]>`
    select code, turns from segments.definitions order by priority`;
  lists = Object.fromEntries(rows.map(({ code, turns }) => [code, turns]));
  for (const [index, settings] of SETTINGS.entries()) {
    const club = await clubs.open();
    if (Object.keys(settings).length > 0) await club.set(settings);
    await tellPassing(club, seed + index, CLIENTS);
    const days: PassedDay[] = [];
    for (let day = 0; day <= DAYS; day += 1) days.push(await passDay(club, day));
    histories.push(days);
  }
}, 240_000);

const isVip = ({ ltv }: Placed, threshold: number | null) =>
  threshold !== null && ltv > 0 && ltv >= threshold;

/** How often a rule begins or ceases to hold of somebody who had no news and none of whose listed dates has come. */
function surprises(days: PassedDay[], code: string, isListed: (place: number) => boolean): number {
  const left = new Map<number, { holds: boolean; turns: number }>();
  let count = 0;
  let before: number | null = null;
  for (const { day, threshold, placed, turned } of days) {
    for (const now of placed) {
      const known = left.get(now.client);
      const holds = now.holds[code]!;
      const isAsked =
        !known ||
        known.turns <= day ||
        turned.has(now.client) ||
        isVip(now, before) !== isVip(now, threshold);
      if (isAsked) {
        const ahead = now.ahead[code]!.filter((days, place) => isListed(place) && days !== null && days > 0);
        left.set(now.client, { holds, turns: day + Math.min(...(ahead as number[])) });
      } else if (known.holds !== holds) {
        count += 1;
        known.holds = holds;
      }
    }
    before = threshold;
  }
  return count;
}

const inAllClubs = (code: string, isListed: (place: number) => boolean) =>
  histories.reduce((sum, days) => sum + surprises(days, code, isListed), 0);

it('deciding those with news and those whose day has come is, every day, deciding everybody', () => {
  let changes = 0;
  for (const [club, days] of histories.entries()) {
    const before = new Map<number, string | null>();
    for (const { day, placed } of days) {
      for (const { client, segment, turns, keptSegment, keptTurns } of placed) {
        const where = `client ${client} of club ${club} on day ${day}, SEED=${seed}`;
        expect([keptSegment, keptTurns], where).toEqual([segment, turns]);
        if (before.has(client) && before.get(client) !== segment) changes += 1;
        before.set(client, segment);
      }
    }
  }
  console.info(
    `${changes} changes of segment in ${DAYS} days of ${SETTINGS.length} clubs; SEED=${seed} does the same again.`,
  );
  expect(changes).toBeGreaterThan(SETTINGS.length * CLIENTS);
});

describe('the dates that a rule lists', () => {
  it('foretell, each list alone, every day on which the rule begins or ceases to hold with no news', () => {
    for (const code of Object.keys(lists)) {
      expect(
        inAllClubs(code, () => true),
        `${code}, SEED=${seed}`,
      ).toBe(0);
      const began = histories.some((days) =>
        days.some(({ placed }) => placed.some(({ holds }) => holds[code])),
      );
      expect(began, `${code} holds of nobody, SEED=${seed}`).toBe(true);
    }
  });

  it('are each needed, but for the 60 days on which a visit leaves the rollup’s own window', () => {
    for (const [code, dates] of Object.entries(lists)) {
      for (const [missing, date] of dates.entries()) {
        const missed = inAllClubs(code, (place) => place !== missing);
        const isWindow = date.includes('client.last_visit_date + 60');
        expect(missed > 0, `${code} without ${date}, SEED=${seed}`).toBe(!isWindow);
      }
    }
  });
});
