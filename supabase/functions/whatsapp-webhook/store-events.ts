// Storing what Meta said. All at once; and should the database be unable to hold one of them, that one as text, and the others
// as they are: an error of 5xx would make Meta repeat the same call for days and then drop all of it.
import { z } from 'zod';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { WebhookEvent } from './events.ts';

/** Data that cannot be held, a limit exceeded, a constraint broken, a body the Data API could not read. */
const UNSTORABLE = /^(22|23|54|PGRST102)/;

const asText = ({ dedupe_key, payload }: WebhookEvent): WebhookEvent => ({
  dedupe_key,
  kind: 'other',
  payload: { unstorable: JSON.stringify(payload) },
});

/** How many were new. Fails when they could not be stored, and Meta has to repeat them. */
export async function storeEvents(database: Database, events: WebhookEvent[], now: Date): Promise<number> {
  const store = (given: WebhookEvent[]) =>
    database.call('store_events', { p_events: given, p_now: now.toISOString() }, z.number());
  try {
    return await store(events);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !UNSTORABLE.test(error.code ?? '')) throw error;
    if (events.length === 1) return store(events.map(asText));
    const half = Math.ceil(events.length / 2);
    const first = await storeEvents(database, events.slice(0, half), now);
    return first + (await storeEvents(database, events.slice(half), now));
  }
}
