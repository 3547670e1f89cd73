import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const drafts = z.array(
  z.object({
    draft_id: z.uuid(),
    client_id: number,
    member: z.string(),
    scenario_name: z.string(),
    segment_name: z.string().nullable(),
    why: z.string(),
    language: z.string(),
    form: z.enum(['template', 'free_text']),
    version: number,
    message: z.string(),
    rendered: z.string(),
    source: z.enum(['claude', 'static', 'operator']),
    planned_at: instant,
    expires_at: instant,
  }),
);
export type Draft = z.infer<typeof drafts>[number];

/** Drafts that wait for a person, the one that expires first on top. */
export async function readWaitingDrafts(api: Api, clubId: number, limit: number): Promise<Draft[]> {
  const answer = await api
    .from('drafts')
    .select(
      'draft_id, client_id, member, scenario_name, segment_name, why, language, form, version, message, rendered, source, planned_at, expires_at',
    )
    .eq('club_id', clubId)
    .eq('status', 'pending')
    .order('expires_at')
    .order('draft_id')
    .limit(limit);
  return read('api.drafts', answer, drafts);
}
