// Altegio's answers. Errors come as statuses, as `success: false` under 200, and as HTML of what stands in front of it;
// each becomes one of the provider's errors, and none an empty list.
import { z } from 'zod';
import {
  ProviderAuthError,
  ProviderForbiddenError,
  ProviderInvalidError,
  ProviderNotFoundError,
  ProviderThrottledError,
  ProviderUnavailableError,
} from '../provider-error.ts';
import type { ProviderError } from '../provider-error.ts';
import { anything } from './fields.ts';

export interface Answer {
  status: number;
  /** Seconds, or null. */
  retryAfter: string | null;
  body: string;
  /** For messages: `GET /records/1`. */
  request: string;
}

export interface AltegioList {
  rows: unknown[];
  total: number | null;
}

const LIMIT = /лимит запросов|(request|rate) limit|limit of requests|too many requests/i;

const envelopeSchema = z.object({
  success: z.boolean(),
  data: anything,
  meta: anything,
});
const count = z.coerce.number().int().nonnegative();
/** Some lists call their total `total_count`, others `count`. */
const totalSchema = z.union([
  z.object({ total_count: count }).transform(({ total_count: total }) => total),
  z.object({ count }).transform(({ count: total }) => total),
]);
const messageSchema = z.object({ message: z.string() });

/** The rows of a list and how many there are in all, or the error the answer stands for. */
export function readList(answer: Answer): AltegioList {
  const { data, meta } = readEnvelope(answer);
  if (!Array.isArray(data)) throw unexpected(answer, 'a list');
  return { rows: data, total: totalSchema.safeParse(meta).data ?? null };
}

/** The one row that was asked for, or the error the answer stands for. */
export function readObject(answer: Answer): unknown {
  // A 404 that is cut off or somebody else's page is not the platform's word that there is no such row.
  if (answer.status === 404 && !parseEnvelope(answer)) throw unexpected(answer, 'a row');
  const { data } = readEnvelope(answer);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw unexpected(answer, 'a row');
  return data;
}

function readEnvelope(answer: Answer): z.output<typeof envelopeSchema> {
  const envelope = parseEnvelope(answer);
  if (!envelope) throw errorWithoutEnvelope(answer);
  if (!envelope.success || answer.status >= 400) {
    throw errorOf(answer, messageSchema.safeParse(envelope.meta).data?.message ?? '');
  }
  return envelope;
}

function parseEnvelope({ body }: Answer): z.output<typeof envelopeSchema> | undefined {
  return envelopeSchema.safeParse(parseJson(body)).data;
}

function unexpected({ request }: Answer, expected: string): ProviderError {
  return new ProviderUnavailableError(
    `${request} was answered without ${expected}; it is asked again later.`,
  );
}

/** What Postgres cannot store in JSON: NUL and halves of characters. Either is rare, so the slow way is taken only then. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

function parseJson(body: string): unknown {
  try {
    if (!UNSTORABLE.test(body)) return JSON.parse(body);
    return JSON.parse(body, (_name, value: unknown) =>
      typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value,
    );
  } catch {
    return undefined; // Cut off, or not JSON at all: whoever asked sees that there is no envelope.
  }
}

function errorWithoutEnvelope(answer: Answer): ProviderError {
  const { status, request } = answer;
  // A 403 page is not the platform but its guard, which dislikes how often we ask.
  if (status === 429 || status === 403) return throttled(answer, '');
  if (status === 401 || status === 404) return errorOf(answer, '');
  return new ProviderUnavailableError(
    `${request} was answered with ${status} and something that is not the platform's JSON; it is asked again later.`,
  );
}

function errorOf(answer: Answer, message: string): ProviderError {
  const { status, request } = answer;
  const said = message === '' ? '' : ` The platform says: "${message}"`;
  if (status === 429 || LIMIT.test(message)) return throttled(answer, message);
  switch (status) {
    case 401:
      return new ProviderAuthError(
        `The booking platform does not accept our tokens (a user token dies with a change of its user's password): set BOOKING_PARTNER_TOKEN and BOOKING_USER_TOKEN anew.${said}`,
      );
    case 402:
    case 403:
      return new ProviderForbiddenError(
        `${request} is not allowed: give the platform's user the right to it, and check that the licence has not run out.${said}`,
      );
    case 404:
      return new ProviderNotFoundError(
        `${request} was not found: check BOOKING_API_URL, BOOKING_COMPANY_ID and BOOKING_CHAIN_ID, and the rights of the platform's user.${said}`,
      );
    case 400:
    case 422:
      return new ProviderInvalidError(
        `${request} was not understood by the platform: check that this version of Regulars fits it.${said}`,
      );
    default:
      return new ProviderUnavailableError(
        `${request} failed with ${status}; it is asked again later.${said}`,
      );
  }
}

/** The seconds to wait stand in a header or in the sentence, and may be 0. */
function throttled({ request, retryAfter }: Answer, message: string): ProviderThrottledError {
  const seconds = Number(retryAfter ?? /(\d+)\s*(сек|sec)/i.exec(message)?.[1] ?? 0);
  return new ProviderThrottledError(
    `The platform asks us to slow down (${request}); the sync goes on by itself.`,
    Number.isFinite(seconds) ? seconds * 1000 : 0,
  );
}
