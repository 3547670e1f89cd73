// What the translator of one message is given, as the database hands it out. The names are for our own code: they take the place of
// slots, before Claude is asked and after.
import { z } from 'zod';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';

export const translationTask = z.looseObject({
  from: z.enum(LANGUAGES),
  to: z.enum(LANGUAGES),
  /** The whole message, as the member will read it. */
  text: z.string(),
  /** A person typed it: the names may stand in it in any form. */
  is_by_person: z.boolean(),
  /** The member's first name, as it was entered and as it addresses them. */
  first_names: z.array(z.string()),
  /** The other words of the member's name. */
  other_names: z.array(z.string()),
  /** How the first name is said in the translation; null: nobody knows one. */
  address: z.string().nullable(),
  static_reason: z.enum(['budget_money', 'budget_drafts']).nullish(),
});
export type TranslationTask = z.infer<typeof translationTask>;

export const claimedTranslation = translationTask.extend({
  club_id: z.number(),
  draft_id: z.uuid(),
  version: z.number().int(),
  lease_token: z.uuid(),
});
export type ClaimedTranslation = z.infer<typeof claimedTranslation>;
