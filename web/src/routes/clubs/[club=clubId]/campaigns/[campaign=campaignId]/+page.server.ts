import { error, fail } from '@sveltejs/kit';
import { CAMPAIGN, readCampaignForm } from '#lib/campaign-form.ts';
import { readVariants } from '#lib/server/db/campaign-templates.ts';
import {
  checkCampaign,
  readCampaign,
  readCampaignAudience,
  readClientTags,
  saveCampaign,
  startCampaign,
  stopCampaign,
} from '#lib/server/db/campaigns.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { campaignWords as words } from '#lib/words/campaign.ts';
import { frame } from '#lib/words/frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params: { club, campaign: id }, depends }) => {
  depends(CAMPAIGN);
  const { api } = locals;
  const [asOf, campaign] = await Promise.all([readToday(api, club), readCampaign(api, club, id)]);
  if (asOf === null || !campaign) error(404, { message: frame.notFound.title, sentence: words.unknown });
  const isDraft = campaign.status === 'draft';
  const [audience, lacking, variants, segments, tags] = await Promise.all([
    readCampaignAudience(api, club, id),
    isDraft ? checkCampaign(api, club, id) : [],
    readVariants(api, club),
    readSegmentSizes(api, club),
    isDraft ? readClientTags(api, club) : [],
  ]);
  return {
    asOf,
    campaign,
    audience,
    lacking,
    variants,
    segments: segments.map(({ code, name }) => ({ code, name })),
    tags,
    me: locals.user?.id ?? '',
  };
};

/** What a person is told of what they sent. */
interface Outcome {
  done?: string;
  what?: string;
  refusals?: string[];
}

const refused = (what: string, refusals: string[]) => fail<Outcome>(400, { what, refusals });

/** Saves what stands in the form; why not, where it was refused. */
async function save(api: App.Locals['api'], club: number, id: number, fields: FormData): Promise<string[]> {
  const { input, mistakes } = readCampaignForm(fields);
  if (mistakes.length > 0) return mistakes;
  const saved = await saveCampaign(api, club, id, input);
  return typeof saved === 'number' ? [] : [saved.refusal];
}

export const actions: Actions = {
  save: async ({ request, locals: { api }, params }) => {
    const refusals = await save(api, Number(params.club), Number(params.campaign), await request.formData());
    return refusals.length > 0 ? refused(words.refused, refusals) : ({} satisfies Outcome as Outcome);
  },
  start: async ({ request, locals: { api }, params }) => {
    const [club, id] = [Number(params.club), Number(params.campaign)];
    // What is started is what the person sees, also where the last change was not saved yet.
    const refusals = await save(api, club, id, await request.formData());
    if (refusals.length > 0) return refused(words.refused, refusals);
    const refusal = await startCampaign(api, club, id);
    if (refusal !== null) return refused(words.notStarted, [refusal]);
    return { done: words.start.done } satisfies Outcome as Outcome;
  },
  stop: async ({ request, locals: { api }, params }) => {
    const reason = (await request.formData()).get('reason');
    const text = typeof reason === 'string' ? reason : '';
    const stopped = await stopCampaign(api, Number(params.club), Number(params.campaign), text);
    if (typeof stopped !== 'number') return refused(words.notStopped, [stopped.refusal]);
    return { done: words.stop.done(stopped) } satisfies Outcome as Outcome;
  },
};
