import { z } from 'zod';
import { toMinor } from '../money.ts';
import { parseMoment } from '../moment.ts';
import type { BookingClub } from '../provider.ts';
import { UnreadableRowError } from '../quarantine.ts';
import type { PaymentRow } from '../rows.ts';
import { anything, flag, id, object, optionalId, text } from './fields.ts';

// What was paid for tells what kind of revenue it is. Money is not set aside for it: a link that cannot be read is none.
const link = optionalId.catch(null);

const SALE_OF_THE_SHOP = 'goods_transaction';

const transactionSchema = z.object({
  id,
  amount: anything,
  date: anything,
  client_id: optionalId,
  client: object({ id: optionalId }),
  record_id: link,
  sold_item_id: link,
  sold_item_type: anything,
  expense: object({ title: text }),
  last_change_date: anything,
  deleted: flag,
});

/** A movement of money; a refund is negative, money of no one has no client. */
export function readPayment(raw: unknown, club: BookingClub): PaymentRow {
  const transaction = transactionSchema.parse(raw);
  const amount = toMinor(transaction.amount, club.currency);
  if (amount === null) throw new UnreadableRowError('amount: not an amount');
  const paid = parseMoment(transaction.date);
  if (!paid) throw new UnreadableRowError('date: not a point in time');
  return {
    external_id: transaction.id,
    client_external_id: transaction.client_id ?? transaction.client?.id ?? null,
    booking_external_id: transaction.record_id,
    sale_external_id: transaction.sold_item_type === SALE_OF_THE_SHOP ? transaction.sold_item_id : null,
    amount_minor: amount,
    paid_at: paid.at,
    paid_local: paid.local,
    title: transaction.expense?.title ?? '',
    is_deleted: transaction.deleted,
    platform_changed_at: parseMoment(transaction.last_change_date)?.at ?? null,
    raw,
  };
}
