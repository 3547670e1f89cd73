import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import { createApi } from '#lib/server/supabase.ts';

const FOR_EVERYBODY = ['/healthz'];
const SIGN_IN = '/login';

/** Asks the auth server who this is, and sends whoever is nobody to the login page. */
export const signedIn: Handle = async ({ event, resolve }) => {
  const route = event.route.id;
  if (route === null || FOR_EVERYBODY.includes(route)) return resolve(event);

  event.locals.api = createApi(event.cookies);
  event.locals.user = await whoIsThis(event);
  if (route === SIGN_IN && event.locals.user && event.request.method === 'GET') redirect(303, '/');
  if (route !== SIGN_IN && !event.locals.user) redirect(303, `${SIGN_IN}${wayBack(event)}`);
  return resolve(event);
};

async function whoIsThis({ locals }: RequestEvent): Promise<App.Locals['user']> {
  // getUser, not getSession: a cookie is a claim, the auth server's answer is a fact.
  const { data, error: failure } = await locals.api.auth.getUser();
  if (isAuthRetryableFetchError(failure)) {
    error(503, 'Signing in is not reachable at the moment.');
  }
  return data.user ? { id: data.user.id, email: data.user.email ?? '' } : null;
}

function wayBack({ url, request }: RequestEvent): string {
  if (request.method !== 'GET' || url.pathname === '/') return '';
  return `?${new URLSearchParams({ next: url.pathname + url.search })}`;
}
