import { NUMBERS } from '#lib/freshness.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readMetrics } from '#lib/server/db/metrics.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import type { PageServerLoad } from './$types';

// Without parent(): the numbers are read again when they changed, not whenever the layout looks for news.
export const load: PageServerLoad = async ({ locals, params, depends }) => {
  depends(NUMBERS);
  const segments = readSegmentSizes(locals.api, params.club);
  const asOf = await readToday(locals.api, params.club);
  const metrics = asOf === null ? [] : await readMetrics(locals.api, params.club, asOf);
  return { asOf, metrics, segments: await segments };
};
