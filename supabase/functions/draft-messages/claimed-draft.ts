// A draft that waits for its words, as the database hands it out: facts with ids, never a name, a phone or a note.
import { z } from 'zod';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import type { Fact } from '../../../shared/draft-checks/draft.ts';

const LONGEST_FACT = 80;

/** The booking platform's own words are data: one short line, whatever somebody typed there. */
function toFact({ id, value }: { id: string; value: string | number }): Fact {
  if (typeof value === 'number') return { id, value };
  const line = value.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return { id, value: [...line].slice(0, LONGEST_FACT).join('').trimEnd() };
}

export const claimedDraft = z.looseObject({
  club_id: z.number(),
  draft_id: z.uuid(),
  lease_token: z.uuid(),
  scenario: z.string(),
  scenario_tone: z.string(),
  club_tone: z.string(),
  language: z.enum(LANGUAGES),
  facts: z.array(z.object({ id: z.string(), value: z.union([z.string(), z.number()]) }).transform(toFact)),
  max_length: z.number().int().positive(),
  static_message: z.string(),
});
export type ClaimedDraft = z.infer<typeof claimedDraft>;
