import { error } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readCampaigns } from '#lib/server/db/campaigns.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readAutomatedScenarios } from '#lib/server/db/automated-scenarios.ts';
import { frame } from '#lib/words/frame.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  const [asOf, scenarios, campaigns] = await Promise.all([
    readToday(api, club),
    readAutomatedScenarios(api, club),
    readCampaigns(api, club),
  ]);
  if (asOf === null) error(404, frame.notFound.title);
  return { asOf, scenarios, campaigns };
};
