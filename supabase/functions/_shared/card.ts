// A moderation card: what the database says a draft looks like now.
import { z } from 'zod';

export const cardShape = z.looseObject({
  club_id: z.number(),
  draft_id: z.uuid(),
  version: z.number().int(),
  status: z.string(),
  decided_by: z.string().nullable(),
  decided_at: z.string().nullable(),
  decision_reason: z.string().nullable(),
  /** The Telegram message that shows it; null before the first one. */
  message_id: z.number().int().nullable(),
  chat_id: z.string().nullable(),
  member: z.string(),
  segment: z.string().nullable(),
  scenario: z.string(),
  why: z.string(),
  language: z.string(),
  form: z.enum(['template', 'free_text']),
  rendered: z.string(),
  source: z.string(),
  expires_at: z.string(),
  timezone: z.string(),
  club: z.string(),
});
export type Card = z.infer<typeof cardShape>;
