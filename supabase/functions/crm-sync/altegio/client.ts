// One request to Altegio: headers, time limit, and whatever comes back as rows or as one of the provider's errors.
import { readList, readObject } from '../../../../shared/booking/altegio/envelope.ts';
import type { AltegioList, Answer } from '../../../../shared/booking/altegio/envelope.ts';
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

/** A parameter with a list of values is repeated; one that is null is left out. */
export type Query = Readonly<Record<string, string | number | readonly (string | number)[] | null>>;

export class AltegioClient {
  readonly #options: AltegioOptions;
  readonly #send: Send;

  constructor(options: AltegioOptions, send: Send) {
    this.#options = options;
    this.#send = send;
  }

  /** A list, when its turn has come. */
  list(path: string, query: Query = {}): Promise<AltegioList> {
    const url = this.#url(path, query);
    return this.#send(async () => readList(await this.#get(path, url)));
  }

  /** One row, when its turn has come. */
  one(path: string): Promise<unknown> {
    const url = this.#url(path, {});
    return this.#send(async () => readObject(await this.#get(path, url)));
  }

  #url(path: string, query: Query): URL {
    const url = new URL(`${this.#options.access.url}${path}`);
    for (const [name, given] of Object.entries(query)) {
      for (const value of given === null ? [] : [given].flat()) url.searchParams.append(name, String(value));
    }
    return url;
  }

  async #get(path: string, url: URL): Promise<Answer> {
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
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body, request };
  }
}
