// Batches of drafts, as the database hands them out.
import { z } from 'zod';
import { claimedDraft } from './claimed-draft.ts';

/** Drafts that are to be asked for together. */
export const claimedBatch = z.object({
  club_id: z.number(),
  batch_id: z.uuid(),
  tasks: z.array(claimedDraft),
});
export type ClaimedBatch = z.infer<typeof claimedBatch>;

/** A batch that Anthropic has, and that somebody should look at now. */
export const dueBatch = z.object({
  club_id: z.number(),
  batch_id: z.uuid(),
  provider_id: z.string(),
  model: z.string(),
  prompt_version: z.string(),
  voice_version: z.number().int(),
  submitted_at: z.iso.datetime({ offset: true }),
  /** It has had its hour. */
  is_overdue: z.boolean(),
  /** Of drafts whose answers were not read yet: draft → lease token. */
  leases: z.record(z.string(), z.uuid()),
});
export type DueBatch = z.infer<typeof dueBatch>;
