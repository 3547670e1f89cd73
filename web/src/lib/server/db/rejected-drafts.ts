import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant } from './column.ts';
import { messageKey } from './message-key.ts';
import type { MessageKey } from './message-key.ts';

const rejectedDrafts = z.array(
  z.object({
    draft_id: z.uuid(),
    member: z.string(),
    scenario_name: z.string(),
    language: z.string(),
    form: z.enum(['template', 'free_text']),
    message: z.string(),
    rendered: z.string(),
    decided_by: z.string().nullable(),
    decided_by_name: z.string().nullable(),
    decided_at: instant,
    decision_reason: z.string().nullable(),
  }),
);
export type RejectedDraft = z.infer<typeof rejectedDrafts>[number];

const COLUMNS = rejectedDrafts.element.keyof().options.join(', ');

export interface RejectedPage {
  rejected: RejectedDraft[];
  /** Where the next older page begins; null on the last one. */
  older: string | null;
}

/** One page of what people rejected, the latest first. */
export async function readRejectedDrafts(
  api: Api,
  clubId: number,
  { before, limit }: { before: MessageKey | null; limit: number },
): Promise<RejectedPage> {
  let query = api.from('drafts').select(COLUMNS).eq('club_id', clubId).eq('status', 'rejected');
  if (before) {
    const { queuedAt: decidedAt, messageId: draftId } = before;
    query = query.or(`decided_at.lt."${decidedAt}",and(decided_at.eq."${decidedAt}",draft_id.lt.${draftId})`);
  }
  // One row more than asked tells whether there is an older page.
  const answer = await query
    .order('decided_at', { ascending: false })
    .order('draft_id', { ascending: false })
    .limit(limit + 1);
  const rows = read('api.drafts', answer, rejectedDrafts);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rejected: rows.slice(0, limit), older: last ? messageKey(last.decided_at, last.draft_id) : null };
}
