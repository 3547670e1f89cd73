import { createServerClient } from '@supabase/ssr';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Cookies } from '@sveltejs/kit';
import { ORIGIN, PUBLIC_SUPABASE_PUBLISHABLE_KEY, PUBLIC_SUPABASE_URL } from '$app/env/private';

/** What the views and functions answer is checked with zod in db/*, so the client itself is untyped. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Api = SupabaseClient<any, 'api'>;

const SEVEN_DAYS = 7 * 24 * 60 * 60;
const PATIENCE_MS = 10_000;

/** One client per request, as the person whose session is in its cookies. */
export function createApi(cookies: Cookies): Api {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return createServerClient<any, 'api'>(PUBLIC_SUPABASE_URL, PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    db: { schema: 'api' },
    global: {
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ...(init?.signal ? [init.signal] : [])]),
        }),
    },
    cookies: {
      getAll: () => cookies.getAll(),
      setAll: (changed) => {
        for (const { name, value, options } of changed) {
          cookies.set(name, value, {
            path: '/',
            httpOnly: true,
            sameSite: 'lax',
            secure: ORIGIN.startsWith('https:'),
            // The auth server ends a session after seven days; its cookie does not outlive it.
            maxAge: Math.min(options.maxAge ?? SEVEN_DAYS, SEVEN_DAYS),
          });
        }
      },
    },
  });
}
