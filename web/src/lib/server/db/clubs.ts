import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const clubs = z.array(
  z.object({
    club_id: number,
    name: z.string(),
    timezone: z.string(),
    currency: z.string(),
    country: z.string(),
    default_language: z.string(),
    role: z.enum(['owner', 'operator', 'moderator', 'analyst']),
    email: z.string(),
  }),
);
export type Club = z.infer<typeof clubs>[number];

/** The clubs of the person who is signed in, with their role in each. */
export async function myClubs(api: Api): Promise<Club[]> {
  return read('api.my_clubs', await api.from('my_clubs').select('*').order('name').order('club_id'), clubs);
}
