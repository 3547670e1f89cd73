import { z } from 'zod';
import { OUTBOX_FILTERS } from '#lib/message-filter.ts';
import type { OutboxFilter } from '#lib/message-filter.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';
import type { MessageKey } from './message-key.ts';
import { messageKey } from './message-key.ts';
import { wordingColumns } from './drafting.ts';

const attempt = z.object({
  attempt: number,
  claimed_at: instant,
  finished_at: instant.nullable(),
  outcome: z.enum(['accepted', 'retry', 'final', 'uncertain', 'not_started']).nullable(),
  error_code: number.nullable(),
  error: z.string().nullable(),
});
export type Attempt = z.infer<typeof attempt>;

const messages = z.array(
  z.object({
    message_id: z.uuid(),
    member: z.string(),
    phone: z.string(),
    scenario_name: z.string(),
    segment: z.string().nullable(),
    why: z.string(),
    language: z.string(),
    form: z.enum(['template', 'free_text']),
    line: z.string(),
    rendered: z.string(),
    ...wordingColumns,
    status: z.enum(['queued', 'sending', 'sent', 'failed', 'dead', 'cancelled', 'uncertain']),
    status_reason: z.string().nullable(),
    delivery: z.enum(['accepted', 'held', 'sent', 'delivered', 'read', 'failed']).nullable(),
    error_code: number.nullable(),
    queued_at: instant,
    accepted_at: instant.nullable(),
    delivered_at: instant.nullable(),
    read_at: instant.nullable(),
    failed_at: instant.nullable(),
    expires_at: instant,
    decided_by: z.string().nullable(),
    decided_by_name: z.string().nullable(),
    attempts: z.array(attempt).nullable(),
    returned_date: date.nullable(),
    opted_out_at: instant.nullable(),
  }),
);
export type Message = z.infer<typeof messages>[number];

const COLUMNS = messages.element.keyof().options.join(', ');

export interface MessagePage {
  messages: Message[];
  /** Where the next older page begins; null on the last one. */
  older: string | null;
}

interface Asked {
  filter: OutboxFilter;
  before: MessageKey | null;
  limit: number;
}

/** One page of the history, newest first. Paged by key: a page costs the same however old it is. */
export async function readMessages(
  api: Api,
  clubId: number,
  { filter, before, limit }: Asked,
): Promise<MessagePage> {
  let query = api.from('messages').select(COLUMNS).eq('club_id', clubId);
  const states = OUTBOX_FILTERS[filter];
  if (states) query = query.in('status', states);
  if (before) {
    const { queuedAt, messageId } = before;
    query = query.or(`queued_at.lt."${queuedAt}",and(queued_at.eq."${queuedAt}",message_id.lt.${messageId})`);
  }
  // One row more than asked tells whether there is an older page.
  const answer = await query
    .order('queued_at', { ascending: false })
    .order('message_id', { ascending: false })
    .limit(limit + 1);
  const rows = read('api.messages', answer, messages);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { messages: rows.slice(0, limit), older: last ? messageKey(last.queued_at, last.message_id) : null };
}
