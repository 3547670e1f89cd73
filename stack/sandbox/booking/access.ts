// Who may ask: the media type first, then both tokens, as the platform checks them.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import type { BookingCredentials } from './booking.ts';
import { PlatformError } from './envelope.ts';

const MEDIA_TYPE = 'application/vnd.api.v2+json';

/** Throws what the platform answers to a call it does not accept. */
export function checkAccess(c: Context, credentials: BookingCredentials): void {
  const accepted = (c.req.header('accept') ?? '').split(',').map((type) => type.split(';')[0]?.trim());
  if (!accepted.includes(MEDIA_TYPE))
    throw new PlatformError(400, `The Accept header must be ${MEDIA_TYPE}.`);
  const [, partner = '', user = ''] =
    /^Bearer ([^\s,]+), User (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  if (!same(partner, credentials.partnerToken) || !same(user, credentials.userToken)) {
    throw new PlatformError(401, 'Authentication needed.');
  }
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== '' && timingSafeEqual(digest(given), digest(expected));
}

/** The company of the path must be the club's; another is not found. */
export function checkCompany(
  c: Context,
  { companyId }: BookingCredentials,
  given = c.req.param('company'),
): void {
  if (Number(given) !== companyId) throw new PlatformError(404, 'Not found.');
}

/** The chain of the path must be the club's; another is forbidden. */
export function checkChain(c: Context, { chainId }: BookingCredentials): void {
  if (Number(c.req.param('chain')) !== chainId) throw new PlatformError(403, 'Access denied.');
}
