// Something the moderation chat shows: a card, a digest, an alert, a notice, a daily summary; as the database hands it out.
import { z } from 'zod';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';

export const postShape = z.object({
  kind: z.enum(['card', 'digest', 'alert', 'notice', 'summary']),
  object: z.string(),
  /** Null: it concerns all clubs. */
  club_id: z.number().nullable(),
  /** Where it is shown; null before the first time. */
  chat_id: z.string().nullable(),
  message_id: z.number().int().nullable(),
  /** The message that holds the whole text where it is too long for the post. */
  extra_message_id: z.number().int().nullable(),
  /** It comes up again: the message that showed it goes. */
  former_message_id: z.number().int().nullable(),
  /** What it shows, in short; drawn again when this changes. */
  state: z.string(),
  language: z.enum(LANGUAGES),
  /** It must be seen: when somebody deleted its message, it is sent again. */
  is_open: z.boolean(),
  /** What it shows may still change. */
  is_live: z.boolean(),
  /** What it says; its shape is the kind's. */
  body: z.unknown(),
});
export type Post = z.infer<typeof postShape>;

/** One that the queue has reserved a call for. */
export const nextPostShape = postShape.extend({ wait_ms: z.number().nonnegative() });
