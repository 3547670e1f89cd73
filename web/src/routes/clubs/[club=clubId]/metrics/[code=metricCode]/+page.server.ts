import { error } from '@sveltejs/kit';
import { NUMBERS } from '#lib/freshness.ts';
import { historyRange, rangeFrom } from '#lib/history-range.ts';
import { readClientsBehind } from '#lib/server/db/clients-behind.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readKindReadings } from '#lib/server/db/kind-readings.ts';
import { readLocationMetrics } from '#lib/server/db/location-metrics.ts';
import { readMetricDefinition } from '#lib/server/db/metric-definitions.ts';
import { readMetricHistory } from '#lib/server/db/metric-history.ts';
import { readMetric } from '#lib/server/db/metrics.ts';
import { frame } from '#lib/words/frame.ts';
import { metricWords } from '#lib/words/metric.ts';
import type { PageServerLoad } from './$types';

const CLIENTS_SHOWN = 200;

// Without parent(), as on the overview: read again when the numbers changed.
export const load: PageServerLoad = async ({ locals: { api }, params: { club, code }, url, depends }) => {
  depends(NUMBERS);
  const range = historyRange(url.searchParams.get('show'));
  const [asOf, definition] = await Promise.all([readToday(api, club), readMetricDefinition(api, code)]);
  if (asOf === null) error(404, frame.notFound.title);
  if (!definition) error(404, { message: frame.notFound.title, sentence: metricWords.unknown(code) });

  const [metric, history, kinds, locations, clients] = await Promise.all([
    readMetric(api, club, code, asOf),
    readMetricHistory(api, club, code, definition.smallest_sample, rangeFrom(range, asOf)),
    definition.has_service_kinds ? readKindReadings(api, club, code) : null,
    readLocationMetrics(api, code),
    definition.has_clients ? readClientsBehind(api, club, code, asOf, CLIENTS_SHOWN) : null,
  ]);
  if (!metric) error(404, { message: frame.notFound.title, sentence: metricWords.unknown(code) });
  return { asOf, definition, range, metric, history, kinds, locations, clients };
};
