import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const clientsBehind = z.array(
  z.object({ client_id: number, external_id: z.string(), name: z.string(), is_counted: z.boolean() }),
);
export type ClientBehind = z.infer<typeof clientsBehind>[number];

/** The first of the clients a reading is made of: those it counts before those it is only taken among, by name. */
export async function readClientsBehind(
  api: Api,
  clubId: number,
  code: string,
  asOf: string,
  limit: number,
): Promise<ClientBehind[]> {
  const answer = await api
    .rpc('clients_behind', { p_club_id: clubId, p_code: code, p_as_of: asOf })
    .order('is_counted', { ascending: false })
    .order('name')
    .order('client_id')
    .limit(limit);
  return read('api.clients_behind', answer, clientsBehind);
}
