import { z } from 'zod';
import { parseMoment } from '../moment.ts';
import { UnreadableRowError } from '../quarantine.ts';
import type { MembershipSaleRow } from '../rows.ts';
import { anything, flag, id, object, optionalId, text } from './fields.ts';

const SALE = '1';

const goodsSchema = z.object({
  id,
  type_id: text,
  good: object({ title: text, loyalty_abonement_type_id: optionalId }),
  client_id: optionalId,
  client: object({ id: optionalId }),
  create_date: anything,
  last_change_date: anything,
  deleted: flag,
});

/** A movement in the shop that sells a membership; null for any other movement. */
export function readMembershipSale(raw: unknown): MembershipSaleRow | null {
  const goods = goodsSchema.parse(raw);
  if (goods.type_id !== SALE || !goods.good?.loyalty_abonement_type_id) return null;
  const sold = parseMoment(goods.create_date);
  if (!sold) throw new UnreadableRowError('create_date: not a point in time');
  return {
    external_id: goods.id,
    client_external_id: goods.client_id ?? goods.client?.id ?? null,
    membership_type_external_id: goods.good.loyalty_abonement_type_id,
    title: goods.good.title,
    sold_at: sold.at,
    sold_local: sold.local,
    is_deleted: goods.deleted,
    platform_changed_at: parseMoment(goods.last_change_date)?.at ?? null,
    raw,
  };
}
