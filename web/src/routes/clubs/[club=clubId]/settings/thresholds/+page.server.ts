import { error, fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Flow } from '#lib/flow.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { myClubs } from '#lib/server/db/clubs.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { changeThresholds, previewThresholds, readThresholds } from '#lib/server/db/thresholds.ts';
import { readThresholdForm } from '#lib/threshold-form.ts';
import type { ThresholdForm } from '#lib/threshold-form.ts';
import { frame } from '#lib/words/frame.ts';
import { thresholdWords } from '#lib/words/threshold.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  const [thresholds, segments] = await Promise.all([readThresholds(api, club), readSegmentSizes(api, club)]);
  return { thresholds, segments: segments.map(({ code, name }) => ({ code, name })) };
};

/** What a person is told of what they sent; what they typed stays in its fields until it is saved. */
interface Outcome {
  typed?: Record<string, string>;
  refusals?: string[];
  flows?: Flow[];
  saved?: string;
}

export const actions: Actions = {
  preview: async ({ request, locals, params }) => {
    const { clubId, form } = await formOf(locals.api, params, await request.formData());
    const { typed, changes, mistakes } = form;
    if (mistakes.length > 0) return fail<Outcome>(400, { typed, refusals: mistakes });
    const foreseen = await previewThresholds(locals.api, clubId, changes);
    if ('refusal' in foreseen) return fail<Outcome>(400, { typed, refusals: [foreseen.refusal] });
    return { typed, flows: foreseen } satisfies Outcome as Outcome;
  },
  save: async ({ request, locals, params }) => {
    const { clubId, form } = await formOf(locals.api, params, await request.formData());
    const { typed, changes, mistakes } = form;
    if (mistakes.length > 0) return fail<Outcome>(400, { typed, refusals: mistakes });
    if (Object.keys(changes).length === 0) return { saved: thresholdWords.same } as Outcome;
    const moved = await changeThresholds(locals.api, clubId, changes);
    if (typeof moved !== 'number') return fail<Outcome>(400, { typed, refusals: [moved.refusal] });
    return { saved: thresholdWords.saved(moved) } as Outcome;
  },
};

async function formOf(
  api: App.Locals['api'],
  params: RequestEvent['params'],
  fields: FormData,
): Promise<{ clubId: number; form: ThresholdForm }> {
  // The route's matcher has made it a number; an action's type does not know.
  const clubId = Number(params.club);
  const [clubs, thresholds] = await Promise.all([myClubs(api), readThresholds(api, clubId)]);
  const club = clubs.find(({ club_id }) => club_id === clubId);
  if (!club) error(404, frame.notFound.title);
  return { clubId, form: readThresholdForm(fields, thresholds, club.currency) };
}
