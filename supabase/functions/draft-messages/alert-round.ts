// Tells the moderation chat, once, what keeps messages from going on: it is the chat that somebody reads.
import { z } from 'zod';
import { escapeHtml } from '../_shared/card-text.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import type { NoticeDeps } from './notice-round.ts';

const alert = z.object({ alert_id: z.number(), kind: z.string(), what: z.string() });

/** As for a card: what is not told by then is another run's. */
const LEASE_SECONDS = 60;

/** An alert that could not be told stays due; its lease ends by itself, and a later run tells it. */
export async function runAlertRound({ database, chat, now }: NoticeDeps, log: Log): Promise<void> {
  const alerts = await database.call(
    'claim_alerts',
    { p_lease_seconds: LEASE_SECONDS, p_now: now().toISOString() },
    z.array(alert),
  );
  for (const { alert_id, kind, what } of alerts) {
    try {
      await chat.tell(`⚠️ ${escapeHtml(what)}`, '/');
      await database.call('note_alert_told', { p_alert_id: alert_id, p_now: now().toISOString() }, z.null());
      log.info('alert_told', { kind });
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      log.error('alert_failed', error, { kind });
    }
  }
}
