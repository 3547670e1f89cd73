import { z } from 'zod';
import { parseMoment } from '../moment.ts';
import type { BookingClub } from '../provider.ts';
import type { MembershipRow } from '../rows.ts';
import { localDate } from '../wall-clock.ts';
import { anything, id, object, optionalId, text } from './fields.ts';

const membershipSchema = z.object({
  id,
  goods_transaction_id: optionalId,
  created_date: anything,
  expiration_date: anything,
  status: object({ title: text }),
  type: object({ id: optionalId, title: text }),
});

/** A card of the chain's list, which does not say whose it is: its sale does. */
export function readMembership(raw: unknown, club: BookingClub): MembershipRow {
  const card = membershipSchema.parse(raw);
  const created = parseMoment(card.created_date);
  const expires = parseMoment(card.expiration_date);
  return {
    external_id: card.id,
    client_external_id: null,
    sale_external_id: card.goods_transaction_id,
    membership_type_external_id: card.type?.id ?? null,
    title: card.type?.title ?? '',
    // The ids of statuses are not documented; the title says it to a person.
    status: card.status?.title ?? '',
    created_date: created && localDate(created, club.timezone),
    expires_date: expires && localDate(expires, club.timezone),
    raw,
  };
}
