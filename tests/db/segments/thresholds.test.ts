import type { JSONValue } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const DEFAULT_RULES: Record<string, string> = {
  vip: 'LTV at or over the VIP threshold (none yet), last visit less than 60 days ago',
  pt_cancelled:
    'At least 2 personal trainings, the last of them 31 to 120 days ago, last visit less than 60 days ago',
  trial_dropoff: 'Exactly 1 visit in all, never a membership, 7 to 179 days since that visit',
  lost: '365 days or more since the last visit',
  nearly_lost: '180 days or more since the last visit, fewer than 365',
  going_silent: '60 days or more since the last visit, fewer than 180',
  at_risk:
    '21 days or more since the last visit, fewer than 60; or half the visits of the 30 days before, which had at least 3; ' +
    'or away for three times the usual gap, at least 10 days',
  regular: '3 or more visits in the last 30 days',
};

async function rulesOf(club: Club): Promise<Record<string, string>> {
  const rows = await clubs.sql<{ code: string; rule: string }[]>`
    select code, rule from api.segment_sizes where club_id = ${club.id}`;
  return Object.fromEntries(rows.map(({ code, rule }) => [code, rule]));
}

const preview = (club: Club, thresholds: JSONValue, day = club.today) => clubs.sql`
  select from_segment, to_segment, clients::int as clients
  from segments.preview(${club.id}, ${day}, ${clubs.sql.json(thresholds)})
  order by 1, 2`;

const move = (from_segment: string | null, to_segment: string | null, clients: number) => ({
  from_segment,
  to_segment,
  clients,
});

describe('the dictionary of thresholds', () => {
  it('names columns of the settings, and every column whose name says it bounds a segment', async () => {
    const known = await clubs.sql<{ code: string }[]>`select code from segments.thresholds order by code`;
    const columns = await clubs.sql<{ code: string }[]>`
      select attname as code from pg_attribute
      where attrelid = 'core.settings'::regclass and attnum > 0
        and attname ~ '_(min|max)_(days|visits)$|_threshold_minor$' and attname <> 'core_min_visits'
      order by attname`;
    expect(known).toEqual(columns);
  });

  it('is used up by the rules: there is none that no rule in SQL asks, or that its words leave out', async () => {
    const rows = await clubs.sql<{ code: string; words: string | null; sql: string | null }[]>`
      select known.code,
        (select min(code) from segments.definitions where rule like '%{' || known.code || '}%') as words,
        (select min(code) from segments.definitions where holds like '%club.' || known.code || '%') as sql
      from segments.thresholds as known`;
    for (const { code, words, sql } of rows) {
      expect(words, code).not.toBeNull();
      expect(sql, code).not.toBeNull();
    }
    const unsaid = await clubs.sql`
      select definition.code, known.code as threshold
      from segments.definitions as definition join segments.thresholds as known
        on (definition.holds like '%club.' || known.code || '%') <> (definition.rule like '%{' || known.code || '}%')`;
    expect(unsaid).toEqual([]);
  });
});

describe('the words of a rule', () => {
  it('are the definitions’ where the club changed nothing', async () => {
    expect(await rulesOf(await clubs.open())).toEqual(DEFAULT_RULES);
  });

  it('say the club’s own thresholds, each of them, and leave other clubs their own', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    await club.set({
      vip_threshold_minor: 1_234_550,
      pt_cancelled_min_days: 32,
      pt_cancelled_max_days: 121,
      trial_dropoff_min_days: 8,
      trial_dropoff_max_days: 178,
      lost_min_days: 366,
      nearly_lost_min_days: 181,
      going_silent_min_days: 61,
      at_risk_min_days: 22,
      regular_min_visits: 4,
    });
    expect(await rulesOf(club)).toEqual({
      ...DEFAULT_RULES,
      vip: 'LTV at or over the VIP threshold (12345.50), last visit less than 60 days ago',
      pt_cancelled:
        'At least 2 personal trainings, the last of them 32 to 121 days ago, last visit less than 60 days ago',
      trial_dropoff: 'Exactly 1 visit in all, never a membership, 8 to 178 days since that visit',
      lost: '366 days or more since the last visit',
      nearly_lost: '181 days or more since the last visit, fewer than 366',
      going_silent: '61 days or more since the last visit, fewer than 181',
      at_risk: DEFAULT_RULES.at_risk!.replace('21 days', '22 days').replace('fewer than 60', 'fewer than 61'),
      regular: '4 or more visits in the last 30 days',
    });
    expect(await rulesOf(other)).toEqual(DEFAULT_RULES);
  });

  it('say what the top tenth have paid, where no VIP threshold is fixed', async () => {
    const club = await clubs.open();
    await club.came('eva', [1]);
    await club.payment('eva', club.ago(1), 250_000);
    await clubs.sql`select segments.tick(${club.id}, ${`${club.today}T10:00:00Z`})`;
    expect((await rulesOf(club)).vip).toContain('the VIP threshold (2500),');
  });

  it('are the same in the explanation of one client, as of the day', async () => {
    const club = await clubs.open();
    await club.set({ lost_min_days: 300 });
    await club.came('eva', [40]);
    await club.payment('eva', club.ago(30), 7_550);
    const explained = async (day: string) => {
      const rows = await clubs.sql<{ segment: string; rule: string }[]>`
        select segment, rule from segments.explain(${club.id}, ${await club.idOf('eva')}, ${day})`;
      return Object.fromEntries(rows.map(({ segment, rule }) => [segment, rule]));
    };
    expect(await explained(club.today)).toMatchObject({
      vip: 'LTV at or over the VIP threshold (75.50), last visit less than 60 days ago',
      lost: '300 days or more since the last visit',
    });
    expect((await explained(club.ago(31))).vip).toBe(DEFAULT_RULES.vip);
  });

  it.each([
    '{no_such_threshold} days',
    'for {lost_min_days',
    'for lost_min_days}',
    '{} days',
    '{{lost_min_days}}',
  ])('with a brace that names no threshold are refused: %s', async (rule) => {
    const define = clubs.sql`
        select segments.define('no_such_segment', 99, 'n', ${rule}, 'a', 'true', ${`'why'`}, array['null::date'])`;
    await expect(define).rejects.toThrow(
      /^The rule of segment no_such_segment says ".+", which names no threshold: write the code of one/,
    );
  });
});

