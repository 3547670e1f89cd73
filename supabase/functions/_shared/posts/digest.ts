// Many messages of one kind that wait together, as the database hands them out.
import { z } from 'zod';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';

const MARKS = ['warning', 'standard_wording', 'free_text', 'vip', 'longest_away'] as const;
export type Mark = (typeof MARKS)[number];

const sample = z.looseObject({
  member: z.string(),
  scenario: z.string(),
  why: z.string(),
  variables: z.record(z.string(), z.unknown()),
  rendered: z.string(),
  translation: z.looseObject({ text: z.string().nullish() }).nullable(),
  /** What makes it stand out; none: it is there by chance. */
  marks: z.array(z.enum(MARKS)),
});
export type Sample = z.infer<typeof sample>;

const outcome = z.looseObject({
  approved: z.number(),
  expired: z.number(),
  not_eligible: z.record(z.string(), z.number()),
});

export const digestBody = z.looseObject({
  club_id: z.number(),
  digest_id: z.number(),
  version: z.number().int(),
  mode: z.enum(['together', 'one_by_one', 'approved']),
  scenario: z.string(),
  scenario_name: z.string(),
  campaign: z.string().nullable(),
  language: z.enum(LANGUAGES),
  club: z.string(),
  timezone: z.string(),
  waiting: z.number().int(),
  expires_at: z.string().nullable(),
  decided_by_name: z.string().nullable(),
  decided_at: z.string().nullable(),
  outcome: outcome.nullable(),
  samples: z.array(sample),
});
export type DigestBody = z.infer<typeof digestBody>;
