import { z } from 'zod';
import { parseMoment } from '../moment.ts';
import { UnreadableRowError } from '../quarantine.ts';
import type { BookingRow, BookingStatus } from '../rows.ts';
import { anything, flag, id, list, object, optionalId, text } from './fields.ts';

const STATUS = new Map<string, BookingStatus>([
  ['-1', 'no_show'],
  ['0', 'booked'],
  ['1', 'attended'],
  ['2', 'confirmed'],
]);

const recordSchema = z.object({
  id,
  staff_id: optionalId,
  services: list(z.object({ id, title: text })),
  client: object({ id: optionalId }),
  date: anything,
  datetime: anything,
  create_date: anything,
  attendance: text,
  visit_attendance: text,
  deleted: flag,
  last_change_date: anything,
  activity_id: optionalId,
});

/** A record: one client in one session, or no client (a walk-in, a technical block). */
export function readBooking(raw: unknown): BookingRow {
  const record = recordSchema.parse(raw);
  const starts = parseMoment(record.datetime) ?? parseMoment(record.date);
  if (!starts) throw new UnreadableRowError('datetime: neither it nor date is a point in time');
  const attendance = record.attendance || record.visit_attendance;
  const status = STATUS.get(attendance);
  if (!status) throw new UnreadableRowError(`attendance: "${attendance}" is not one of -1, 0, 1, 2`);
  const made = parseMoment(record.create_date);
  return {
    external_id: record.id,
    client_external_id: record.client?.id ?? null,
    staff_external_id: record.staff_id,
    services: record.services.map((service) => ({ external_id: service.id, title: service.title })),
    activity_external_id: record.activity_id,
    status: record.deleted ? 'cancelled' : status,
    is_deleted: record.deleted,
    starts_at: starts.at,
    starts_local: starts.local,
    made_at: made?.at ?? null,
    made_local: made?.local ?? null,
    platform_changed_at: parseMoment(record.last_change_date)?.at ?? null,
    raw,
  };
}
