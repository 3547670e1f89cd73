import type { Api } from '#lib/server/supabase.ts';

declare global {
  namespace App {
    interface Error {
      /** Names the line in the server's log that holds the rest. */
      reference?: string;
      /** What is missing, in words for the person; without it the page says what it says of any. */
      sentence?: string;
    }
    interface Locals {
      /** Supabase as the person who is signed in, schema `api`. */
      api: Api;
      /** Verified by the auth server in this request; null when nobody is signed in. */
      user: { id: string; email: string } | null;
    }
  }
}
