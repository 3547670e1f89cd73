import { z } from 'zod';
import { DRAFTING_STATES } from '#lib/drafting.ts';
import type { Drafting, DraftingDay } from '#lib/drafting.ts';
import type { BudgetChanges } from '#lib/drafting-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

/** How a text was written, as it stands beside it: what an operator wrote has no usage, and old ones have less. */
export const wordingColumns = {
  source: z.enum(['claude', 'static', 'operator']),
  author: z.string(),
  author_name: z.string().nullable(),
  usage: z.object({
    model: z.string().nullish(),
    prompt_version: z.string().nullish(),
    voice_version: number.nullish(),
    attempts: number.nullish(),
    cost_micro_usd: number.nullish(),
    repaired: z.array(z.string()).nullish(),
    fallback_reason: z.string().nullish(),
  }),
};

const drafting = z.array(
  z.object({
    state: z.enum(DRAFTING_STATES),
    model: z.string().nullable(),
    seen_at: instant.nullable(),
    budget_usd: number,
    daily_drafts: number,
    spent_micro_usd: number,
    reserved_micro_usd: number,
    drafts: number,
    since: instant.nullable(),
    reason: z.string().nullable(),
  }),
);

/** How drafting stands in a club; null for a club the person does not see. */
export async function readDrafting(api: Api, clubId: number): Promise<Drafting | null> {
  const answer = await api.rpc('drafting_state', { p_club_id: clubId });
  return read('api.drafting_state', answer, drafting)[0] ?? null;
}

const days = z.array(
  z.object({
    day: date,
    by_claude: number,
    repaired: number,
    static: z.record(z.string(), number),
    input_tokens: number,
    output_tokens: number,
    mean_latency_ms: number.nullable(),
    cost_micro_usd: number,
    reserved_micro_usd: number,
  }),
);

/** The days of the last so many on which anything was drafted, newest first. */
export async function readDraftingDays(api: Api, clubId: number, last: number): Promise<DraftingDay[]> {
  const answer = await api.rpc('drafting_days', { p_club_id: clubId, p_days: last });
  return read('api.drafting_days', answer, days);
}

/** Not allowed, or not a possible limit: the database says it in a sentence. */
const REFUSALS = ['42501', '22023', '23502', '23514'];

/** Changes the limits of a day; the refusal in words, or null when it is done. */
export async function changeDraftingBudget(
  api: Api,
  clubId: number,
  changes: BudgetChanges,
): Promise<string | null> {
  const answer = await api.rpc('change_drafting_budget', { p_club_id: clubId, p_changes: changes });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.change_drafting_budget', answer, z.unknown());
  return null;
}
