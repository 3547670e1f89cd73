// The platform's envelope, which every answer wears, errors too.

export type Meta = Record<string, unknown> | [];
export type Envelope = { success: boolean; data: unknown; meta: Meta };
type ErrorStatus = 400 | 401 | 403 | 404 | 422;

/** A refusal in the platform's words. */
export class PlatformError extends Error {
  readonly status: ErrorStatus;
  readonly errors: unknown;

  constructor(status: ErrorStatus, message: string, errors?: unknown) {
    super(message);
    this.name = 'PlatformError';
    this.status = status;
    this.errors = errors;
  }
}

/** A success; without meta the platform writes an empty list there, not an object. */
export function ok(data: unknown, meta: Meta = []): Envelope {
  return { success: true, data, meta };
}

/** A failure, with the details where there are any. */
export function failed(message: string, errors?: unknown): Envelope {
  return { success: false, data: null, meta: errors === undefined ? { message } : { message, errors } };
}

/** The limit's own text: the seconds to wait are in the sentence, and may be 0. */
export const TOO_MANY = failed('Превышен лимит запросов, попробуйте повторить запрос через 0 секунд.');
