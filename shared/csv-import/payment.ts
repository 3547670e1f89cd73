import { z } from 'zod';
import type { PaymentRow } from '../booking/rows.ts';
import { amount, id, moment, text } from './cells.ts';
import type { ImportClub } from './import-club.ts';
import { knownClient } from './known-client.ts';
import type { ReadRow } from './read-file.ts';

export function paymentReader(club: ImportClub, clients: ReadonlySet<string>): ReadRow<PaymentRow> {
  const schema = z.object({
    payment_id: id,
    // Money of no one is kept apart: it counts for no client.
    client_id: text.check(knownClient(clients)),
    amount: amount(club),
    paid_at: moment(club).refine(({ isFuture }) => !isFuture, {
      error:
        'This payment is still to come: correct the date, or leave the row out until the money is there.',
    }),
    title: text,
  });

  return (cells) => {
    const payment = schema.parse(cells);
    const row: PaymentRow = {
      external_id: payment.payment_id,
      client_external_id: payment.client_id || null,
      booking_external_id: null,
      sale_external_id: null,
      amount_minor: payment.amount,
      paid_at: payment.paid_at.at,
      paid_local: payment.paid_at.local,
      title: payment.title,
      is_deleted: false,
      platform_changed_at: null,
      raw: cells,
    };
    return { row, warnings: [] };
  };
}
