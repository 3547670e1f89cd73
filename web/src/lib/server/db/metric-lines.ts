import { z } from 'zod';
import type { Point } from '#lib/chart/line.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const metricLines = z.array(
  z.object({ code: z.string(), points: z.array(z.tuple([date, number.nullable()])) }),
);
export type MetricLines = Record<string, Point[]>;

/** The line of every metric between two days, by its code; a day without a reading is not in it. */
export async function readMetricLines(
  api: Api,
  clubId: number,
  from: string,
  until: string,
): Promise<MetricLines> {
  const answer = await api.rpc('metric_lines', { p_club_id: clubId, p_from: from, p_until: until });
  const rows = read('api.metric_lines', answer, metricLines);
  return Object.fromEntries(rows.map(({ code, points }) => [code, points]));
}
