import { fail } from '@sveltejs/kit';
import { readBudgetForm } from '#lib/drafting-form.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { changeDraftingBudget, readDraftingDays } from '#lib/server/db/drafting.ts';
import { draftingWords as words } from '#lib/words/drafting.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

const DAYS_SHOWN = 30;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  return { days: await readDraftingDays(api, club, DAYS_SHOWN) };
};

/** What a person is told; what they typed and is not saved stays in its fields. */
interface Outcome extends Told {
  typed?: Record<string, string>;
}

export const actions: Actions = {
  budget: async ({ request, locals, params }) => {
    const { typed, changes, mistakes } = readBudgetForm(await request.formData());
    if (mistakes.length > 0) return fail<Outcome>(400, { tone: 'error', text: mistakes.join(' '), typed });
    if (Object.keys(changes).length === 0) return { tone: 'info', text: words.budget.same } as Outcome;
    const refusal = await changeDraftingBudget(locals.api, Number(params.club), changes);
    if (refusal !== null) return fail<Outcome>(400, { tone: 'error', text: refusal, typed });
    return { tone: 'success', text: words.budget.saved } as Outcome;
  },
};
