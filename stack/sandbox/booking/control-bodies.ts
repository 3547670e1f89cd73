// What a test may send to the control routes.
import { z } from 'zod';
import { COMMUNITIES, SERVICE_KINDS } from './club.ts';

/** An instant with a zone, or the club's wall clock without one. */
const moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/,
    'a date and time, with a zone or in the club’s own',
  );
const attendance = z.literal([-1, 0, 1, 2]);
const raw = z.record(z.string(), z.unknown());

export const newRecordSchema = z.strictObject({
  clientId: z.int().nullable(),
  serviceKind: z.enum(SERVICE_KINDS).default('group'),
  /** A service of the catalogue; wins over the kind, and may be a deleted or unknown one. */
  serviceId: z.int().optional(),
  staffId: z.int().optional(),
  startsAt: moment,
  createdAt: moment.optional(),
  attendance: attendance.default(0),
  /** Laid over the payload as it is. */
  raw: raw.optional(),
});

export const recordPatchSchema = z.strictObject({
  clientId: z.int().nullable().optional(),
  serviceKind: z.enum(SERVICE_KINDS).optional(),
  serviceId: z.int().optional(),
  startsAt: moment.optional(),
  attendance: attendance.optional(),
  deleted: z.boolean().optional(),
  raw: raw.optional(),
});

export const visitSchema = z.strictObject({
  clientId: z.int(),
  serviceKind: z.enum(SERVICE_KINDS).default('group'),
  at: moment.optional(),
});

const clientFields = {
  name: z.string(),
  surname: z.string(),
  phone: z.union([z.string(), z.number()]),
  email: z.string(),
  birthDate: z.iso.date().nullable(),
  smsNot: z.boolean(),
  customFields: raw,
  raw,
};

export const newClientSchema = z.strictObject({
  community: z.enum(COMMUNITIES).default('cs'),
  ...z.object(clientFields).partial().shape,
  name: z.string().min(1),
});

export const clientPatchSchema = z.strictObject(clientFields).partial();

export const saleSchema = z.strictObject({
  clientId: z.int(),
  /** Sells a membership of this type; without it, a service. */
  membershipTypeId: z.int().optional(),
  /** The price when left out. Negative is a refund. */
  amount: z.number().optional(),
  isPaid: z.boolean().default(true),
  at: moment.optional(),
});

export const loadSchema = z.strictObject({
  clients: z.int().min(1).max(50_000).optional(),
  visits: z.int().min(0).max(2_000_000).optional(),
  seed: z.int().optional(),
  today: z.iso.date().optional(),
});
