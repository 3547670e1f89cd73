import { error } from '@sveltejs/kit';
import { daysBefore } from '#lib/format/time.ts';
import { NUMBERS } from '#lib/freshness.ts';
import { readForecasts } from '#lib/server/db/bg-nbd.ts';
import { readToday } from '#lib/server/db/club-status.ts';
import { readSegmentChanges } from '#lib/server/db/segment-changes.ts';
import { readSegmentHistory } from '#lib/server/db/segment-history.ts';
import { readSegmentMembers } from '#lib/server/db/segment-members.ts';
import { readSegmentSizes } from '#lib/server/db/segments.ts';
import { frame } from '#lib/words/frame.ts';
import { segmentWords } from '#lib/words/segment.ts';
import type { PageServerLoad } from './$types';

const MEMBERS_SHOWN = 25;
const CHANGES_SHOWN = 20;
const CHANGE_DAYS = 30;

// Without parent(), as on the overview: read again when the numbers changed.
export const load: PageServerLoad = async ({ locals: { api }, params: { club, segment }, url, depends }) => {
  depends(NUMBERS);
  const [asOf, segments] = await Promise.all([readToday(api, club), readSegmentSizes(api, club)]);
  const shown = segments.find(({ code }) => code === segment);
  if (asOf === null) error(404, frame.notFound.title);
  if (!shown) error(404, { message: frame.notFound.title, sentence: segmentWords.unknown(segment) });

  const pages = Math.max(1, Math.ceil(shown.clients / MEMBERS_SHOWN));
  const page = pageNumber(url.searchParams.get('page'), pages);
  const from = (page - 1) * MEMBERS_SHOWN;
  const [members, changes, history] = await Promise.all([
    readSegmentMembers(api, club, segment, from, MEMBERS_SHOWN),
    readSegmentChanges(api, club, segment, daysBefore(asOf, CHANGE_DAYS - 1), CHANGES_SHOWN),
    readSegmentHistory(api, club),
  ]);
  const forecasts = await readForecasts(
    api,
    club,
    asOf,
    members.map(({ client_id }) => client_id),
  );
  return {
    asOf,
    segment: shown,
    names: Object.fromEntries(segments.map(({ code, name }) => [code, name])),
    members,
    from,
    page,
    pages,
    forecasts,
    changes,
    begins: history?.begins_date ?? null,
    changeDays: CHANGE_DAYS,
  };
};

function pageNumber(asked: string | null, pages: number): number {
  return asked !== null && /^[1-9]\d{0,5}$/.test(asked) ? Math.min(Number(asked), pages) : 1;
}
