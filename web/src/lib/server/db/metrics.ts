import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const metrics = z.array(
  z.object({
    code: z.string(),
    title: z.string(),
    tooltip: z.string(),
    formula: z.string(),
    unit: z.enum(['clients', 'share', 'visits', 'money']),
    direction: z.enum(['up', 'down', 'neutral']),
    caveat: z.string().nullable(),
    smallest_sample: number,
    value: number.nullable(),
    numerator: number.nullable(),
    denominator: number.nullable(),
    sample_size: number.nullable(),
    is_large_enough: z.boolean().nullable(),
    change: number.nullable(),
    change_as_of: date.nullable(),
    previous_as_of: date.nullable(),
    previous_value: number.nullable(),
    is_change_large_enough: z.boolean().nullable(),
    computed_at: instant,
    data_until: instant.nullable(),
  }),
);
export type Metric = z.infer<typeof metrics>[number];

/** Every metric of a club as of a day, in the dictionary's order. */
export async function readMetrics(api: Api, clubId: number, asOf: string): Promise<Metric[]> {
  return read(
    'api.read_metrics',
    await api.rpc('read_metrics', { p_club_id: clubId, p_as_of: asOf }),
    metrics,
  );
}

/** One metric of a club as of a day; null for a code that is none. */
export async function readMetric(
  api: Api,
  clubId: number,
  code: string,
  asOf: string,
): Promise<Metric | null> {
  const answer = await api.rpc('read_metrics', { p_club_id: clubId, p_as_of: asOf }).eq('code', code);
  return read('api.read_metrics', answer, metrics)[0] ?? null;
}
