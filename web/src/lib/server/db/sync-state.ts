import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const syncState = z.array(
  z.object({
    entity: z.string(),
    complete_until: instant.nullable(),
    is_stale: z.boolean(),
    row_count: number,
    requests_used: number,
    quarantined: number.nullable(),
    mended: number,
    unexplained: number,
    next_run_at: instant.nullable(),
    rows_read: number,
    error: z.string().nullable(),
    error_at: instant.nullable(),
  }),
);
export type EntityState = z.infer<typeof syncState>[number];

/** How far the mirror of each entity of the booking platform is, and what the last rebuild had to mend. */
export async function readSyncState(api: Api, clubId: number): Promise<EntityState[]> {
  const answer = await api.rpc('sync_state', { p_club_id: clubId });
  return read('api.sync_state', answer, syncState);
}
