import { text } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { ORIGIN } from '$app/env/private';

const READING = ['GET', 'HEAD', 'OPTIONS'];

/** A form on another site may not act as the person who is signed in here. No Origin header is no proof either. */
export const onlyOwnOrigin: Handle = ({ event, resolve }) => {
  const { method, headers } = event.request;
  if (!READING.includes(method) && headers.get('origin') !== ORIGIN) {
    return text(`This form was not sent from ${ORIGIN}. Open the dashboard there and try again.`, {
      status: 403,
    });
  }
  return resolve(event);
};
