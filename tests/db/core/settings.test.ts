import type { JSONValue, Sql } from 'postgres';
import { describe, expect, it } from 'vitest';
import type { Club } from '../club.ts';
import { useClubs } from '../clubs.ts';

const clubs = useClubs();

const NOW = '2026-06-15T10:00:00Z';

type Changes = Record<string, JSONValue>;

const change = (club: Club, changes: JSONValue, { sql = clubs.sql as Sql, by = 'system:test' } = {}) =>
  sql`select core.change_settings(${club.id}, ${sql.json(changes)}, ${by}, ${NOW})`;

/** What a statement is refused with. */
async function refusal(statement: PromiseLike<unknown>) {
  const [outcome] = await Promise.allSettled([statement]);
  if (outcome.status === 'fulfilled') throw new Error('It was not refused.');
  const { message, code, constraint_name: constraint, column_name: column } = outcome.reason;
  return { message, code, constraint, column };
}

async function settingsOf(club: Club): Promise<Changes> {
  const [row] = await clubs.sql<{ settings: Changes }[]>`
    select to_jsonb(setting) as settings from core.settings as setting where club_id = ${club.id}`;
  return row!.settings;
}

const auditOf = (club: Club) => clubs.sql`
  select actor, action, object, detail, happened_at from core.audit_log where club_id = ${club.id} order by audit_id`;

/** Of every constraint, settings of which it is the only broken one. */
const BROKEN: Record<string, Changes> = {
  at_risk_begins_after_a_day: { at_risk_min_days: 0 },
  autonomy_approvals_are_sensible: { autonomy_min_approvals: 0 },
  autonomy_edited_share_is_a_part: { autonomy_max_edited_share: 1.1 },
  autonomy_opt_out_share_is_a_part: { autonomy_max_opt_out_share: -0.1 },
  autonomy_sample_share_is_a_part: { autonomy_sample_share: 1.1 },
  core_visits_are_positive: { core_min_visits: 0 },
  daily_limit_is_not_negative: { daily_limit: -1 },
  delivery_mode_is_known: { delivery_mode: 'pigeon' },
  draft_expiry_is_positive: { draft_expires_after_hours: 0 },
  drafting_budget_is_sensible: { drafting_budget_usd: 1000.01 },
  drafting_drafts_are_sensible: { drafting_daily_drafts: -1 },
  frequency_cap_is_not_negative: { frequency_cap: -1 },
  holdout_share_is_a_part: { holdout_share: 1 },
  inactivity_days_are_in_order: { going_silent_min_days: 180 },
  lift_clients_are_positive: { lift_min_clients: 0 },
  lost_begins_within_ten_years: { lost_min_days: 3_651 },
  message_price_is_not_negative: { message_price_minor: -1 },
  moderation_language_is_supported: { moderation_language: 'de' },
  portfolio_limit_is_not_negative: { portfolio_limit: -1 },
  conversation_days_are_sensible: { conversation_closes_after_days: 0 },
  pt_cancelled_begins_after_a_day: { pt_cancelled_min_days: -31 },
  pt_cancelled_days_are_in_order: { pt_cancelled_min_days: 121 },
  pt_cancelled_ends_within_ten_years: { pt_cancelled_max_days: 3_651 },
  regular_visits_are_positive: { regular_min_visits: 0 },
  return_days_are_sensible: { return_days: 3_651 },
  sending_window_opens_before_it_closes: { sending_opens_at: '20:00' },
  stale_after_is_positive: { stale_after_minutes: 0 },
  trial_dropoff_begins_after_a_day: { trial_dropoff_min_days: 0 },
  trial_dropoff_days_are_in_order: { trial_dropoff_max_days: 6 },
  trial_dropoff_ends_within_ten_years: { trial_dropoff_max_days: 3_651 },
  vip_threshold_is_positive: { vip_threshold_minor: 0 },
};

const constraints = () => clubs.sql<{ name: string; sentence: string | null }[]>`
  select conname as name, obj_description(oid, 'pg_constraint') as sentence
  from pg_constraint where conrelid = 'core.settings'::regclass and contype = 'c' order by conname collate "C"`;

