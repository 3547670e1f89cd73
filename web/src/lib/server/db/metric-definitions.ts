import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const metricDefinitions = z.array(
  z.object({
    language: z.string(),
    title: z.string(),
    tooltip: z.string(),
    smallest_sample: number,
    period_days: number,
    has_service_kinds: z.boolean(),
    has_clients: z.boolean(),
    sql: z.string(),
  }),
);
type Row = z.infer<typeof metricDefinitions>[number];

export type MetricDefinition = Omit<Row, 'language' | 'title' | 'tooltip'> & {
  words: Pick<Row, 'language' | 'title' | 'tooltip'>[];
};

const COLUMNS = metricDefinitions.element.keyof().options.join(', ');

/** What the dictionary says of a metric, in all its languages; null for a code that is none. */
export async function readMetricDefinition(api: Api, code: string): Promise<MetricDefinition | null> {
  const answer = await api.from('metric_definitions').select(COLUMNS).eq('code', code).order('language');
  const rows = read('api.metric_definitions', answer, metricDefinitions);
  const [first] = rows;
  if (!first) return null;
  const { smallest_sample, period_days, has_service_kinds, has_clients, sql } = first;
  const words = rows.map(({ language, title, tooltip }) => ({ language, title, tooltip }));
  return { smallest_sample, period_days, has_service_kinds, has_clients, sql, words };
}
