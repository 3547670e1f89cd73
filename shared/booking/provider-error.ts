// What can go wrong with a booking platform, the same for all of them. Each message is a sentence with the cure.

export class ProviderError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The credentials are not accepted: nothing will succeed until somebody renews them. */
export class ProviderAuthError extends ProviderError {}

/** The credentials are good, but lack a right or a licence for this. */
export class ProviderForbiddenError extends ProviderError {}

/** The club, chain or row is not there, or is hidden from these credentials. */
export class ProviderNotFoundError extends ProviderError {}

/** Too many requests from our address. */
export class ProviderThrottledError extends ProviderError {
  readonly waitMs: number;

  constructor(message: string, waitMs: number, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

/** The platform does not understand the request: asking again will not help. */
export class ProviderInvalidError extends ProviderError {}

/** No answer, or none that can be read: the same request may succeed later. */
export class ProviderUnavailableError extends ProviderError {}
