import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals }) => {
  // "local": this browser. The session on the person's phone goes on.
  const { error } = await locals.api.auth.signOut({ scope: 'local' });
  if (error) throw error;
  redirect(303, '/login');
};
