import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';
import { wordingColumns } from './drafting.ts';

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
    ...wordingColumns,
    snoozed_until: instant.nullable(),
    snoozed_by_name: z.string().nullable(),
    planned_at: instant,
    expires_at: instant,
  }),
);
export type Draft = z.infer<typeof drafts>[number];

const COLUMNS = drafts.element.keyof().options.join(', ');

/** Drafts that wait for a person, the one that expires first on top; those that were put off come last. */
export async function readWaitingDrafts(api: Api, clubId: number, limit: number): Promise<Draft[]> {
  const answer = await api
    .from('drafts')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('status', 'pending')
    .order('snoozed_until', { nullsFirst: true })
    .order('expires_at')
    .order('draft_id')
    .limit(limit);
  return read('api.drafts', answer, drafts);
}

/** One draft that waits, however far down the list; null when it waits no more. */
export async function readWaitingDraft(api: Api, clubId: number, draftId: string): Promise<Draft | null> {
  const answer = await api
    .from('drafts')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('status', 'pending')
    .eq('draft_id', draftId);
  return read('api.drafts', answer, drafts)[0] ?? null;
}
