// Errors as the Claude API answers them.
const statuses = {
  invalid_request_error: 400,
  authentication_error: 401,
  not_found_error: 404,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
} as const;

export type ApiErrorType = keyof typeof statuses;

export class ApiError extends Error {
  readonly type: ApiErrorType;
  readonly status: number;

  constructor(type: ApiErrorType, message: string) {
    super(message);
    this.name = 'ApiError';
    this.type = type;
    this.status = statuses[type];
  }

  toBody(requestId: string) {
    return { type: 'error', error: { type: this.type, message: this.message }, request_id: requestId };
  }
}

export const invalidRequest = (message: string) => new ApiError('invalid_request_error', message);
