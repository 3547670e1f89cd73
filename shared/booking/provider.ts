// What the sync asks of a booking platform. An adapter says what its platform can do; the sync decides what to make of it.
import type { Language } from './language.ts';
import type { Entity } from './entity.ts';
import type { EntityRows, QuarantinedRow } from './rows.ts';

/** What an adapter must know of a club to read its rows. */
export interface BookingClub {
  timezone: string;
  /** ISO 3166, the default of phone numbers. */
  country: string;
  /** ISO 4217, of all amounts. */
  currency: string;
  defaultLanguage: Language;
}

export interface Capabilities {
  /** Whether a list can be narrowed to what was changed in a window of time. */
  changeFilter: 'modified' | 'none';
  /** How a deletion shows: as a flag on the row, only by the row's absence from a whole listing, or not at all. */
  deletes: 'flag' | 'absence' | 'none';
  /** Numbered pages from 1, or everything in one answer. */
  paging: 'page' | 'all';
  /** The page size to ask for; the platform may lower it without a word. */
  pageSize: number;
  /** Whether an answer says how many rows there are in all. */
  hasTotal: boolean;
  /** Whether rows can be asked for by their ids: many at once, one by one, or not at all. */
  lookUp: 'many' | 'one' | 'none';
}

/** A budget of requests, shared by everyone behind one address. */
export interface Rate {
  bucket: string;
  perSecond: number;
  perMinute: number;
}

/** Whose part of the budget a request uses, the most urgent first: somebody waits, the minute's tick, what may take its time. */
export type Share = 'interactive' | 'changes' | 'rebuild';

export interface PageRequest {
  /** From 1. */
  page: number;
  /** Only rows changed at or after this instant; null: all. */
  changedAfter: Date | null;
  /** Only rows changed at or before this instant; null: no upper end. */
  changedBefore: Date | null;
}

export interface ListedPage<Name extends Entity = Entity> {
  rows: EntityRows[Name][];
  quarantined: QuarantinedRow[];
  /** How many rows the platform showed, also those that are not ours to keep. 0 is the end of the list. */
  shown: number;
  /** How many rows the whole list has; null when the platform does not say. */
  total: number | null;
}

/** What the platform says of rows that were asked for by id. */
export interface LookedUp<Name extends Entity = Entity> {
  rows: EntityRows[Name][];
  quarantined: QuarantinedRow[];
  /** Asked for, and not there. */
  missing: string[];
}

/** What a platform counts by itself, to be held against what we count. A number it does not tell is null, never 0. */
export interface PlatformFigures {
  /** All clients it lists. */
  countClients(): Promise<number | null>;
  /** Bookings of one local date (YYYY-MM-DD) that are not deleted. */
  countBookings(localDate: string): Promise<number | null>;
  /** In which field of a client's raw row the platform shows how often they came, and what they spent; absent: in none. */
  clientFields: { readonly visits?: string; readonly sold?: string };
}

/** One club on one platform. Throws a ProviderError, never answers an error with an empty page. */
export interface BookingProvider {
  readonly capabilities: Readonly<Record<Entity, Capabilities>>;
  listPage<Name extends Entity>(entity: Name, request: PageRequest): Promise<ListedPage<Name>>;
  /** Throws a ProviderInvalidError for an entity whose capabilities say `none`. */
  lookUp<Name extends Entity>(entity: Name, externalIds: readonly string[]): Promise<LookedUp<Name>>;
  /** The cards of whoever has this phone (E.164), perhaps only the active ones: what is not in it is not gone. */
  listCardsOf(phone: string): Promise<ListedPage<'memberships'>>;
  /** Absent: the platform shows no numbers of its own. */
  readonly figures?: PlatformFigures;
}

/** Makes a request when its turn has come, and again when it is worth it. `attempt` throws a ProviderError. */
export type Send = <Answer>(attempt: () => Promise<Answer>) => Promise<Answer>;
