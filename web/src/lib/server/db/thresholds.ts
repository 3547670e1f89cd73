import { z } from 'zod';
import { UNSEGMENTED } from '#lib/flow.ts';
import type { Flow } from '#lib/flow.ts';
import type { Api } from '#lib/server/supabase.ts';
import type { Threshold, ThresholdChanges } from '#lib/threshold-form.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const thresholds = z.array(
  z.object({
    code: z.string(),
    title: z.string(),
    meaning: z.string(),
    unit: z.enum(['days', 'visits', 'money']),
    value: number.nullable(),
    default_value: number.nullable(),
  }),
);

/** The thresholds of a club's segments, in the order of the rules. */
export async function readThresholds(api: Api, clubId: number): Promise<Threshold[]> {
  const answer = await api.rpc('segment_thresholds', { p_club_id: clubId }).order('position');
  return read('api.segment_thresholds', answer, thresholds);
}

const moves = z.array(
  z
    .object({ from_segment: z.string().nullable(), to_segment: z.string().nullable(), clients: number })
    .transform(({ from_segment, to_segment, clients }): Flow => ({
      from: from_segment ?? UNSEGMENTED,
      to: to_segment ?? UNSEGMENTED,
      clients,
    })),
);

/** What the database says to a value it does not take: not a number, none at all, or out of order. */
const REFUSALS = ['22023', '23502', '23514'];

export type Refused = { refusal: string };

/** How many clients the changes would move from where to where, and how many stay; or why they may not be so. */
export async function previewThresholds(
  api: Api,
  clubId: number,
  changes: ThresholdChanges,
): Promise<Flow[] | Refused> {
  const answer = await api.rpc('preview_thresholds', { p_club_id: clubId, p_thresholds: changes });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.preview_thresholds', answer, moves);
}

const NOT_ALLOWED = '42501';

/** Saves the changes; how many clients moved, or why it was refused: the values, or the person. */
export async function changeThresholds(
  api: Api,
  clubId: number,
  changes: ThresholdChanges,
): Promise<number | Refused> {
  const answer = await api.rpc('change_thresholds', { p_club_id: clubId, p_thresholds: changes });
  if (answer.error && [...REFUSALS, NOT_ALLOWED].includes(answer.error.code))
    return { refusal: answer.error.message };
  return read('api.change_thresholds', answer, number);
}
