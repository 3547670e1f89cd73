import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const doNotWake = z.array(
  z.object({ client_id: number, external_id: z.string(), name: z.string(), reason: z.string() }),
);
export type DoNotWake = z.infer<typeof doNotWake>[number];

const COLUMNS = doNotWake.element.keyof().options.join(', ');

/** The first of those who are not to be woken today, by name, and how many there are. */
export async function readDoNotWake(
  api: Api,
  clubId: number,
  limit: number,
): Promise<{ clients: DoNotWake[]; all: number }> {
  const answer = await api
    .rpc('do_not_wake', { p_club_id: clubId }, { count: 'exact' })
    .select(COLUMNS)
    .order('name')
    .order('client_id')
    .limit(limit);
  const clients = read('api.do_not_wake', answer, doNotWake);
  return { clients, all: answer.count ?? clients.length };
}

/** Why a client is not to be woken; null for one who may be. */
export async function readClientDoNotWake(
  api: Api,
  clubId: number,
  clientId: number,
): Promise<DoNotWake | null> {
  const answer = await api
    .rpc('do_not_wake', { p_club_id: clubId })
    .select(COLUMNS)
    .eq('client_id', clientId);
  return read('api.do_not_wake', answer, doNotWake)[0] ?? null;
}
