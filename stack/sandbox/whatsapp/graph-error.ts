// Errors as the Graph API answers them. Codes and meanings: Meta's error code reference of May 2026.

/** code → [HTTP status, title]. Callers are to key on the code, never on the title or the status. */
const knownErrors: Record<number, [status: number, title: string]> = {
  0: [401, 'AuthException'],
  1: [400, 'API Unknown'],
  2: [503, 'API Service'],
  3: [500, 'API Method'],
  4: [400, 'API Too Many Calls'],
  10: [403, 'Permission Denied'],
  33: [400, 'Parameter value is not valid'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Access token has expired'],
  200: [403, 'API Permission'],
  299: [403, 'API Permission'],
  368: [403, 'Temporarily blocked for policies violations'],
  2500: [400, 'Unknown path components'],
  80007: [400, 'Rate limit issues'],
  130429: [400, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, 'Business account is restricted from messaging users in this country'],
  131000: [500, 'Something went wrong'],
  131005: [403, 'Access denied'],
  131008: [400, 'Required parameter is missing'],
  131009: [400, 'Parameter value is not valid'],
  131016: [503, 'Service unavailable'],
  131021: [400, 'Recipient cannot be sender'],
  131026: [400, 'Message undeliverable'],
  131031: [403, 'Business Account locked'],
  131037: [400, 'WhatsApp provided number needs display name approval before message can be sent'],
  131042: [400, 'Business eligibility payment issue'],
  131045: [500, 'Message failed to send due to a phone number registration error'],
  131047: [400, 'Re-engagement message'],
  131048: [400, 'Spam rate limit hit'],
  131049: [400, 'This message was not delivered to maintain healthy ecosystem engagement'],
  131050: [400, 'User has stopped receipt of marketing messages from this business'],
  131051: [400, 'Unsupported message type'],
  131056: [400, '(Business Account, Consumer Account) pair rate limit hit'],
  131057: [500, 'Account in maintenance mode'],
  131062: [400, 'Business-scoped user IDs are not supported for this message'],
  131063: [400, 'Marketing templates are disabled on Cloud API'],
  131064: [400, 'Limited due to template category violations'],
  132000: [400, 'Number of parameters does not match the expected number of params'],
  132001: [404, 'Template name does not exist in the translation'],
  132005: [400, 'Translated text too long'],
  132007: [400, 'Template format character policy violated'],
  132012: [400, 'Parameter format does not match format in the created template'],
  132015: [400, 'Template is paused'],
  132016: [400, 'Template is disabled'],
  132018: [400, "There's an issue with the parameters in your template"],
  132068: [400, 'Flow is in blocked state'],
  132069: [400, 'Flow is in throttled state'],
  133000: [500, 'Incomplete Deregistration'],
  133004: [503, 'Server temporarily unavailable'],
  133010: [400, 'Phone number not registered'],
  133016: [400, 'Account register deregister rate limit exceeded'],
  135000: [400, 'Generic user error'],
};

export const isKnownErrorCode = (code: number): boolean => code in knownErrors;

export class GraphError extends Error {
  readonly code: number;
  readonly status: number;
  readonly details: string | undefined;
  readonly subcode: number | undefined;
  readonly type: string;

  constructor(
    code: number,
    details?: string,
    more: { message?: string; subcode?: number; type?: string } = {},
  ) {
    const [status, title] = knownErrors[code] ?? [400, 'Unknown error'];
    super(more.message ?? `(#${code}) ${title}`);
    this.name = 'GraphError';
    this.code = code;
    this.status = status;
    this.details = details;
    this.subcode = more.subcode;
    this.type = more.type ?? 'OAuthException';
  }

  /** The body of the HTTP answer. */
  toBody(traceId: string) {
    return {
      error: {
        message: this.message,
        type: this.type,
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        ...(this.details === undefined
          ? {}
          : { error_data: { messaging_product: 'whatsapp', details: this.details } }),
        fbtrace_id: traceId,
      },
    };
  }
}

/** The same error as it stands in a `failed` status webhook. */
export function toStatusError(code: number, details?: string) {
  const title = knownErrors[code]?.[1] ?? 'Unknown error';
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? title },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  };
}

export const unknownObject = (method: 'get' | 'post', id: string): GraphError =>
  new GraphError(100, undefined, {
    message: `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
    subcode: 33,
    type: 'GraphMethodException',
  });
