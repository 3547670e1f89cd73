import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const stayLengths = z.array(
  z.object({
    segment: z.string(),
    finished: number,
    running: number,
    median_days: number.nullable(),
    median_days_with_running: number.nullable(),
  }),
);
export type StayLength = z.infer<typeof stayLengths>[number];

const COLUMNS = stayLengths.element.keyof().options.join(', ');

/** How long clients stay in each segment. */
export async function readStayLengths(api: Api, clubId: number): Promise<StayLength[]> {
  const answer = await api.rpc('segment_stay_lengths', { p_club_id: clubId }).select(COLUMNS);
  return read('api.segment_stay_lengths', answer, stayLengths);
}