describe('every constraint of the settings', () => {
  it('has a name of its own and the sentence for who breaks it', async () => {
    const all = await constraints();
    expect(all.map(({ name }) => name)).toEqual(Object.keys(BROKEN).sort());
    for (const { name, sentence } of all) {
      expect(name).not.toMatch(/_check\d*$/);
      expect(sentence, name).toMatch(/^[A-Z].{30,}\.$/);
    }
  });

  it.each(Object.entries(BROKEN))('refuses by %s, itself and in words', async (constraint, changes) => {
    const club = await clubs.open();
    const before = await settingsOf(club);
    const [said] = (await constraints()).filter(({ name }) => name === constraint);
    expect(await refusal(change(club, changes))).toMatchObject({
      message: said!.sentence,
      code: '23514',
      constraint,
    });
    expect(await refusal(club.set(changes as Record<string, string | number>))).toMatchObject({
      message: `new row for relation "settings" violates check constraint "${constraint}"`,
      code: '23514',
    });
    expect(await settingsOf(club)).toEqual(before);
    expect(await auditOf(club)).toEqual([]);
  });

  it('is asked in the order of the table, when several are broken', async () => {
    const club = await clubs.open();
    const changes = { vip_threshold_minor: 0, regular_min_visits: 0, at_risk_min_days: 0, lost_min_days: 1 };
    const words = await refusal(change(club, changes));
    expect(await refusal(club.set(changes))).toMatchObject({ constraint: words.constraint });
  });
});

describe('settings that may not be empty', () => {
  it('are refused empty, each with its name', async () => {
    const club = await clubs.open();
    const required = await clubs.sql<{ name: string }[]>`
      select attname as name from pg_attribute
      where attrelid = 'core.settings'::regclass and attnum > 0 and attnotnull and attname not in ('club_id', 'updated_at')`;
    expect(required.length).toBeGreaterThan(15);
    for (const { name } of required)
      expect(await refusal(change(club, { [name]: null })), name).toMatchObject({
        message: `${name} may not be empty: give a value, or leave it out to keep the one it has.`,
        code: '23502',
        column: name,
      });
  });

  it('are not those that mean something when empty', async () => {
    const club = await clubs.open();
    await change(club, { vip_threshold_minor: 100, daily_limit: 5 });
    await change(club, { vip_threshold_minor: null, daily_limit: null });
    expect(await settingsOf(club)).toMatchObject({ vip_threshold_minor: null, daily_limit: null });
  });
});

describe('a value that cannot be read', () => {
  it.each<[JSONValue, string]>([
    [{ lost_min_days: 'abc' }, 'lost_min_days must be a whole number, such as 30, not "abc".'],
    [{ lost_min_days: '300' }, 'lost_min_days must be a whole number, such as 30, not "300".'],
    [{ lost_min_days: 2.5 }, 'lost_min_days must be a whole number, such as 30, not 2.5.'],
    [{ lost_min_days: 9e9 }, 'lost_min_days must be a whole number, such as 30, not 9000000000.'],
    [{ lost_min_days: { days: 1 } }, 'lost_min_days must be a whole number, such as 30, not {"days": 1}.'],
    [{ lost_min_days: [300] }, 'lost_min_days must be a whole number, such as 30, not [300].'],
    [{ lost_min_days: true }, 'lost_min_days must be a whole number, such as 30, not true.'],
    [{ vip_threshold_minor: 0.5 }, 'vip_threshold_minor must be a whole number, such as 30, not 0.5.'],
    [{ holdout_share: 'half' }, 'holdout_share must be a number, such as 0.2, not "half".'],
    [{ delivery_mode: 7 }, 'delivery_mode must be text in quotes, not 7.'],
    [{ has_existing_customer_exception: 1 }, 'has_existing_customer_exception must be true or false, not 1.'],
    [{ rebuild_at: '25:00' }, 'rebuild_at must be a time of day, such as "09:00", not "25:00".'],
    [
      { sending_paused_at: 'soon' },
      'sending_paused_at must be a point in time, such as "2026-06-15T10:00:00Z", not "soon".',
    ],
    [{ losst: 1 }, 'There is no setting "losst" to change: the names are the columns of core.settings.'],
    [{ club_id: 1 }, 'There is no setting "club_id" to change: the names are the columns of core.settings.'],
    [{ updated_at: NOW }, 'There is no setting "updated_at" to change'],
    [[], 'Changes of settings are names with their values: give an object such as {"lost_min_days": 365}.'],
    [7, 'Changes of settings are names with their values'],
  ])('%j is refused: %s', async (changes, sentence) => {
    const club = await clubs.open();
    const { message, code } = await refusal(change(club, changes));
    expect(message).toContain(sentence);
    expect(code).toBe('22023');
  });
});

