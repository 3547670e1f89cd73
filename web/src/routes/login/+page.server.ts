import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { ownPath } from '#lib/server/own-path.ts';
import { login } from '#lib/words/login.ts';
import type { Actions } from './$types';

const credentials = z.object({ email: z.string().trim().min(1), password: z.string().min(1) });

const TOO_MANY = 429;

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = Object.fromEntries(await request.formData());
    const email = typeof form.email === 'string' ? form.email : '';
    const parsed = credentials.safeParse(form);
    if (!parsed.success) return fail(400, { email, message: login.incomplete });

    const { error } = await locals.api.auth.signInWithPassword(parsed.data);
    if (error) {
      // No status: the auth server was not reached. 5xx: it was, and could not.
      const status = error.status ?? 0;
      if (status === TOO_MANY) return fail(TOO_MANY, { email, message: login.tooMany });
      if (status >= 400 && status < 500) return fail(400, { email, message: login.refused });
      console.error('Signing in failed', error);
      return fail(503, { email, message: login.unreachable });
    }
    redirect(303, ownPath(url.searchParams.get('next')));
  },
};
