import { redirect } from '@sveltejs/kit';
import { resolve } from '$app/paths';
import { myClubs } from '#lib/server/db/clubs.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const [first] = await myClubs(locals.api);
  if (first) redirect(303, resolve('/clubs/[club=clubId]', { club: first.club_id }));
  return { email: locals.user?.email ?? '' };
};
