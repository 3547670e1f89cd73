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

type Ids = readonly string[];
type LookUps = { [Name in Entity]?: (ids: Ids) => Promise<LookedUp<Name>> };

/** Clients are looked up many at once, bookings one by one, and nothing else. */
export function createLookUp(
  client: AltegioClient,
  club: BookingClub & { companyId: string },
): BookingProvider['lookUp'] {
  const lookUps: LookUps = {
    async clients(ids) {
      const path = `/clients/${club.companyId}`;
      const raws = ids.length === 0 ? [] : await listByIds(client, path, ids);
      return compare(`GET ${path}`, ids, await readRows(raws, (raw) => readClient(raw, club)));
    },
    async bookings(ids) {
      const found: unknown[] = [];
      for (const id of ids) {
        const raw = await one(client, `/record/${club.companyId}/${id}`);
        if (raw !== null) found.push(raw);
      }
      return compare(`GET /record/${club.companyId}`, ids, await readRows(found, readBooking));
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

/** A row, or null where there is none. A deleted record is one. */
async function one(client: AltegioClient, path: string): Promise<unknown> {
  try {
    return await client.one(path);
  } catch (error) {
    if (error instanceof ProviderNotFoundError) return null;
    throw error;
  }
}

/** Who shows what was not asked for did not look for what was: then nothing may be taken for missing. */
function compare<Row extends { external_id: string }>(
  request: string,
  ids: Ids,
  { rows, quarantined }: ReadRows<Row>,
): ReadRows<Row> & { missing: string[] } {
  const asked = new Set(ids);
  const shown = new Set([...rows, ...quarantined].map(({ external_id: id }) => id));
  if ([...shown].some((id) => !asked.has(id))) {
    throw new ProviderInvalidError(
      `${request} was answered with rows that were not asked for: the platform does not find rows by their ids, so they can only be listed.`,
    );
  }
  return { rows, quarantined, missing: ids.filter((id) => !shown.has(id)) };
}
