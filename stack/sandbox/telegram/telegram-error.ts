// Errors as the Bot API answers them.
export class TelegramError extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;

  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.name = 'TelegramError';
    this.code = code;
    this.retryAfter = retryAfter;
  }

  toBody() {
    return {
      ok: false,
      error_code: this.code,
      description: this.message,
      ...(this.retryAfter === undefined ? {} : { parameters: { retry_after: this.retryAfter } }),
    };
  }
}

export const badRequest = (description: string) => new TelegramError(400, `Bad Request: ${description}`);

export const tooManyRequests = (seconds: number) =>
  new TelegramError(429, `Too Many Requests: retry after ${seconds}`, seconds);
