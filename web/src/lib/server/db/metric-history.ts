import { z } from 'zod';
import type { Basis } from '#lib/chart/basis.ts';
import type { Point } from '#lib/chart/line.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const days = z.array(
  z.object({
    as_of: date,
    value: number.nullable(),
    denominator: number.nullable(),
    sample_size: number,
    basis: z.enum(['known', 'replayed']),
  }),
);
type Day = z.infer<typeof days>[number];

const COLUMNS = days.element.keyof().options.join(', ');

/** The most rows the Data API gives in one answer. */
const PAGE = 1000;

export interface MetricHistory extends Basis {
  points: Point[];
  /** Days whose share or mean rests on too few to mean it. */
  tooFew: string[];
}

/** The kept readings of a metric from a day on, or from the first; oldest first. */
export async function readMetricHistory(
  api: Api,
  clubId: number,
  code: string,
  smallestSample: number,
  from: string | null,
): Promise<MetricHistory> {
  const rows: Day[] = [];
  let page: Day[];
  do {
    let query = api
      .from('metric_history')
      .select(COLUMNS)
      .eq('club_id', clubId)
      .eq('code', code)
      .eq('service_kind', 'all');
    if (from !== null) query = query.gte('as_of', from);
    const oldest = rows.at(-1);
    if (oldest) query = query.lt('as_of', oldest.as_of);
    const answer = await query.order('as_of', { ascending: false }).limit(PAGE);
    page = read('api.metric_history', answer, days);
    rows.push(...page);
  } while (page.length === PAGE);
  return historyOf(rows.reverse(), smallestSample);
}

function historyOf(rows: Day[], smallestSample: number): MetricHistory {
  const first = rows.findIndex(({ basis }) => basis === 'known');
  return {
    points: rows.map(({ as_of, value }) => [as_of, value]),
    tooFew: rows
      .filter(
        ({ value, denominator, sample_size }) =>
          value !== null && denominator !== null && sample_size < smallestSample,
      )
      .map(({ as_of }) => as_of),
    knownFrom: rows[first]?.as_of ?? null,
    replayedSince:
      first < 0
        ? []
        : rows
            .slice(first)
            .filter(({ basis }) => basis === 'replayed')
            .map(({ as_of }) => as_of),
  };
}
