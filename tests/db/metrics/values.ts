import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPO } from '../../../stack/embedded/paths.ts';
import type { Club, Day } from '../club.ts';

/** The 26 metrics of the definitions, in their order. */
export const CODES = [
  ['clients_total', 'count'],
  ['new_clients_7d', 'count'],
  ['new_clients_30d', 'count'],
  ['trial_conversion', 'ratio'],
  ['active_7d', 'count'],
  ['active_30d', 'count'],
  ['core_clients', 'count'],
  ['early_churn', 'count'],
  ['inactive_60d', 'count'],
  ['inactive_180d', 'count'],
  ['pt_first_30d', 'count'],
  ['pt_repeat_30d', 'count'],
  ['pt_churn', 'count'],
  ['high_ltv', 'count'],
  ['milestone_10', 'count'],
  ['milestone_25', 'count'],
  ['milestone_50', 'count'],
  ['milestone_100', 'count'],
  ['milestone_200', 'count'],
  ['milestone_500', 'count'],
  ['retention_30d', 'ratio'],
  ['visits_per_active', 'ratio'],
  ['revenue_30d', 'count'],
  ['arpu_30d', 'ratio'],
  ['no_show_rate_30d', 'ratio'],
  ['ltv_average', 'ratio'],
] as const;

export type Code = (typeof CODES)[number][0];
export type Values = Record<Code, number | null>;

const NOTHING = Object.fromEntries(
  CODES.map(([code, shape]) => [code, shape === 'count' ? 0 : null]),
) as Values;

const MIGRATIONS = join(REPO, 'supabase/migrations');

/** Every metric there is, the 26 and those added since: a metric has a file, whose noun is its code. */
export const METRICS: string[] = readdirSync(MIGRATIONS)
  .filter((file) => /^\d{14}_metrics_/.test(file))
  .filter((file) => readFileSync(join(MIGRATIONS, file), 'utf8').includes('select metrics.define('))
  .toSorted()
  .map((file) => file.slice('20260101040000_metrics_'.length, -'.sql'.length));

/** All 26 values: these, and of every other metric what it says of an empty club, 0 or no value. */
export function only(values: Partial<Values>): Values {
  return { ...NOTHING, ...values };
}

/** The values of the 26 as of a day. */
export async function valuesOf(club: Club, day: Day = club.today): Promise<Values> {
  const rows = await club.sql<{ code: Code; value: number | null }[]>`
    select code, value::float8 from metrics.read_all(${club.id}, ${day})
    where code = any (${CODES.map(([code]) => code)})`;
  return Object.fromEntries(rows.map(({ code, value }) => [code, value])) as Values;
}
