import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const listings = z.array(
  z.object({
    entity: z.string(),
    opened_at: instant.nullable(),
    rows_read: number,
    complete_until: instant.nullable(),
    completed_at: instant.nullable(),
    error: z.string().nullable(),
    error_at: instant.nullable(),
  }),
);
export type Listing = z.infer<typeof listings>[number];

/** How far the mirror of each entity of the booking platform is. */
export async function readListings(api: Api, clubId: number): Promise<Listing[]> {
  const answer = await api
    .from('listings')
    .select('entity, opened_at, rows_read, complete_until, completed_at, error, error_at')
    .eq('club_id', clubId)
    .order('entity');
  return read('api.listings', answer, listings);
}
