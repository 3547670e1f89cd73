// A club as the database tells it to somebody in Telegram, and the orders they may give about it. Who may, the database decides.
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';
import { personArgs } from './person.ts';
import type { Person } from './person.ts';

const modeShape = z.enum(['moderation', 'notification']);
export type Mode = z.infer<typeof modeShape>;

const clubStateShape = z.looseObject({
  club_id: z.number(),
  club: z.string(),
  timezone: z.string(),
  role: z.enum(['owner', 'operator', 'moderator']),
  mode: modeShape,
  waiting: z.number().int(),
  being_written: z.number().int(),
  sent_today: z.number().int(),
  failures: z.number().int(),
  replies_waiting: z.number().int(),
  hold: z.enum(['paused', 'stale_data', 'quiet_hours']).nullable(),
  /** "09:00", by the club's wall clock. */
  opens_at: z.string(),
  paused_at: z.string().nullable(),
  paused_by: z.string().nullable(),
  is_stopped_by_whatsapp: z.boolean(),
  pause_reason: z.string().nullable(),
  last_good_sync: z.string().nullable(),
  is_stale: z.boolean(),
});
export type ClubState = z.infer<typeof clubStateShape>;

const outcomeShape = z.looseObject({
  outcome: z.enum(['done', 'already', 'not_allowed', 'denied']),
  /** Null for whoever is denied. */
  club: clubStateShape.nullable(),
  was_stopped_by_whatsapp: z.boolean().optional(),
});
export type Outcome = z.infer<typeof outcomeShape>;

export type Order = { kind: 'pause'; reason: string } | { kind: 'resume' } | { kind: 'mode'; mode: Mode };

interface ClubDeps {
  database: Database;
  now: Now;
}

/** The clubs that let the person in; none: they are told nothing. */
export const readClubs = ({ database, now }: ClubDeps, person: Person): Promise<ClubState[]> =>
  database.call(
    'telegram_status',
    { ...personArgs(person), p_now: now().toISOString() },
    z.array(clubStateShape),
  );

export function giveOrder(
  { database, now }: ClubDeps,
  person: Person,
  clubId: number,
  order: Order,
): Promise<Outcome> {
  const args = { p_club_id: clubId, ...personArgs(person), p_now: now().toISOString() };
  switch (order.kind) {
    case 'pause':
      return database.call('pause_sending_in_telegram', { ...args, p_reason: order.reason }, outcomeShape);
    case 'resume':
      return database.call('resume_sending_in_telegram', args, outcomeShape);
    case 'mode':
      return database.call('change_delivery_mode_in_telegram', { ...args, p_mode: order.mode }, outcomeShape);
  }
}
