import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const locationMetrics = z.array(
  z.object({
    club_id: number,
    location: z.string(),
    currency: z.string(),
    as_of: date,
    value: number.nullable(),
    numerator: number.nullable(),
    denominator: number.nullable(),
    sample_size: number,
  }),
);
export type LocationMetric = z.infer<typeof locationMetrics>[number];

const COLUMNS = locationMetrics.element.keyof().options.join(', ');

/** The latest kept reading of a metric in each of the person's clubs. */
export async function readLocationMetrics(api: Api, code: string): Promise<LocationMetric[]> {
  const answer = await api
    .from('location_metrics')
    .select(COLUMNS)
    .eq('code', code)
    .order('location')
    .order('club_id');
  return read('api.location_metrics', answer, locationMetrics);
}
