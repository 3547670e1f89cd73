// What went out by itself on a day, as the database hands it out.
import { z } from 'zod';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';

const count = z.looseObject({
  scenario: z.string(),
  scenario_name: z.string(),
  campaign: z.string().nullable(),
  sent: z.number().int(),
  delivered: z.number().int(),
  read: z.number().int(),
  replied: z.number().int(),
  opted_out: z.number().int(),
});
export type SummaryCount = z.infer<typeof count>;

const sample = z.looseObject({
  draft_id: z.string(),
  member: z.string(),
  scenario: z.string(),
  scenario_name: z.string(),
  language: z.enum(LANGUAGES),
  rendered: z.string(),
  translation: z.looseObject({ text: z.string().nullish() }).nullable(),
  /** What people think of it, the first to say so first. */
  judgements: z.array(z.looseObject({ is_good: z.boolean(), name: z.string().nullable() })),
});
export type SummarySample = z.infer<typeof sample>;

export const summaryBody = z.looseObject({
  club_id: z.number(),
  club: z.string(),
  timezone: z.string(),
  /** The local day. */
  date: z.string(),
  /** The figures are those of this moment. */
  made_at: z.string(),
  counts: z.array(count),
  samples: z.array(sample),
});
export type SummaryBody = z.infer<typeof summaryBody>;
