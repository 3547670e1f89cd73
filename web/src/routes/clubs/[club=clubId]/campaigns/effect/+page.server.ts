import { error } from '@sveltejs/kit';
import { chosenEffect, effectDays, effectPeriod } from '#lib/effect-choice.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readAssignments, readEffects } from '#lib/server/db/effects.ts';
import { saveMessagePrice } from '#lib/server/message-price.ts';
import { frame } from '#lib/words/frame.ts';
import type { Actions, PageServerLoad } from './$types';

const CLIENTS_SHOWN = 25;

export const load: PageServerLoad = async ({ locals: { api }, params: { club }, url, depends }) => {
  depends(NUMBERS);
  const asOf = await readToday(api, club);
  if (asOf === null) error(404, frame.notFound.title);
  const days = effectDays(url.searchParams.get('days'));
  const period = effectPeriod(days, asOf);
  const effects = await readEffects(api, club, ...period);
  const chosen = chosenEffect(effects, url.searchParams.get('of'));
  const people = chosen ? await readAssignments(api, club, chosen, period, CLIENTS_SHOWN) : null;
  return { asOf, days, period, effects, chosen, people };
};

export const actions: Actions = {
  price: ({ request, locals: { api }, params }) => saveMessagePrice(api, params.club, request),
};
