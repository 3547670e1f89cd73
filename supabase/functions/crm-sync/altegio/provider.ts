// Altegio v1 (YCLIENTS abroad) as a booking provider.
import { readBooking } from '../../../../shared/booking/altegio/booking.ts';
import { readClient } from '../../../../shared/booking/altegio/client.ts';
import type { AltegioList } from '../../../../shared/booking/altegio/envelope.ts';
import { readLoyaltyProgramme } from '../../../../shared/booking/altegio/loyalty-programme.ts';
import { readMembershipSale } from '../../../../shared/booking/altegio/membership-sale.ts';
import { readMembershipType } from '../../../../shared/booking/altegio/membership-type.ts';
import { readMembership } from '../../../../shared/booking/altegio/membership.ts';
import { readPayment } from '../../../../shared/booking/altegio/payment.ts';
import { readCategories, readService } from '../../../../shared/booking/altegio/service.ts';
import { readStaff } from '../../../../shared/booking/altegio/staff.ts';
import type { Entity } from '../../../../shared/booking/entity.ts';
import type {
  BookingClub,
  BookingProvider,
  Capabilities,
  ListedPage,
  PageRequest,
  Rate,
  Send,
} from '../../../../shared/booking/provider.ts';
import { readRows } from '../../../../shared/booking/quarantine.ts';
import { earliestReading, latestReading } from '../../../../shared/booking/wall-clock.ts';
import { AltegioClient } from './client.ts';
import type { AltegioOptions, Query } from './client.ts';
import { createFigures } from './figures.ts';
import { createLookUp } from './look-up.ts';

/** Counted by the platform per address, not per club: one bucket for everybody behind ours. */
export const ALTEGIO_RATE: Rate = { bucket: 'booking:altegio', perSecond: 5, perMinute: 200 };

const WHOLE: Capabilities = {
  changeFilter: 'none',
  deletes: 'absence',
  paging: 'all',
  pageSize: 0,
  hasTotal: true,
  lookUp: 'none',
};
const PAGED: Omit<Capabilities, 'deletes' | 'hasTotal'> = {
  changeFilter: 'modified',
  paging: 'page',
  pageSize: 200,
  lookUp: 'none',
};
/** Lists of the chain: smaller pages, and no change filter. */
const OF_CHAIN: Omit<Capabilities, 'deletes' | 'hasTotal'> = {
  changeFilter: 'none',
  paging: 'page',
  pageSize: 100,
  lookUp: 'none',
};

export const ALTEGIO_CAPABILITIES: Readonly<Record<Entity, Capabilities>> = {
  services: WHOLE,
  staff: WHOLE,
  membership_types: { ...OF_CHAIN, deletes: 'absence', hasTotal: true },
  loyalty_programmes: WHOLE,
  clients: { ...PAGED, deletes: 'absence', hasTotal: true, lookUp: 'many' },
  membership_sales: { ...PAGED, deletes: 'flag', hasTotal: false },
  memberships: { ...OF_CHAIN, deletes: 'none', hasTotal: false },
  bookings: { ...PAGED, deletes: 'flag', hasTotal: true, lookUp: 'one' },
  payments: { ...PAGED, deletes: 'flag', hasTotal: false },
};

export interface AltegioClub extends BookingClub {
  companyId: string;
  /** Memberships belong to the chain; without one there are none to list. */
  chainId: string | null;
}

type Lists = { [Name in Entity]: (request: PageRequest) => Promise<ListedPage<Name>> };

/** One club on Altegio. Every request goes through `send`. */
export function openAltegio(club: AltegioClub, options: AltegioOptions, send: Send): BookingProvider {
  const client = new AltegioClient(options, send);
  const lists = createLists(client, club);
  return {
    capabilities: ALTEGIO_CAPABILITIES,
    listPage: (entity, request) => lists[entity](request),
    lookUp: createLookUp(client, club),
    figures: createFigures(client, club.companyId),
    async listCardsOf(phone) {
      const query = { company_id: club.companyId, phone: phone.replace('+', '') };
      return read(await client.list('/loyalty/abonements', query), (raw) => readMembership(raw, club));
    },
  };
}

function createLists(client: AltegioClient, club: AltegioClub): Lists {
  const { companyId, chainId, timezone } = club;

  /** The filters compare with the club's wall clock, as it is read from the wall. */
  const paged = (entity: Entity, { page, changedAfter, changedBefore }: PageRequest): Query => ({
    page,
    count: ALTEGIO_CAPABILITIES[entity].pageSize,
    changed_after: changedAfter && earliestReading(changedAfter, timezone),
    changed_before: changedBefore && latestReading(changedBefore, timezone),
  });

  return {
    async services() {
      const categories = await client.list(`/company/${companyId}/service_categories`);
      const titles = readCategories(categories.rows);
      return read(await client.list(`/company/${companyId}/services`), (raw) => readService(raw, titles));
    },
    async staff() {
      return read(await client.list(`/company/${companyId}/staff`), readStaff);
    },
    async membership_types({ page }) {
      const query = { page, page_size: ALTEGIO_CAPABILITIES.membership_types.pageSize };
      return read(
        await client.list(`/company/${companyId}/loyalty/abonement_types/search`, query),
        readMembershipType,
      );
    },
    // The list is of the active ones: a programme that was ended is not in it.
    async loyalty_programmes() {
      return read(await client.list(`/company/${companyId}/loyalty/programs/search`), readLoyaltyProgramme);
    },
    // Called deprecated, and still the only list of clients that knows what changed, birthdays and who wants no mail.
    async clients(request) {
      return read(await client.list(`/clients/${companyId}`, paged('clients', request)), (raw) =>
        readClient(raw, club),
      );
    },
    async membership_sales(request) {
      const query = paged('membership_sales', request);
      return read(await client.list(`/storages/transactions/${companyId}`, query), readMembershipSale);
    },
    async memberships(request) {
      if (chainId === null) return { rows: [], quarantined: [], shown: 0, total: null };
      const { page, count } = paged('memberships', request);
      const list = await client.list(`/chain/${chainId}/loyalty/abonements`, { page: page!, count: count! });
      return read(list, (raw) => readMembership(raw, club));
    },
    async bookings(request) {
      const query = { ...paged('bookings', request), with_deleted: 1 };
      return read(await client.list(`/records/${companyId}`, query), readBooking);
    },
    async payments(request) {
      const query = { ...paged('payments', request), deleted: 1 };
      return read(await client.list(`/transactions/${companyId}`, query), (raw) => readPayment(raw, club));
    },
  };
}

async function read<Row>({ rows, total }: AltegioList, readRow: (raw: unknown) => Row | null) {
  return { ...(await readRows(rows, readRow)), shown: rows.length, total };
}
