import { error } from '@sveltejs/kit';
import { NOW } from '#lib/freshness.ts';
import { readClubStatus } from '#lib/server/db/club-status.ts';
import { myClubs } from '#lib/server/db/clubs.ts';
import { readDrafting } from '#lib/server/db/drafting.ts';
import { readIncidents } from '#lib/server/db/incidents.ts';
import { readAlerts } from '#lib/server/db/sending.ts';
import { readSyncState } from '#lib/server/db/sync-state.ts';
import { frame } from '#lib/words/frame.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, depends }) => {
  depends(NOW);
  const clubs = await myClubs(locals.api);
  const club = clubs.find((mine) => mine.club_id === params.club);
  // Another club and no club at all look the same from here.
  if (!club) error(404, frame.notFound.title);
  const [status, entities, trouble, drafting, alerts] = await Promise.all([
    readClubStatus(locals.api, club.club_id),
    readSyncState(locals.api, club.club_id),
    readIncidents(locals.api, club.club_id),
    readDrafting(locals.api, club.club_id),
    readAlerts(locals.api, club.club_id),
  ]);
  if (!drafting) error(404, frame.notFound.title);
  const clock = { timeZone: club.timezone, now: new Date().toISOString() };
  return {
    clubs: clubs.map(({ club_id, name }) => ({ club_id, name })),
    club,
    status,
    entities,
    trouble,
    drafting,
    alerts,
    clock,
  };
};
