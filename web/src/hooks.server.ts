import { sequence, type HandleServerError } from '@sveltejs/kit/hooks';
import { onlyOwnOrigin } from '#lib/server/own-origin.ts';
import { securityHeaders } from '#lib/server/security-headers.ts';
import { signedIn } from '#lib/server/signed-in.ts';

export const handle = sequence(securityHeaders, onlyOwnOrigin, signedIn);

/** The log gets what happened, the person a sentence and a reference to that line. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  const reference = crypto.randomUUID().slice(0, 8);
  console.error(`[${reference}] ${event.request.method} ${event.url.pathname}`, error);
  return { message: 'Something went wrong on our side.', reference };
};
