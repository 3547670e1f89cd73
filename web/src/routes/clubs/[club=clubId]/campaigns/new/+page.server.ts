import { fail, redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { saveCampaign } from '#lib/server/db/campaigns.ts';
import { campaignWords } from '#lib/words/campaign.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, url }) => {
  const segments = await readSegmentSizes(api, club);
  return {
    segments: segments.map(({ code, name }) => ({ code, name })),
    segment: url.searchParams.get('segment') ?? '',
  };
};

interface Refusal {
  name: string;
  segment: string;
  refusal: string;
}

const typed = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const fields = await request.formData();
    const [name, segment] = [typed(fields, 'name'), typed(fields, 'segment')];
    if (name === '') return fail<Refusal>(400, { name, segment, refusal: campaignWords.nameless });
    // The route's matcher has made it a number; an action's type does not know.
    const club = Number(params.club);
    const saved = await saveCampaign(locals.api, club, null, { name, segment: segment || null });
    if (typeof saved !== 'number') return fail<Refusal>(400, { name, segment, refusal: saved.refusal });
    redirect(303, resolve('/clubs/[club=clubId]/campaigns/[campaign=campaignId]', { club, campaign: saved }));
  },
};
