import type { JSONValue } from 'postgres';
import type { Club } from './club.ts';

export const RENEWING = 'Monthly, auto-renewing';

/** A card of a kind that renews itself: made out 200 days ago, running for another 10. */
export async function renewingCard(
  club: Club,
  client: string | null,
  fields: Record<string, JSONValue> = {},
): Promise<void> {
  await club.apply('membership_types', [{ external_id: 'renewing', title: RENEWING }]);
  await club.card(client, club.ago(200), {
    membership_type_external_id: 'renewing',
    title: RENEWING,
    status: 'Активирован',
    expires_date: club.ago(-10),
    ...fields,
  });
}
