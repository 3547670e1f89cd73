// What the writer of one message is given, as the database hands it out. Facts go to Claude; the address form, the frame and the
// last message are for our own code and never enter a prompt.
import { z } from 'zod';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import { usableFact } from '../../../shared/draft-checks/usable-fact.ts';

const fact = z.object({ id: z.string(), value: z.union([z.string(), z.number()]) });

/** A line of ours that was not accepted, and why: the next one is to have none of that. */
const previousAttempt = z.object({ message: z.string(), problems: z.array(z.string()) });
export type PreviousAttempt = z.infer<typeof previousAttempt>;

/** Why Claude must not be asked for this one. */
const STATIC_REASONS = {
  budget_money: "the club's drafting budget of the day is used up",
  budget_drafts: "the club's number of drafts of the day is used up",
} as const;
export type StaticReason = keyof typeof STATIC_REASONS;
export const sayStaticReason = (reason: StaticReason): string => STATIC_REASONS[reason];

/** The last messages of a conversation, the oldest first. */
const thread = z.array(z.object({ from: z.enum(['member', 'club']), text: z.string() }));

export const writingTask = z.looseObject({
  scenario: z.string(),
  scenario_tone: z.string(),
  language: z.enum(LANGUAGES),
  /** The line of an approved template, or a whole message inside the 24 hours after the member wrote. */
  form: z.enum(['template', 'free_text']),
  facts: z.array(fact).transform((facts) => facts.map(usableFact).filter((usable) => usable !== null)),
  /** The form by which the member's first name addresses them; null: write without a name. */
  address: z.string().nullable(),
  voice: z.object({ version: z.number().int(), tone: z.string(), forbidden_words: z.array(z.string()) }),
  last_message: z.string().nullable(),
  /** The whole message with {{message}} where the words go. */
  frame: z.string(),
  has_opt_out_button: z.boolean(),
  max_length: z.number().int().positive(),
  static_message: z.string(),
  static_reason: z.enum(['budget_money', 'budget_drafts']).nullish(),
  previous_attempt: previousAttempt.nullish(),
  /** Of a reply: what was said, as it may be shown to Claude. */
  thread: thread.optional(),
  /** Words by which the member could be known; they are taken out of what is quoted and go nowhere else. */
  names: z.array(z.string()).optional(),
});
export type WritingTask = z.infer<typeof writingTask>;
