import { error, fail } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readDoNotWake } from '#lib/server/db/do-not-wake.ts';
import { readMembershipTypes, renewingForm, setAutoRenewing } from '#lib/server/db/membership-types.ts';
import { includesForm, readScenarios, setIncludesDoNotWake } from '#lib/server/db/scenarios.ts';
import { doNotWakeWords as words } from '#lib/words/do-not-wake.ts';
import { frame } from '#lib/words/frame.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

const CLIENTS_SHOWN = 100;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  const [asOf, scenarios, types, flagged] = await Promise.all([
    readToday(api, club),
    readScenarios(api, club),
    readMembershipTypes(api, club),
    readDoNotWake(api, club, CLIENTS_SHOWN),
  ]);
  if (asOf === null) error(404, frame.notFound.title);
  return { asOf, scenarios, types, flagged };
};

export const actions: Actions = {
  renewing: async ({ request, locals, params }) => {
    const form = renewingForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return fail<Told>(400, { tone: 'error', text: words.invalid });
    const isAllowed = await setAutoRenewing(locals.api, Number(params.club), form.data);
    if (!isAllowed) return fail<Told>(403, { tone: 'error', text: words.readOnly });
    return { tone: 'success', text: words.types.saved(form.data.choice === 'yes') } satisfies Told as Told;
  },
  includes: async ({ request, locals, params }) => {
    const form = includesForm.safeParse(Object.fromEntries(await request.formData()));
    if (!form.success) return fail<Told>(400, { tone: 'error', text: words.invalid });
    const isAllowed = await setIncludesDoNotWake(locals.api, Number(params.club), form.data);
    if (!isAllowed) return fail<Told>(403, { tone: 'error', text: words.readOnly });
    return {
      tone: 'success',
      text: words.scenarios.saved(form.data.choice === 'yes'),
    } satisfies Told as Told;
  },
};
