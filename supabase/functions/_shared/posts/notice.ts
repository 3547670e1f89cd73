// What the owner is told about drafting, as the database hands it out.
import { z } from 'zod';

const budget = z.object({
  budget_usd: z.number(),
  daily_drafts: z.number(),
  spent_micro_usd: z.number(),
  reserved_micro_usd: z.number(),
  drafts: z.number(),
});
const failure = z.object({ since: z.string(), reason: z.string().nullable() });

const about = { club_id: z.number(), club: z.string() };

export const noticeBody = z.discriminatedUnion('kind', [
  z.object({ ...about, kind: z.literal('budget_money'), detail: budget }),
  z.object({ ...about, kind: z.literal('budget_drafts'), detail: budget }),
  z.object({ ...about, kind: z.literal('key_refused'), detail: failure }),
  z.object({ ...about, kind: z.literal('no_answer'), detail: failure }),
]);
export type NoticeBody = z.infer<typeof noticeBody>;
