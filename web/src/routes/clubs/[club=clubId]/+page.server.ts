import { error, fail } from '@sveltejs/kit';
import { daysBefore } from '#lib/format/time.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { LINE_DAYS } from '#lib/history-range.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { repairNumbers } from '#lib/server/db/incidents.ts';
import { readMetricLines } from '#lib/server/db/metric-lines.ts';
import { readMetrics } from '#lib/server/db/metrics.ts';
import { readReconciliation } from '#lib/server/db/reconciliation.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { incidentWords, repairedWords } from '#lib/words/incidents.ts';
import type { Told } from '#lib/words/messages.ts';
import type { Actions, PageServerLoad } from './$types';

// Without parent(): the numbers are read again when they changed, not whenever the layout looks for news.
export const load: PageServerLoad = async ({ locals: { api }, params: { club }, depends }) => {
  depends(NUMBERS);
  const [numbers, segments, figures] = await Promise.all([
    readNumbers(api, club),
    readSegmentSizes(api, club),
    readReconciliation(api, club),
  ]);
  return { ...numbers, segments, figures };
};

async function readNumbers(api: App.Locals['api'], club: number) {
  const asOf = await readToday(api, club);
  if (asOf === null) return { asOf, metrics: [], lines: {} };
  const [metrics, lines] = await Promise.all([
    readMetrics(api, club, asOf),
    readMetricLines(api, club, daysBefore(asOf, LINE_DAYS), daysBefore(asOf, 1)),
  ]);
  return { asOf, metrics, lines };
}

export const actions: Actions = {
  repair: async ({ locals, params }) => {
    // The route's matcher has made it a number; an action's type does not know.
    const clubId = Number(params.club);
    if (!Number.isSafeInteger(clubId)) error(404);
    const clients = await repairNumbers(locals.api, clubId);
    if (clients === null) return fail<Told>(403, { tone: 'error', text: incidentWords.notAllowed });
    return repairedWords(clients);
  },
};
