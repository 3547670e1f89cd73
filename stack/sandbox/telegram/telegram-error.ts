// Errors as the Bot API answers them.

/** What a bot may do about an error. */
export interface ErrorParameters {
  retry_after?: number;
  migrate_to_chat_id?: number;
}

export class TelegramError extends Error {
  readonly code: number;
  readonly parameters: ErrorParameters | undefined;

  constructor(code: number, description: string, parameters?: ErrorParameters) {
    super(description);
    this.name = 'TelegramError';
    this.code = code;
    this.parameters = parameters;
  }

  toBody() {
    return {
      ok: false,
      error_code: this.code,
      description: this.message,
      ...(this.parameters ? { parameters: this.parameters } : {}),
    };
  }
}

export const badRequest = (description: string) => new TelegramError(400, `Bad Request: ${description}`);

export const tooManyRequests = (seconds: number) =>
  new TelegramError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
