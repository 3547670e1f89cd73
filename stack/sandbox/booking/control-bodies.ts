// What a test may send to the control routes.
import type { Context } from 'hono';
import { z } from 'zod';
import { COMMUNITIES, SERVICE_KINDS } from './club.ts';

/** What was sent, if it is what the schema says; nothing is `{}`. */
export async function body<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> {
  const text = await c.req.text();
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    json = undefined;
  }
  return schema.parse(json);
}

/** The id in the path. */
export function idOf(c: Context): number {
  return Number(c.req.param('id'));
}

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

/** Whether the row's last change stays as it is, so that no list of changes shows the edit. */
const silent = z.boolean().default(false);

export const recordPatchSchema = z.strictObject({
  clientId: z.int().nullable().optional(),
  serviceKind: z.enum(SERVICE_KINDS).optional(),
  serviceId: z.int().optional(),
  startsAt: moment.optional(),
  attendance: attendance.optional(),
  deleted: z.boolean().optional(),
  raw: raw.optional(),
  silent,
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

export const clientPatchSchema = z.strictObject({ ...z.object(clientFields).partial().shape, silent });

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

/** A card made out at the desk, without a sale. */
export const cardSchema = z.strictObject({ clientId: z.int(), membershipTypeId: z.int() });

/** A card has no last change at all: whatever happens to it shows in no list of changes. */
export const cardPatchSchema = z.strictObject({
  /** Entries left. */
  left: z.int().min(0).optional(),
  /** 1 released, 2 in use, 3 expired, 4 used up. */
  statusId: z.literal([1, 2, 3, 4]).optional(),
  frozen: z.boolean().optional(),
  expires: moment.nullable().optional(),
});

export const salePatchSchema = z.strictObject({ deleted: z.boolean(), silent });

export const transactionPatchSchema = z.strictObject({
  amount: z.number().optional(),
  deleted: z.boolean().optional(),
  silent,
});

/** What a row of the catalogue may be given; what is left out stays, or is the list's own default. */
export const catalogueSchemas = {
  services: z.strictObject({
    title: z.string().optional(),
    categoryId: z.int().optional(),
    price: z.number().optional(),
  }),
  service_categories: z.strictObject({ title: z.string().optional() }),
  staff: z.strictObject({
    name: z.string().optional(),
    fired: z.literal([0, 1]).optional(),
    hidden: z.literal([0, 1]).optional(),
  }),
  membership_types: z.strictObject({
    title: z.string().optional(),
    price: z.number().optional(),
    entries: z.int().min(0).optional(),
  }),
  loyalty_programmes: z.strictObject({
    title: z.string().optional(),
    value: z.number().optional(),
    usage_limit: z.int().min(0).optional(),
  }),
};
