import { z } from 'zod';
import type { BookingRow, BookingStatus } from '../booking/rows.ts';
import { catalogueId } from './catalogue-id.ts';
import { id, moment, oneOf, optionalText, requiredText } from './cells.ts';
import type { ImportClub } from './import-club.ts';
import type { ReadRow } from './read-file.ts';
import { knownClient } from './known-client.ts';

const STATUSES = [
  'attended',
  'booked',
  'confirmed',
  'no_show',
  'cancelled',
] as const satisfies BookingStatus[];
const SERVICE_KINDS = ['', 'trial', 'group', 'personal', 'open', 'other'] as const;

export type ServiceKind = Exclude<(typeof SERVICE_KINDS)[number], ''>;

/** A booking with what its row says of the service and the trainer themselves. */
export interface Visit {
  booking: BookingRow;
  service: { external_id: string; title: string };
  serviceKind: ServiceKind | null;
  trainer: { external_id: string; name: string } | null;
}

export function visitReader(club: ImportClub, clients: ReadonlySet<string>): ReadRow<Visit> {
  const schema = z
    .object({
      visit_id: id,
      client_id: id.check(knownClient(clients)),
      starts_at: moment(club),
      service: requiredText('write what members know the class or the training by'),
      trainer: optionalText,
      status: oneOf(STATUSES),
      service_kind: oneOf(SERVICE_KINDS),
    })
    .check(({ value: { starts_at: starts, status }, issues }) => {
      if (!starts.isFuture || (status !== 'attended' && status !== 'no_show')) return;
      const message = `Nobody can have ${status === 'attended' ? 'attended' : 'missed'} what is still to come: correct the date, or write booked or cancelled as the status.`;
      issues.push({ code: 'custom', path: ['starts_at'], input: starts, message });
    });

  return (cells) => {
    const visit = schema.parse(cells);
    const service = { external_id: catalogueId(visit.service), title: visit.service };
    const trainer = visit.trainer ? { external_id: catalogueId(visit.trainer), name: visit.trainer } : null;
    const booking: BookingRow = {
      external_id: visit.visit_id,
      client_external_id: visit.client_id,
      staff_external_id: trainer?.external_id ?? null,
      services: [service],
      activity_external_id: null,
      status: visit.status,
      is_deleted: false,
      starts_at: visit.starts_at.at,
      starts_local: visit.starts_at.local,
      made_at: null,
      made_local: null,
      platform_changed_at: null,
      raw: cells,
    };
    return { row: { booking, service, trainer, serviceKind: visit.service_kind || null }, warnings: [] };
  };
}
