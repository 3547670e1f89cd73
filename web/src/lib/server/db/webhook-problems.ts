import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const problems = z.array(
  z.object({
    event_id: number,
    kind: z.string(),
    received_at: instant,
    error: z.string().nullable(),
    wa_user_id: z.string().nullable(),
    payload: z.json().nullable(),
  }),
);
export type WebhookProblem = z.infer<typeof problems>[number];

const NOT_ALLOWED = '42501';
/** These carry a sentence for whoever asked. */
const SENTENCES = [NOT_ALLOWED, '23514', 'P0002', '22023'];

/** What WhatsApp reported and a person has to look at, the newest first; null for who may not see it. */
export async function readWebhookProblems(api: Api, clubId: number): Promise<WebhookProblem[] | null> {
  const answer = await api.rpc('webhook_problems', { p_club_id: clubId });
  if (answer.error?.code === NOT_ALLOWED) return null;
  return read('api.webhook_problems', answer, problems);
}

export const settleForm = z.object({
  event: z.coerce.number().int().positive(),
  note: z.string().trim().min(1).max(2000),
});

/** Notes what was done about it; false when it is no open problem any more, a sentence when that is refused. */
export async function settleWebhookProblem(
  api: Api,
  clubId: number,
  { event, note }: z.infer<typeof settleForm>,
): Promise<boolean | string> {
  const answer = await api.rpc('settle_webhook_problem', {
    p_club_id: clubId,
    p_event_id: event,
    p_note: note,
  });
  if (answer.error && SENTENCES.includes(answer.error.code)) return answer.error.message;
  return read('api.settle_webhook_problem', answer, z.boolean());
}

export const retryForm = z.object({ event: z.coerce.number().int().positive() });

/** Has it read again once its cause is gone: what is still to do, null when nothing. */
export async function retryWebhookProblem(
  api: Api,
  clubId: number,
  { event }: z.infer<typeof retryForm>,
): Promise<{ refusal: string } | { left: string | null }> {
  const answer = await api.rpc('retry_webhook_problem', { p_club_id: clubId, p_event_id: event });
  if (answer.error && SENTENCES.includes(answer.error.code)) return { refusal: answer.error.message };
  return { left: read('api.retry_webhook_problem', answer, z.string().nullable()) };
}
