import { text } from '@sveltejs/kit';

/** This process answers. Pages say for themselves when the database behind it does not. */
export function GET(): Response {
  return text('ok');
}
