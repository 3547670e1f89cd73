import { z } from 'zod';
import type { Conversation, ConversationFilter } from '#lib/conversation.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const conversations = z.array(
  z.object({
    conversation_id: number,
    client_id: number,
    member: z.string(),
    phone: z.string(),
    kind: z.enum(['reply', 'unclear_wish']),
    opened_at: instant,
    last_inbound_at: instant,
    last_message: z.string().nullable(),
    answered_at: instant.nullable(),
    is_open: z.boolean(),
    window_closes_at: instant.nullable(),
    needs: z.enum(['answer', 'decision']).nullable(),
  }),
);

const COLUMNS = conversations.element.keyof().options.join(', ');

const NEEDED = { decision: 0, answer: 1 };

/** The open or the closed conversations, those that wait for a person first, and how many there are. */
export async function readConversations(
  api: Api,
  clubId: number,
  filter: ConversationFilter,
  limit: number,
): Promise<{ conversations: Conversation[]; all: number }> {
  const answer = await api
    .from('conversations')
    .select(COLUMNS, { count: 'exact' })
    .eq('club_id', clubId)
    .eq('is_open', filter === 'open')
    .order('last_inbound_at', { ascending: false })
    .order('conversation_id', { ascending: false })
    .limit(limit);
  const found = read('api.conversations', answer, conversations);
  const place = ({ needs }: Conversation) => (needs === null ? 2 : NEEDED[needs]);
  return {
    conversations: found.toSorted((left, right) => place(left) - place(right)),
    all: answer.count ?? found.length,
  };
}

/** One conversation; null when there is none of this id. */
export async function readConversation(
  api: Api,
  clubId: number,
  conversationId: number,
): Promise<Conversation | null> {
  const answer = await api
    .from('conversations')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('conversation_id', conversationId);
  return read('api.conversations', answer, conversations)[0] ?? null;
}

/** The conversation of a client that is open, else their last; null when they never wrote. */
export async function readClientConversation(
  api: Api,
  clubId: number,
  clientId: number,
): Promise<Conversation | null> {
  const answer = await api
    .from('conversations')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('client_id', clientId)
    .order('is_open', { ascending: false })
    .order('last_inbound_at', { ascending: false })
    .limit(1);
  return read('api.conversations', answer, conversations)[0] ?? null;
}
