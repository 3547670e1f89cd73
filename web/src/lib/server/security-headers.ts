import type { Handle } from '@sveltejs/kit/hooks';
import { ORIGIN } from '$app/env/private';

const HEADERS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: with that, browsers send "Origin: null" with a form, and we could not tell our own.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The Content-Security-Policy with its nonces comes from the framework (vite.config.ts). */
export const securityHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  if (ORIGIN.startsWith('https:')) response.headers.set('strict-transport-security', 'max-age=31536000');
  // Members' names and phones: neither a proxy nor the browser's disk keeps them.
  response.headers.set('cache-control', 'private, no-store');
  return response;
};