describe('a change of settings', () => {
  it('writes what is named and nothing else, and keeps who changed what, from what', async () => {
    const club = await clubs.open();
    const other = await clubs.open();
    const [before, untouched] = [await settingsOf(club), await settingsOf(other)];
    await change(
      club,
      { lost_min_days: 300, holdout_share: 0.1, delivery_mode: before.delivery_mode! },
      { by: 'operator:eva' },
    );
    expect(await settingsOf(club)).toEqual({
      ...before,
      lost_min_days: 300,
      holdout_share: 0.1,
      updated_at: '2026-06-15T10:00:00+00:00',
    });
    expect(await settingsOf(other)).toEqual(untouched);
    expect(await auditOf(club)).toEqual([
      {
        actor: 'operator:eva',
        action: 'settings.changed',
        object: `club:${club.id}`,
        detail: {
          before: { lost_min_days: 365, holdout_share: 0.2 },
          after: { lost_min_days: 300, holdout_share: 0.1 },
        },
        happened_at: new Date(NOW),
      },
    ]);
  });

  it('to what is already so is none', async () => {
    const club = await clubs.open();
    const before = await settingsOf(club);
    await change(club, {});
    await change(club, { lost_min_days: 365, vip_threshold_minor: null });
    expect(await settingsOf(club)).toEqual(before);
    expect(await auditOf(club)).toEqual([]);
  });

  it('is judged as a whole: bounds may move together that may not move one by one', async () => {
    const club = await clubs.open();
    await change(club, { nearly_lost_min_days: 400, lost_min_days: 500 });
    expect(await settingsOf(club)).toMatchObject({ nearly_lost_min_days: 400, lost_min_days: 500 });
  });

  it('of an unknown club is refused', async () => {
    const club = await clubs.open();
    const sentence = 'There is no club -1: ask for one in core.clubs.';
    await expect(change({ ...club, id: -1 } as Club, { lost_min_days: 300 })).rejects.toThrow(sentence);
  });
});

describe('two who change settings at once', () => {
  /** The first has changed and not yet committed when the second begins to wait for it. */
  async function atOnce(club: Club, first: Changes, second: Changes): Promise<PromiseSettledResult<unknown>> {
    const one = await clubs.sql.reserve();
    const other = await clubs.sql.reserve();
    try {
      const [own] = await other<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await one`begin`;
      await change(club, first, { sql: one });
      const result = Promise.allSettled([change(club, second, { sql: other })] as const);
      let isWaiting = false;
      while (!isWaiting) {
        const rows = await clubs.sql`
          select from pg_stat_activity where pid = ${own!.pid} and wait_event_type = 'Lock'`;
        isWaiting = rows.length > 0;
      }
      await one`commit`;
      return (await result)[0];
    } finally {
      one.release();
      other.release();
    }
  }

  it('keep each their own, and of the same one the later', async () => {
    const club = await clubs.open();
    const { status } = await atOnce(
      club,
      { lost_min_days: 300, regular_min_visits: 4 },
      { regular_min_visits: 2, delivery_mode: 'notification' },
    );
    expect(status).toBe('fulfilled');
    expect(await settingsOf(club)).toMatchObject({
      lost_min_days: 300,
      regular_min_visits: 2,
      delivery_mode: 'notification',
    });
    const [, later] = await auditOf(club);
    expect(later!.detail.before).toMatchObject({ regular_min_visits: 4 });
  });

  it('never leave together what neither might have left alone', async () => {
    const club = await clubs.open();
    const result = await atOnce(club, { lost_min_days: 200 }, { nearly_lost_min_days: 250 });
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { constraint_name: 'inactivity_days_are_in_order' },
    });
    expect(await settingsOf(club)).toMatchObject({ lost_min_days: 200, nearly_lost_min_days: 180 });
  });
});
