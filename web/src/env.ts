import { defineEnvVars } from '@sveltejs/kit/env';
import { z } from 'zod';
import { building } from '$app/env';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

function missing(example: string): string {
  return `Value is missing. Set it, for example ${example}`;
}

/** An origin such as https://club.example, nothing after it. Plain http only where the cookie stays on the machine. */
function isSafeOrigin(value: string): boolean {
  const url = URL.parse(value);
  if (!url || url.origin !== value.replace(/\/$/, '')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
}

const supabaseUrl = z
  .url({
    protocol: /^https?$/,
    error: (issue) =>
      issue.input === undefined
        ? missing('https://abcdefgh.supabase.co')
        : 'This is not the URL of a Supabase project. Give it whole, for example https://abcdefgh.supabase.co',
  })
  .transform((value) => value.replace(/\/$/, ''));

const publishableKey = z
  .string({ error: missing('sb_publishable_…') })
  .refine((value) => !value.startsWith('sb_secret_'), {
    error:
      'This is a secret key, and the dashboard must not have one. Give the publishable key (sb_publishable_…)',
    abort: true,
  })
  .startsWith(
    'sb_publishable_',
    'This is not a publishable key. Give the one that starts with sb_publishable_',
  );

const origin = z
  .string({ error: missing('https://club.example') })
  .refine(isSafeOrigin, {
    error:
      'Give the origin alone, with https (http is accepted on 127.0.0.1 and localhost), for example https://club.example',
  })
  .transform((value) => value.replace(/\/$/, ''));

/** One build serves every installation: values are asked for when the server starts, not when it is built. */
function atStart<Schema extends z.ZodType<string, string>>(schema: Schema): Schema | z.ZodCatch<Schema> {
  return building ? schema.catch('' as z.output<Schema>) : schema;
}

// All three are read on the server only: the browser never talks to Supabase itself.
export const variables = defineEnvVars({
  PUBLIC_SUPABASE_URL: {
    description: 'The Supabase project, or the gateway of the embedded stack.',
    schema: atStart(supabaseUrl),
  },
  PUBLIC_SUPABASE_PUBLISHABLE_KEY: {
    description: "The project's publishable key. Row-level security decides what the signed-in person sees.",
    schema: atStart(publishableKey),
  },
  ORIGIN: {
    description: 'Where people open the dashboard.',
    schema: atStart(origin),
  },
});
