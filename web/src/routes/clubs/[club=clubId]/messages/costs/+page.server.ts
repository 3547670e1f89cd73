import { costMonths } from '#lib/message-cost.ts';
import { NOW } from '#lib/freshness.ts';
import { readMessageCosts, readMessagePrice } from '#lib/server/db/message-costs.ts';
import { saveMessagePrice } from '#lib/server/message-price.ts';
import type { Actions, PageServerLoad } from './$types';

const MONTHS_SHOWN = 24;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NOW);
  const [lines, priceMinor] = await Promise.all([
    readMessageCosts(api, club, MONTHS_SHOWN),
    readMessagePrice(api, club),
  ]);
  return { months: costMonths(lines, priceMinor), priceMinor };
};

export const actions: Actions = {
  price: ({ request, locals: { api }, params }) => saveMessagePrice(api, params.club, request),
};
