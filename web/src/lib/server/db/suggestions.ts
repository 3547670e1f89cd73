import { z } from 'zod';
import type { Suggestion } from '#lib/conversation.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const suggestions = z.array(
  z.object({
    suggestion_id: number,
    state: z.enum(['waiting', 'writing', 'done', 'failed']),
    message: z.string().nullable(),
    error: z.string().nullable(),
    requested_at: instant,
  }),
);
const COLUMNS = suggestions.element.keyof().options.join(', ');

/** The last reply that was asked for in a conversation since the member wrote; null when none was. */
export async function readSuggestion(
  api: Api,
  clubId: number,
  conversation: { conversation_id: number; last_inbound_at: string },
): Promise<Suggestion | null> {
  const answer = await api
    .from('suggestions')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('conversation_id', conversation.conversation_id)
    .gte('requested_at', conversation.last_inbound_at)
    .order('requested_at', { ascending: false })
    .limit(1);
  return read('api.suggestions', answer, suggestions)[0] ?? null;
}

/** What the database says to who may not, where nothing is open, and to an eleventh within the minute. */
const REFUSALS = ['42501', 'P0002', '55000'];

/** Asks for a reply to be suggested; why not, or null when it is being written. */
export async function requestSuggestion(
  api: Api,
  { clubId, conversationId }: { clubId: number; conversationId: number },
): Promise<string | null> {
  const answer = await api.rpc('request_suggestion', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.request_suggestion', answer, number);
  return null;
}
