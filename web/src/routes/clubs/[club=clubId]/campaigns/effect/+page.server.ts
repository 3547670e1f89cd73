import { error, fail } from '@sveltejs/kit';
import { chosenEffect, effectDays, effectPeriod, readPrice } from '#lib/effect-choice.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { myClubs } from '#lib/server/db/clubs.ts';
import { readAssignments, readEffects, setMessagePrice } from '#lib/server/db/effects.ts';
import { effectWords as words } from '#lib/words/effect.ts';
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

interface Told {
  text: string;
  isRefused: boolean;
}

export const actions: Actions = {
  price: async ({ request, locals: { api }, params }) => {
    // The route's matcher has made it a number; an action's type does not know.
    const clubId = Number(params.club);
    const club = (await myClubs(api)).find(({ club_id }) => club_id === clubId);
    if (!club) error(404, frame.notFound.title);
    const typed = (await request.formData()).get('price');
    const price = typeof typed === 'string' ? readPrice(typed, club.currency) : undefined;
    if (price === undefined) return fail<Told>(400, { text: words.money.invalid, isRefused: true });
    const refusal = await setMessagePrice(api, clubId, price);
    if (refusal !== null) return fail<Told>(400, { text: refusal, isRefused: true });
    return { text: words.money.saved, isRefused: false } satisfies Told as Told;
  },
};
