import { z } from 'zod';
import type { DecisionForm } from '#lib/decision-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

const decided = z.object({
  outcome: z.enum([
    'approved',
    'rejected',
    'already_decided',
    'old_version',
    'expired',
    'not_eligible',
    'unknown',
  ]),
  status: z.string().nullish(),
  reason: z.string().nullish(),
});
export type Decided = z.infer<typeof decided>;

const NOT_ALLOWED = '42501';

/** Decides about one version of a draft; null when the person may not. The database checks both. */
export async function decideDraft(api: Api, clubId: number, form: DecisionForm): Promise<Decided | null> {
  const answer = await api.rpc('decide_draft', {
    p_club_id: clubId,
    p_draft_id: form.draft,
    p_version: form.version,
    p_decision: form.decision,
    p_reason: form.decision === 'rejected' ? form.reason : null,
  });
  if (answer.error?.code === NOT_ALLOWED) return null;
  return read('api.decide_draft', answer, decided);
}
