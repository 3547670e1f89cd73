import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const segmentMembers = z.array(
  z.object({
    client_id: number,
    external_id: z.string(),
    name: z.string(),
    reason: z.string(),
    since_date: date.nullable(),
  }),
);
export type SegmentMember = z.infer<typeof segmentMembers>[number];

const COLUMNS = segmentMembers.element.keyof().options.join(', ');

/** Some of a segment's members of today with their reasons, by name, from the so-manieth on. */
export async function readSegmentMembers(
  api: Api,
  clubId: number,
  segment: string,
  from: number,
  limit: number,
): Promise<SegmentMember[]> {
  const answer = await api
    .rpc('segment_members', { p_club_id: clubId, p_segment: segment })
    .select(COLUMNS)
    .order('name')
    .order('client_id')
    .range(from, from + limit - 1);
  return read('api.segment_members', answer, segmentMembers);
}
