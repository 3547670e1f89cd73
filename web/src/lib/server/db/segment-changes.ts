import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const segmentChanges = z.array(
  z.object({
    change_id: number,
    client_id: number,
    client: z.string(),
    changed_date: date,
    from_segment: z.string().nullable(),
    to_segment: z.string().nullable(),
    reason: z.string(),
    basis: z.enum(['known', 'replayed']),
  }),
);
export type SegmentChange = z.infer<typeof segmentChanges>[number];

const COLUMNS = segmentChanges.element.keyof().options.join(', ');

/** The newest changes, and of how many they are the newest. */
export interface NewestChanges {
  changes: SegmentChange[];
  all: number;
}

/** The newest changes into and out of a segment since a day. */
export async function readSegmentChanges(
  api: Api,
  clubId: number,
  segment: string,
  since: string,
  limit: number,
): Promise<NewestChanges> {
  const answer = await changesOf(api, clubId)
    .or(`from_segment.eq.${segment},to_segment.eq.${segment}`)
    .gte('changed_date', since)
    .limit(limit);
  const changes = read('api.segment_changes', answer, segmentChanges);
  return { changes, all: answer.count ?? changes.length };
}

/** The newest changes of one client. */
export async function readClientChanges(
  api: Api,
  clubId: number,
  clientId: number,
  limit: number,
): Promise<NewestChanges> {
  const answer = await changesOf(api, clubId).eq('client_id', clientId).limit(limit);
  const changes = read('api.segment_changes', answer, segmentChanges);
  return { changes, all: answer.count ?? changes.length };
}

/** Newest first: of one day, what was noticed on it comes after what was replayed. */
function changesOf(api: Api, clubId: number) {
  return api
    .from('segment_changes')
    .select(COLUMNS, { count: 'exact' })
    .eq('club_id', clubId)
    .order('changed_date', { ascending: false })
    .order('basis')
    .order('change_id', { ascending: false });
}
