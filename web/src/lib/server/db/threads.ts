import { z } from 'zod';
import type { AnswerTemplate, ThreadMessage } from '#lib/conversation.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant } from './column.ts';

const thread = z.array(
  z.object({
    key: z.string(),
    kind: z.enum(['inbound', 'campaign', 'answer', 'confirmation']),
    text: z.string(),
    language: z.string().nullable(),
    at: instant,
    author: z.string().nullable(),
    status: z.enum(['queued', 'sending', 'sent', 'failed', 'dead', 'cancelled', 'uncertain']).nullable(),
    delivery: z.enum(['accepted', 'held', 'sent', 'delivered', 'read', 'failed']).nullable(),
  }),
);

/** What was written with the member of a conversation, both ways, the oldest first. */
export async function readThread(api: Api, clubId: number, conversationId: number): Promise<ThreadMessage[]> {
  const answer = await api.rpc('conversation_messages', {
    p_club_id: clubId,
    p_conversation_id: conversationId,
  });
  return read('api.conversation_messages', answer, thread);
}

const templates = z.array(
  z.object({
    template_name: z.string(),
    template_language: z.string(),
    body: z.string(),
    footer: z.string().nullable(),
    has_message: z.boolean(),
  }),
);

/** The templates in which the member may be answered now, in their language first. */
export async function readAnswerTemplates(
  api: Api,
  clubId: number,
  conversationId: number,
): Promise<AnswerTemplate[]> {
  const answer = await api.rpc('answer_templates', { p_club_id: clubId, p_conversation_id: conversationId });
  return read('api.answer_templates', answer, templates);
}
