// Altegio's webhook: `{company_id, resource, resource_id, status, data}`, unsigned and sent once. Only where to look is read;
// what it says of the row may be invented.
import { z } from 'zod';
import type { Entity } from '../entity.ts';

export type HintOperation = 'create' | 'update' | 'delete';

/** That something may have changed. */
export interface Hint {
  companyId: string;
  /** As the platform calls it, for the log. */
  resource: string;
  /** Null: none that we mirror. */
  entity: Entity | null;
  /** Null when the whole entity is to be looked at. */
  externalId: string | null;
  operation: HintOperation;
  /** The platform's own mark of the change, by which a repetition is recognised; null when it sent none. */
  changedMark: string | null;
}

interface Resource {
  entity: Entity;
  /** Whether resource_id is the id of a row of the entity. */
  isRow: boolean;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map([
  ['record', { entity: 'bookings', isRow: true }],
  ['client', { entity: 'clients', isRow: true }],
  ['service', { entity: 'services', isRow: true }],
  ['service_category', { entity: 'services', isRow: false }],
  ['staff', { entity: 'staff', isRow: true }],
  ['master', { entity: 'staff', isRow: true }],
  ['goods_operations_sale', { entity: 'membership_sales', isRow: true }],
  ['finances_operation', { entity: 'payments', isRow: true }],
]);

/** Digits only: an id becomes part of an address. */
const id = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,19}$/)])
  .transform((value) => String(value).replace(/^0+(?=\d)/, ''));

const envelopeSchema = z.object({
  company_id: id,
  resource: z.string().min(1).max(100),
  // A schedule has none of its own.
  resource_id: id.nullish(),
  status: z.enum(['create', 'update', 'delete']),
  data: z.unknown(),
});
const markSchema = z.object({ last_change_date: z.string().min(1) });

/** Null when this is no webhook of the platform's. */
export function readHint(body: unknown): Hint | null {
  const envelope = envelopeSchema.safeParse(body).data;
  if (!envelope) return null;
  const { company_id: companyId, resource, resource_id: resourceId, status: operation, data } = envelope;
  const known = RESOURCES.get(resource);
  return {
    companyId,
    resource,
    entity: known?.entity ?? null,
    externalId: known?.isRow && resourceId && resourceId !== '0' ? resourceId : null,
    operation,
    changedMark: markSchema.safeParse(data).data?.last_change_date ?? null,
  };
}
