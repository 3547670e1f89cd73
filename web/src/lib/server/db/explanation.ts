import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const explanation = z.array(
  z.object({
    position: number,
    segment: z.string(),
    name: z.string(),
    rule: z.string(),
    inputs: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.null()])),
    holds: z.boolean(),
    is_winner: z.boolean(),
    verdict: z.string(),
    reason: z.string().nullable(),
  }),
);
export type ExplainedRule = z.infer<typeof explanation>[number];

const NO_SUCH_CLIENT = 'P0002';

/** Every rule asked of one client as of today, in order; null for a client who is unknown or deleted. */
export async function readExplanation(
  api: Api,
  clubId: number,
  clientId: number,
): Promise<ExplainedRule[] | null> {
  const answer = await api
    .rpc('explain_segment', { p_club_id: clubId, p_client_id: clientId })
    .order('position');
  if (answer.error?.code === NO_SUCH_CLIENT) return null;
  return read('api.explain_segment', answer, explanation);
}
