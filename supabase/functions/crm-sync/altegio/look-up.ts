// Rows of Altegio by their ids. A row counts as missing only where the platform surely looked for it.
import { readBooking } from '../../../../shared/booking/altegio/booking.ts';
import { readClient } from '../../../../shared/booking/altegio/client.ts';
import type { Entity } from '../../../../shared/booking/entity.ts';
import { ProviderInvalidError, ProviderNotFoundError } from '../../../../shared/booking/provider-error.ts';
import type { BookingClub, BookingProvider, LookedUp } from '../../../../shared/booking/provider.ts';
import { readRows } from '../../../../shared/booking/quarantine.ts';
import type { ReadRows } from '../../../../shared/booking/quarantine.ts';
import type { AltegioClient } from './client.ts';

/** The largest page, and the most ids that are asked for at once. */
const PAGE_SIZE = 200;

/** Where many cannot be asked for at once. */
const MOST_ONE_BY_ONE = 50;

type Ids = readonly string[];
type LookUps = { [Name in Entity]?: (ids: Ids) => Promise<LookedUp<Name>> };

/** Clients are looked up many at once, bookings one by one, and nothing else. */
export function createLookUp(
  client: AltegioClient,
  club: BookingClub & { companyId: string },
): BookingProvider['lookUp'] {
  const asClient = (raw: unknown) => readClient(raw, club);
  const lookUps: LookUps = {
    async clients(ids) {
      const path = `/clients/${club.companyId}`;
      const listed = await readRows(ids.length === 0 ? [] : await listByIds(client, path, ids), asClient);
      // Where the list cannot be narrowed to ids, each can still be asked for.
      if (!hasStrangers(listed, ids) || ids.length > MOST_ONE_BY_ONE)
        return compare(`GET ${path}`, ids, listed);
      const found = await oneByOne(client, `/client/${club.companyId}`, ids);
      return compare(`GET /client/${club.companyId}`, ids, await readRows(found, asClient));
    },
    async bookings(ids) {
      const path = `/record/${club.companyId}`;
      return compare(`GET ${path}`, ids, await readRows(await oneByOne(client, path, ids), readBooking));
    },
  };
  return async (entity, ids) => {
    const lookUp = lookUps[entity];
    if (!lookUp) throw new ProviderInvalidError(`The platform cannot look up ${entity}: list them instead.`);
    return lookUp(ids);
  };
}

/** Goes on until the platform has shown all it has: a page may be shorter than asked, without a word. */
async function listByIds(client: AltegioClient, path: string, ids: Ids): Promise<unknown[]> {
  const raws: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const { rows, total } = await client.list(path, { 'id[]': ids, page, count: PAGE_SIZE });
    raws.push(...rows);
    const isWhole = raws.length >= ids.length || (total !== null && raws.length >= total);
    if (rows.length === 0 || isWhole) return raws;
  }
}

/** Those that are there. A deleted record is. */
async function oneByOne(client: AltegioClient, path: string, ids: Ids): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const id of ids) {
    try {
      found.push(await client.one(`${path}/${id}`));
    } catch (error) {
      if (!(error instanceof ProviderNotFoundError)) throw error;
    }
  }
  return found;
}

function shownIds<Row extends { external_id: string }>({ rows, quarantined }: ReadRows<Row>): Set<string> {
  return new Set([...rows, ...quarantined].map(({ external_id: id }) => id));
}

function hasStrangers<Row extends { external_id: string }>(read: ReadRows<Row>, ids: Ids): boolean {
  const asked = new Set(ids);
  return [...shownIds(read)].some((id) => !asked.has(id));
}

/** Who shows what was not asked for did not look for what was: then nothing may be taken for missing. */
function compare<Row extends { external_id: string }>(
  request: string,
  ids: Ids,
  read: ReadRows<Row>,
): ReadRows<Row> & { missing: string[] } {
  if (hasStrangers(read, ids)) {
    throw new ProviderInvalidError(
      `${request} was answered with rows that were not asked for: the platform does not find rows by their ids, so they can only be listed.`,
    );
  }
  const shown = shownIds(read);
  return { ...read, missing: ids.filter((id) => !shown.has(id)) };
}
