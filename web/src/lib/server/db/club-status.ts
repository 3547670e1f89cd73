import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const clubStatus = z.object({
  today: date,
  delivery_mode: z.enum(['moderation', 'notification']),
  hold: z.enum(['paused', 'stale_data', 'quiet_hours']).nullable(),
  last_good_sync: instant.nullable(),
  is_stale: z.boolean(),
  next_rebuild_at: instant.nullable(),
  stats_refreshed_at: instant.nullable(),
  waiting_for_approval: number,
  on_their_way: number,
  sent_today: number,
  conversations_waiting: number,
  needs_a_person: number,
  quarantined: number,
});
export type ClubStatus = z.infer<typeof clubStatus>;

export async function readClubStatus(api: Api, clubId: number): Promise<ClubStatus> {
  return read('api.club_status', await api.rpc('club_status', { p_club_id: clubId }), clubStatus);
}

/** Today's date in the club's time zone; null for a club the person is not in. */
export async function readToday(api: Api, clubId: number): Promise<string | null> {
  return read('api.club_today', await api.rpc('club_today', { p_club_id: clubId }), date.nullable());
}
