import { error } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { readForecasts } from '#lib/server/db/bg-nbd.ts';
import { readClient } from '#lib/server/db/clients.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readClientDoNotWake } from '#lib/server/db/do-not-wake.ts';
import { readExplanation } from '#lib/server/db/explanation.ts';
import { readClientChanges } from '#lib/server/db/segment-changes.ts';
import { clientWords } from '#lib/words/client.ts';
import { frame } from '#lib/words/frame.ts';
import type { PageServerLoad } from './$types';

const CHANGES_SHOWN = 50;

// Without parent(), as on the overview: read again when the numbers changed.
export const load: PageServerLoad = async ({ locals: { api }, params, depends }) => {
  depends(NUMBERS);
  const { club, client: clientId } = params;
  const [asOf, client] = await Promise.all([readToday(api, club), readClient(api, club, clientId)]);
  if (asOf === null) error(404, frame.notFound.title);
  const unknown = { message: frame.notFound.title, sentence: clientWords.unknown };
  if (!client) error(404, unknown);

  const [rules, forecasts, changes, doNotWake] = await Promise.all([
    readExplanation(api, club, clientId),
    readForecasts(api, club, asOf, [clientId]),
    readClientChanges(api, club, clientId, CHANGES_SHOWN),
    readClientDoNotWake(api, club, clientId),
  ]);
  if (!rules) error(404, unknown);
  return { asOf, client, rules, forecast: forecasts[clientId] ?? null, changes, doNotWake };
};
