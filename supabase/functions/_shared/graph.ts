// Meta's Graph API over plain fetch: one call, never retried, and a failure that says whether the call can have had an effect.
import { z } from 'zod';

export interface GraphAccess {
  apiUrl: string;
  version: string;
  token: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

/** Meta answered with an error of its own: the call certainly had no effect. Key on `code`, not on titles or the status. */
export class GraphError extends Error {
  readonly code: number;
  readonly subcode: number | undefined;
  readonly httpStatus: number;

  constructor(code: number, subcode: number | undefined, httpStatus: number, message: string) {
    super(message);
    this.name = 'GraphError';
    this.code = code;
    this.subcode = subcode;
    this.httpStatus = httpStatus;
  }
}

/** No answer of Meta's. `isCertainlyUnsent`: the connection was never made, so nothing can have happened. */
export class GraphUnansweredError extends Error {
  readonly isCertainlyUnsent: boolean;

  constructor(message: string, isCertainlyUnsent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GraphUnansweredError';
    this.isCertainlyUnsent = isCertainlyUnsent;
  }
}

export interface Graph {
  get<Answer extends z.ZodType>(
    path: string,
    query: Record<string, string>,
    answer: Answer,
  ): Promise<z.output<Answer>>;
  post<Answer extends z.ZodType>(path: string, body: unknown, answer: Answer): Promise<z.output<Answer>>;
}

/** Below Meta's own patience and below the idle limit of an edge function. */
const TIMEOUT_MS = 25_000;

const errorBody = z.object({
  error: z.looseObject({
    message: z.string().default(''),
    code: z.number(),
    error_subcode: z.number().optional(),
    error_data: z.looseObject({ details: z.string().optional() }).optional(),
  }),
});

const UNSENT_CODES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];
/** Deno gives no code; its sentence says that connecting (name, route, TLS) failed. */
const UNSENT_WORDS = /client error \(Connect\)|dns error|tcp connect error|failed to lookup address/i;

/** Whether an error of fetch proves that not a byte of the request was sent. */
export function isCertainlyUnsent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return UNSENT_CODES.includes(String(code)) || UNSENT_WORDS.test(error.message) || isCertainlyUnsent(cause);
}

function describeFetchError(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `WhatsApp did not answer within ${timeoutMs / 1000} s`;
  return isCertainlyUnsent(error) ? 'WhatsApp could not be reached' : 'the connection to WhatsApp broke';
}

export function createGraph(access: GraphAccess): Graph {
  const { apiUrl, version, token, timeoutMs = TIMEOUT_MS, fetch = globalThis.fetch } = access;

  async function request<Answer extends z.ZodType>(
    url: string,
    init: RequestInit,
    schema: Answer,
  ): Promise<z.output<Answer>> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch (cause) {
      throw new GraphUnansweredError(describeFetchError(cause, timeoutMs), isCertainlyUnsent(cause), {
        cause,
      });
    }
    return readAnswer(response.status, text, schema);
  }

  const root = `${apiUrl}/${version}`;
  return {
    get: (path, query, answer) =>
      request(`${root}/${path}?${new URLSearchParams(query)}`, { method: 'GET' }, answer),
    post: (path, body, answer) =>
      request(
        `${root}/${path}`,
        { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
        answer,
      ),
  };
}

function readAnswer<Answer extends z.ZodType>(
  status: number,
  text: string,
  schema: Answer,
): z.output<Answer> {
  const body = parseJson(text);
  const failure = errorBody.safeParse(body);
  if (failure.success) {
    const { code, error_subcode: subcode, message, error_data: data } = failure.data.error;
    throw new GraphError(code, subcode, status, [message, data?.details].filter(Boolean).join(': '));
  }
  const parsed = schema.safeParse(body);
  if (status >= 200 && status < 300 && parsed.success) return parsed.data;
  throw new GraphUnansweredError(
    `WhatsApp answered ${status} without a result or an error of its own`,
    false,
    {
      cause: parsed.error,
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A proxy's page, for instance: the caller finds neither a result nor an error in it.
  }
}
