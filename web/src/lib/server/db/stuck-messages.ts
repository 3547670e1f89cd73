import { z } from 'zod';
import type { Requeued, StuckMessage } from '#lib/message.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const stuck = z.array(
  z.object({
    message_id: z.uuid(),
    client_id: number,
    member: z.string(),
    phone: z.string(),
    purpose: z.enum(['campaign', 'answer', 'confirmation']),
    conversation_id: number.nullable(),
    occasion: z.string().nullable(),
    language: z.string(),
    rendered: z.string(),
    status: z.enum(['dead', 'uncertain']),
    status_reason: z.string().nullable(),
    error_code: number.nullable(),
    queued_at: instant,
    expires_at: instant.nullable(),
    attempts: number,
    last_attempt_at: instant.nullable(),
  }),
);

const COLUMNS = stuck.element.keyof().options.join(', ');

/** The newest messages in a state that a person has to end, and how many there are. */
export async function readStuckMessages(
  api: Api,
  clubId: number,
  status: StuckMessage['status'],
  limit: number,
): Promise<{ messages: StuckMessage[]; all: number }> {
  const answer = await api
    .from('stuck_messages')
    .select(COLUMNS, { count: 'exact' })
    .eq('club_id', clubId)
    .eq('status', status)
    .order('queued_at', { ascending: false })
    .order('message_id')
    .limit(limit);
  const messages = read('api.stuck_messages', answer, stuck);
  return { messages, all: answer.count ?? messages.length };
}

/** What the database says to a person who may not, and to a message that is not there. */
const REFUSALS = ['42501', 'P0002', '23514'];

export const requeueForm = z.object({ messages: z.array(z.uuid()).min(1).max(1000) });

const requeued = z.object({ requeued: number, expired: number, refused: number });

/** Sends dead messages again: what came of them, or why it is refused. */
export async function requeueMessages(
  api: Api,
  clubId: number,
  { messages }: z.infer<typeof requeueForm>,
): Promise<Requeued | string> {
  const answer = await api.rpc('requeue_messages', { p_club_id: clubId, p_message_ids: messages });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  return read('api.requeue_messages', answer, requeued);
}

export const resolveForm = z.object({
  message: z.uuid(),
  arrived: z.enum(['yes', 'no']).transform((word) => word === 'yes'),
});

/** Says what became of an uncertain message: its status by now, or why that is refused. */
export async function resolveUncertain(
  api: Api,
  clubId: number,
  { message, arrived }: z.infer<typeof resolveForm>,
): Promise<{ status: string } | { refusal: string }> {
  const answer = await api.rpc('resolve_uncertain', {
    p_club_id: clubId,
    p_message_id: message,
    p_has_arrived: arrived,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return { status: read('api.resolve_uncertain', answer, z.string()) };
}
