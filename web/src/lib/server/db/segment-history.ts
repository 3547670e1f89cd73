import { z } from 'zod';
import type { Point } from '#lib/chart/line.ts';
import type { Flow } from '#lib/flow.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const sizes = z.array(z.object({ as_of: date, segment: z.string(), clients: number }));

/** How large each segment was on each day, by its code. */
export async function readSegmentLines(
  api: Api,
  clubId: number,
  from: string,
  until: string,
): Promise<Record<string, Point[]>> {
  const answer = await api
    .rpc('segment_sizes_over_time', { p_club_id: clubId, p_from: from, p_until: until })
    .select('as_of, segment, clients')
    .order('as_of');
  const lines: Record<string, Point[]> = {};
  for (const { as_of, segment, clients } of read('api.segment_sizes_over_time', answer, sizes)) {
    (lines[segment] ??= []).push([as_of, clients]);
  }
  return lines;
}

const transitions = z.array(
  z
    .object({ from_segment: z.string(), to_segment: z.string(), clients: number })
    .transform(({ from_segment, to_segment, clients }): Flow => ({
      from: from_segment,
      to: to_segment,
      clients,
    })),
);

/** Who went from which segment to which in the week that begins with this Monday, one of the last so many. */
export async function readTransitions(
  api: Api,
  clubId: number,
  week: string,
  weeks: number,
): Promise<Flow[]> {
  const answer = await api
    .rpc('segment_transitions', { p_club_id: clubId, p_weeks: weeks })
    .select('from_segment, to_segment, clients')
    .eq('week_start', week);
  return read('api.segment_transitions', answer, transitions);
}

const histories = z.array(z.object({ begins_date: date, is_complete: z.boolean() }));
export type SegmentHistory = z.infer<typeof histories>[number];

/** Since when it is known who was in which segment; null before the first day. */
export async function readSegmentHistory(api: Api, clubId: number): Promise<SegmentHistory | null> {
  const answer = await api.from('segment_histories').select('begins_date, is_complete').eq('club_id', clubId);
  return read('api.segment_histories', answer, histories)[0] ?? null;
}