describe('a preview', () => {
  async function clubOfFive(): Promise<Club> {
    const club = await clubs.open();
    await club.came('new', [1]);
    await club.came('silent', [100, 101]);
    await club.came('also silent', [130, 131]);
    await club.came('nearly lost', [200, 201]);
    await club.client('never came');
    return club;
  }

  it('counts who would move from where to where, who stays, and nobody who never came', async () => {
    const club = await clubOfFive();
    await club.refresh();
    expect(await preview(club, { nearly_lost_min_days: 120, lost_min_days: 200 })).toEqual([
      move('going_silent', 'going_silent', 1),
      move('going_silent', 'nearly_lost', 1),
      move('nearly_lost', 'lost', 1),
      move(null, null, 1),
    ]);
  });

  it('without changes moves nobody, and writes nothing', async () => {
    const club = await clubOfFive();
    await club.refresh();
    const written = () => clubs.sql`
      select (select to_jsonb(setting) from core.settings as setting where club_id = ${club.id}) as settings,
        (select jsonb_agg(kept order by client_id) from segments.client_segments as kept where club_id = ${club.id}) as kept,
        (select count(*)::int from segments.changes where club_id = ${club.id}) as changes`;
    const before = await written();
    expect(await preview(club, {})).toEqual([
      move('going_silent', 'going_silent', 2),
      move('nearly_lost', 'nearly_lost', 1),
      move(null, null, 1),
    ]);
    await preview(club, { lost_min_days: 190 });
    expect(await written()).toEqual(before);
  });

  it('is of any day, whether the rollup stands there or not', async () => {
    const club = await clubOfFive();
    await club.refresh();
    // A hundred days ago there were only three: here today, gone for 30 days, gone for 100.
    expect(await preview(club, { nearly_lost_min_days: 80, lost_min_days: 90 }, club.ago(100))).toEqual([
      move('at_risk', 'at_risk', 1),
      move('going_silent', 'lost', 1),
      move(null, null, 1),
    ]);
  });

  it('fixes the VIP threshold, or gives it back to the percentile', async () => {
    const club = await clubs.open();
    for (const [name, minor] of [
      ['eva', 100],
      ['jan', 200],
      ['petr', 300],
    ] as const) {
      await club.came(name, [1]);
      await club.payment(name, club.ago(1), minor);
    }
    expect(await preview(club, { vip_threshold_minor: 200 })).toEqual([
      move('vip', 'vip', 1),
      move(null, 'vip', 1),
      move(null, null, 1),
    ]);
    await club.set({ vip_threshold_minor: 100 });
    expect(await preview(club, { vip_threshold_minor: null })).toEqual([
      move('vip', 'vip', 1),
      move('vip', null, 2),
    ]);
  });

  it.each<[JSONValue, string]>([
    [
      { delivery_mode: 'notification' },
      'There is no threshold "delivery_mode": change one of vip_threshold_minor, pt_cancelled_min_days, ',
    ],
    [{ core_min_visits: 2 }, 'There is no threshold "core_min_visits": change one of '],
    [[], 'Thresholds are codes with their values: give an object such as {"lost_min_days": 365}.'],
    [null, 'Thresholds are codes with their values'],
    [{ lost_min_days: 'abc' }, 'lost_min_days must be a whole number, such as 30, not "abc".'],
    [{ lost_min_days: null }, 'lost_min_days may not be empty'],
    [{ lost_min_days: -1 }, 'The days since the last visit must go up: at risk begins before going silent'],
    [{ lost_min_days: 2_000_000_000 }, 'Lost must begin at most 3650 days after the last visit.'],
    [{ pt_cancelled_min_days: 200 }, 'PT cancelled must end on the day it begins or later'],
    [{ vip_threshold_minor: -5 }, 'The VIP threshold must be more than zero'],
  ])('of %j is refused: %s', async (thresholds, sentence) => {
    await expect(preview(await clubs.open(), thresholds)).rejects.toThrow(sentence);
  });

  it('holds at the furthest thresholds there may be', async () => {
    const club = await clubOfFive();
    const furthest = {
      pt_cancelled_max_days: 3_650,
      trial_dropoff_max_days: 3_650,
      going_silent_min_days: 3_648,
      nearly_lost_min_days: 3_649,
      lost_min_days: 3_650,
      vip_threshold_minor: Number.MAX_SAFE_INTEGER,
    };
    expect(await preview(club, furthest)).toEqual([
      move('going_silent', 'at_risk', 2),
      move('nearly_lost', 'at_risk', 1),
      move(null, null, 1),
    ]);
    await club.set(furthest);
    await clubs.sql`select segments.tick(${club.id}, ${`${club.today}T10:00:00Z`})`;
  });
});
