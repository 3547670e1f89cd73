// A moderation card: what the database says of a draft now.
import { z } from 'zod';
import { LANGUAGES } from '../../../../shared/draft-checks/draft.ts';

const lastMessage = z.looseObject({
  sent_at: z.string(),
  scenario: z.string(),
  scenario_name: z.string(),
  delivery: z.string().nullable(),
  has_replied: z.boolean(),
  /** The first visit after it, within the days that count. */
  returned_date: z.string().nullable(),
  has_opted_out: z.boolean(),
});
export type LastMessage = z.infer<typeof lastMessage>;

const facts = z.looseObject({
  last_visit_date: z.string().nullish(),
  days_since_last_visit: z.number().nullish(),
  last_messages: z.array(lastMessage).default([]),
  /** Null: too few of the scenario's messages are settled to say. */
  expected_value: z
    .looseObject({ value_minor: z.number(), return_share: z.number(), spend_minor_30d: z.number() })
    .nullish(),
  spend_minor_30d: z.number().nullish(),
  currency: z.string().nullish(),
});
export type CardFacts = z.infer<typeof facts>;

export const cardBody = z.looseObject({
  club_id: z.number(),
  draft_id: z.uuid(),
  version: z.number().int(),
  status: z.string(),
  decided_by_name: z.string().nullable(),
  decided_in: z.enum(['telegram', 'dashboard', 'system']).nullable(),
  decided_at: z.string().nullable(),
  decision_reason: z.string().nullable(),
  snoozed_until: z.string().nullable(),
  snoozed_by_name: z.string().nullable(),
  member: z.string(),
  segment: z.string().nullable(),
  segment_name: z.string().nullable(),
  scenario: z.string(),
  scenario_name: z.string(),
  campaign: z.string().nullable(),
  why: z.string(),
  variables: z.record(z.string(), z.unknown()),
  language: z.enum(LANGUAGES),
  form: z.enum(['template', 'free_text']),
  /** The words that are ours; `rendered` is the whole message as the member will read it. */
  message: z.string(),
  rendered: z.string(),
  source: z.enum(['claude', 'static', 'operator']),
  author_name: z.string().nullable(),
  warnings: z.array(z.string()),
  expires_at: z.string(),
  timezone: z.string(),
  club: z.string(),
  translation: z.looseObject({ text: z.string().nullish(), error: z.string().nullish() }).nullable(),
  facts,
});
export type CardBody = z.infer<typeof cardBody>;
