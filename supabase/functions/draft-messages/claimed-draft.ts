// A draft that waits for its words, leased to us for a while.
import { z } from 'zod';
import { writingTask } from './writing-task.ts';

export const claimedDraft = writingTask.extend({
  club_id: z.number(),
  draft_id: z.uuid(),
  lease_token: z.uuid(),
});
export type ClaimedDraft = z.infer<typeof claimedDraft>;
