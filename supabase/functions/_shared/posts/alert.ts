// An incident that somebody must look at, as the database hands it out.
import { z } from 'zod';

export const ALERT_KINDS = [
  'sending_stopped',
  'number_quality',
  'number_limit',
  'account',
  'old_snapshot',
  'sync_stale',
  'template_stopped',
  'dead_letters',
  'queue_stuck',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const alertBody = z.looseObject({
  /** Null: it concerns all clubs. */
  club_id: z.number().nullable(),
  club: z.string().nullable(),
  timezone: z.string(),
  kind: z.enum(ALERT_KINDS),
  subject: z.string(),
  /** The English sentence. */
  what: z.string(),
  detail: z.record(z.string(), z.unknown()),
  raised_at: z.string(),
  ended_at: z.string().nullable(),
});
export type AlertBody = z.infer<typeof alertBody>;
