import type { BookingClub } from '../booking/provider.ts';

/** What must be known of a club to check its files. */
export interface ImportClub extends BookingClub {
  /** Nobody has visited or paid after it. */
  now: Date;
  /** Ids of the clients it has already. */
  knownClients: ReadonlySet<string>;
  /** And who has which phone among them. */
  knownPhones: ReadonlyMap<string, readonly string[]>;
}
