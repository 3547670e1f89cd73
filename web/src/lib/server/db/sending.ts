import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const alerts = z.array(
  z.object({
    alert_id: number,
    kind: z.enum(['sending_stopped', 'number_quality', 'number_limit', 'account', 'old_snapshot']),
    what: z.string(),
    raised_at: instant,
  }),
);
export type Alert = z.infer<typeof alerts>[number];

/** What keeps messages from going on well, the oldest first; nothing when all is well. */
export async function readAlerts(api: Api, clubId: number): Promise<Alert[]> {
  const answer = await api
    .from('alerts')
    .select('alert_id, kind, what, raised_at')
    .eq('club_id', clubId)
    .order('raised_at');
  return read('api.alerts', answer, alerts);
}

const sending = z.array(
  z.object({
    paused_at: instant.nullable(),
    paused_by: z.string().nullable(),
    pause_reason: z.string().nullable(),
    daily_limit: number.nullable(),
    people_limit: number,
    display_number: z.string().nullable(),
    verified_name: z.string().nullable(),
    quality: z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN']).nullable(),
    read_at: instant.nullable(),
    read_error: z.string().nullable(),
    read_error_at: instant.nullable(),
  }),
);
const COLUMNS = sending.element.keyof().options.join(', ');

export type Sending = z.infer<typeof sending>[number] & { people_reached: number };

/** Whether a club's messages are paused, and the number they go out from; null for a club one is not of. */
export async function readSending(api: Api, clubId: number): Promise<Sending | null> {
  const [answer, reached] = await Promise.all([
    api.from('sending').select(COLUMNS).eq('club_id', clubId),
    api.rpc('people_reached', { p_club_id: clubId }),
  ]);
  const row = read('api.sending', answer, sending)[0];
  const people = read('api.people_reached', reached, number.nullable());
  return row ? { ...row, people_reached: people ?? 0 } : null;
}

export const pauseForm = z.object({ reason: z.string().trim().max(200).default('') });

export type Switched = { changed: boolean } | { refusal: string };

/** What the database says to who may not. */
const NOT_ALLOWED = '42501';

/** Pauses all messages of a club; unchanged when they were paused already. */
export async function pauseSending(api: Api, clubId: number, reason: string): Promise<Switched> {
  const answer = await api.rpc('pause_sending', { p_club_id: clubId, p_reason: reason });
  if (answer.error?.code === NOT_ALLOWED) return { refusal: answer.error.message };
  return { changed: read('api.pause_sending', answer, z.boolean()) };
}

/** Lets them go on; unchanged when somebody was faster. */
export async function resumeSending(api: Api, clubId: number): Promise<Switched> {
  const answer = await api.rpc('resume_sending', { p_club_id: clubId });
  if (answer.error?.code === NOT_ALLOWED) return { refusal: answer.error.message };
  return { changed: read('api.resume_sending', answer, z.boolean()) };
}
