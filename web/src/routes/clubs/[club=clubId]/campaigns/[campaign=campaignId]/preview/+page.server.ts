import { error } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readCampaign } from '#lib/server/db/campaigns.ts';
import { previewCampaign } from '#lib/server/db/preview.ts';
import { campaignWords } from '#lib/words/campaign.ts';
import { frame } from '#lib/words/frame.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club, campaign: id }, depends }) => {
  depends(NUMBERS);
  const campaign = await readCampaign(api, club, id);
  if (!campaign) error(404, { message: frame.notFound.title, sentence: campaignWords.unknown });
  return { campaign, preview: await previewCampaign(api, club, id) };
};
