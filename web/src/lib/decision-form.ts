import { z } from 'zod';
import { REJECTION_REASONS } from '#lib/rejection.ts';

const version = { draft: z.uuid(), version: z.coerce.number().int().positive() };

/** Without a reason, the button sends an empty one. */
const reason = z.enum(['', ...REJECTION_REASONS]).transform((given) => (given === '' ? null : given));

export const decisionForm = z.discriminatedUnion('decision', [
  z.object({ ...version, decision: z.literal('approved') }),
  z.object({ ...version, decision: z.literal('rejected'), reason }),
]);
export type DecisionForm = z.infer<typeof decisionForm>;
