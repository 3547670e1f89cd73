// What BG/NBD knows of a client: how often they came back, when last, and for how long they have been known.

/** Clients who are alike, in days. */
export interface Facts {
  /** Visits after the first one. */
  frequency: number;
  /** From the first visit to the last. */
  recency: number;
  /** From the first visit to the day the facts were taken. */
  age: number;
  clients: number;
}

/** Of the group of clients: λ ~ Gamma(r, rate alpha) visits a day, p ~ Beta(a, b) to stay away after a visit. */
export interface Parameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

export interface Counted {
  clients: number;
  /** Who came back at least once. */
  repeatClients: number;
}

export function countClients(facts: readonly Facts[]): Counted {
  const counted: Counted = { clients: 0, repeatClients: 0 };
  for (const { frequency, clients } of facts) {
    counted.clients += clients;
    if (frequency > 0) counted.repeatClients += clients;
  }
  return counted;
}
