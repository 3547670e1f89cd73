import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const segmentSizes = z.array(
  z.object({ code: z.string(), name: z.string(), rule: z.string(), advice: z.string(), clients: number }),
);
export type SegmentSize = z.infer<typeof segmentSizes>[number];

/** The segments in the order of their priority, with how many clients are in each today. */
export async function readSegmentSizes(api: Api, clubId: number): Promise<SegmentSize[]> {
  const answer = await api
    .from('segment_sizes')
    .select('code, name, rule, advice, clients')
    .eq('club_id', clubId)
    .order('priority');
  return read('api.segment_sizes', answer, segmentSizes);
}
