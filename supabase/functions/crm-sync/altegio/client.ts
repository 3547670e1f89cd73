// One request to Altegio: headers, time limit, and whatever comes back as rows or as one of the provider's errors.
import { readList } from '../../../../shared/booking/altegio/envelope.ts';
import type { AltegioList } from '../../../../shared/booking/altegio/envelope.ts';
import { ProviderUnavailableError } from '../../../../shared/booking/provider-error.ts';
import type { Send } from '../../../../shared/booking/provider.ts';

export interface AltegioAccess {
  /** `https://api.alteg.io/api/v1` */
  url: string;
  partnerToken: string;
  userToken: string;
}

export interface AltegioOptions {
  access: AltegioAccess;
  fetch: typeof fetch;
  timeoutMs: number;
}

export type Query = Readonly<Record<string, string | number | null>>;

export class AltegioClient {
  readonly #options: AltegioOptions;
  readonly #send: Send;

  constructor(options: AltegioOptions, send: Send) {
    this.#options = options;
    this.#send = send;
  }

  /** A list, when its turn has come. Parameters that are null are left out. */
  list(path: string, query: Query = {}): Promise<AltegioList> {
    const url = new URL(`${this.#options.access.url}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== null) url.searchParams.set(name, String(value));
    }
    return this.#send(() => this.#get(path, url));
  }

  async #get(path: string, url: URL): Promise<AltegioList> {
    const { access, fetch, timeoutMs } = this.#options;
    const request = `GET ${path}`;
    let response: Response;
    let body: string;
    try {
      response = await fetch(url, {
        headers: {
          Accept: 'application/vnd.api.v2+json',
          Authorization: `Bearer ${access.partnerToken}, User ${access.userToken}`,
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      body = await response.text();
    } catch (cause) {
      throw new ProviderUnavailableError(`${request} was not answered to its end; it is asked again later.`, {
        cause,
      });
    }
    return readList({
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body,
      request,
    });
  }
}
