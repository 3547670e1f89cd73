import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const backtests = z.array(
  z.object({
    backtest_id: number,
    from_date: date,
    until_date: date,
    next_date: date,
    return_days: number,
    state: z.enum(['running', 'done', 'failed']),
    requested_at: instant,
    error: z.string().nullable(),
  }),
);
export type Backtest = z.infer<typeof backtests>[number];

const COLUMNS = backtests.element.keyof().options.join(', ');
const SHOWN = 5;

/** The newest backtests of a scenario alone, or of all that are on together (null); newest first. */
export async function readBacktests(api: Api, clubId: number, scenario: string | null): Promise<Backtest[]> {
  const asked = api.from('backtests').select(COLUMNS).eq('club_id', clubId);
  const answer = await (scenario === null ? asked.is('scenario', null) : asked.eq('scenario', scenario))
    .order('requested_at', { ascending: false })
    .limit(SHOWN);
  return read('api.backtests', answer, backtests);
}

const months = z.array(
  z.object({
    month: date,
    fitting: number,
    messaged: number,
    followed: number,
    returned: number,
    returned_contacted: number,
    met_cooldown: number,
    met_cap: number,
    skipped: z.record(z.string(), number),
  }),
);
export type BacktestMonth = z.infer<typeof months>[number];

const MONTH_COLUMNS = months.element.keyof().options.join(', ');

/** What a backtest found of a scenario, by month. */
export async function readBacktestMonths(
  api: Api,
  clubId: number,
  backtestId: number,
  scenario: string,
): Promise<BacktestMonth[]> {
  const answer = await api
    .rpc('backtest_summary', { p_club_id: clubId, p_backtest_id: backtestId })
    .select(MONTH_COLUMNS)
    .eq('scenario', scenario)
    .order('month');
  return read('api.backtest_summary', answer, months);
}

const clients = z.array(
  z.object({
    client_id: number,
    external_id: z.string(),
    name: z.string(),
    occasion: z.string(),
    day: date,
    returned_date: date.nullable(),
    was_contacted: z.boolean(),
  }),
);
export type BacktestClient = z.infer<typeof clients>[number];

const CLIENT_COLUMNS = clients.element.keyof().options.join(', ');

/** The last whom a backtest would have messaged in a scenario, newest first, and how many there are. */
export async function readBacktestClients(
  api: Api,
  clubId: number,
  backtestId: number,
  scenario: string,
  limit: number,
): Promise<{ clients: BacktestClient[]; all: number }> {
  const answer = await api
    .from('backtest_contacts')
    .select(CLIENT_COLUMNS, { count: 'exact' })
    .eq('club_id', clubId)
    .eq('backtest_id', backtestId)
    .eq('scenario', scenario)
    .eq('outcome', 'messaged')
    .order('day', { ascending: false })
    .order('client_id')
    .limit(limit);
  const found = read('api.backtest_contacts', answer, clients);
  return { clients: found, all: answer.count ?? found.length };
}

const NOT_ALLOWED = '42501';

/** Has the last 365 days replayed, of a scenario alone or of all that are on (null); false when the person may not. */
export async function requestBacktest(api: Api, clubId: number, scenario: string | null): Promise<boolean> {
  const answer = await api.rpc('request_backtest', { p_club_id: clubId, p_scenario: scenario });
  if (answer.error?.code === NOT_ALLOWED) return false;
  read('api.request_backtest', answer, number);
  return true;
}
