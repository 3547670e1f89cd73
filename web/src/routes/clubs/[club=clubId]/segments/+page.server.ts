import { error } from '@sveltejs/kit';
import { daysBefore } from '#lib/format/time.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { LINE_DAYS } from '#lib/history-range.ts';
import { countClients } from '#lib/server/db/clients.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readSegmentHistory, readSegmentLines, readTransitions } from '#lib/server/db/segment-history.ts';
import { readStayLengths } from '#lib/server/db/segment-stays.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { chosenWeek, lastWeeks } from '#lib/week.ts';
import { frame } from '#lib/words/frame.ts';
import type { PageServerLoad } from './$types';

const WEEKS = 8;

// Without parent(), as on the overview: read again when the numbers changed.
export const load: PageServerLoad = async ({ locals: { api }, params: { club }, url, depends }) => {
  depends(NUMBERS);
  const asOf = await readToday(api, club);
  if (asOf === null) error(404, frame.notFound.title);
  const weeks = lastWeeks(asOf, WEEKS);
  const week = chosenWeek(url.searchParams.get('week'), weeks);
  const [clients, segments, lines, flows, stays, history] = await Promise.all([
    countClients(api, club),
    readSegmentSizes(api, club),
    readSegmentLines(api, club, daysBefore(asOf, LINE_DAYS - 1), asOf),
    readTransitions(api, club, week, WEEKS),
    readStayLengths(api, club),
    readSegmentHistory(api, club),
  ]);
  const members = segments.reduce((sum, { clients }) => sum + clients, 0);
  const unsegmented = Math.max(0, clients - members);
  return { asOf, weeks, week, segments, unsegmented, lines, flows, stays, history };
};
