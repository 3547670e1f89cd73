// The sandbox's booking platform as the bench sees it: what it holds, and how hard it was pressed.

export interface Totals {
  clients: number;
  records: number;
  transactions: number;
  goods: number;
  memberships: number;
}

/** Of the calls since the last `forget`, refused ones included. */
export interface Pressure {
  requests: number;
  refused: number;
  peakPerSecond: number;
  peakPerMinute: number;
}

/** Categories and services, staff, membership types, loyalty programmes: one answer each. */
const WHOLE_LISTS = 5;
const PAGE = 200;
/** The chain's lists give no more. */
const CHAIN_PAGE = 100;

/** The fewest requests in which everything can be read once. */
export function fewestRequests({ clients, records, transactions, goods, memberships }: Totals): number {
  const pages = (rows: number, size: number) => Math.max(1, Math.ceil(rows / size));
  const paged = [clients, records, transactions, goods].map((rows) => pages(rows, PAGE));
  return paged.reduce((sum, count) => sum + count, WHOLE_LISTS + pages(memberships, CHAIN_PAGE));
}

export class Platform {
  readonly #control: string;

  constructor(sandboxUrl: string) {
    this.#control = `${sandboxUrl}/control/booking`;
  }

  load(size: { clients: number; visits: number; seed: number }): Promise<Totals> {
    return this.#send('POST', '/load', size);
  }

  async forget(): Promise<void> {
    await this.#send('DELETE', '/requests');
  }

  async pressure(): Promise<Pressure> {
    const { rate } = await this.#send<{ rate: Pressure & { arrived: number } }>('GET', '/state');
    return { ...rate, requests: rate.arrived };
  }

  /** A member comes to train now; the booking's id. */
  async addVisit(clientId: number): Promise<string> {
    const { id } = await this.#send<{ id: number }>('POST', '/visits', { clientId });
    return String(id);
  }

  async #send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.#control}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
