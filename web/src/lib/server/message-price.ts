import { error, fail } from '@sveltejs/kit';
import { readPrice } from '#lib/effect-choice.ts';
import { effectWords } from '#lib/words/effect.ts';
import { frame } from '#lib/words/frame.ts';
import { myClubs } from './db/clubs.ts';
import { setMessagePrice } from './db/effects.ts';
import type { Api } from './supabase.ts';

interface Told {
  text: string;
  isRefused: boolean;
}

const words = effectWords.money;

/** The form action of every page on which the price of a message stands. */
export async function saveMessagePrice(api: Api, clubParam: string | number, request: Request) {
  // The route's matcher has made it a number; an action's type does not know.
  const clubId = Number(clubParam);
  const club = (await myClubs(api)).find(({ club_id }) => club_id === clubId);
  if (!club) error(404, frame.notFound.title);
  const typed = (await request.formData()).get('price');
  const price = typeof typed === 'string' ? readPrice(typed, club.currency) : undefined;
  if (price === undefined) return fail<Told>(400, { text: words.invalid, isRefused: true });
  const refusal = await setMessagePrice(api, clubId, price);
  if (refusal !== null) return fail<Told>(400, { text: refusal, isRefused: true });
  return { text: words.saved, isRefused: false } satisfies Told as Told;
}
