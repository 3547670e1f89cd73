import { error } from '@sveltejs/kit';
import { readToday } from '#lib/server/db/club-status.ts';
import { frame } from '#lib/words/frame.ts';
import type { RequestHandler } from './$types';

/** Whether everything a page of this club needs answers: the session, the database, the right to see the club. */
export const GET: RequestHandler = async ({ locals, params }) => {
  if ((await readToday(locals.api, params.club)) === null) error(404, frame.notFound.title);
  return new Response(null, { status: 204 });
};
