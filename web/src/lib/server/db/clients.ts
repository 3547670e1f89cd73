import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { number } from './column.ts';

const client = z.object({ client_id: number, external_id: z.string(), name: z.string() });
export type Client = z.infer<typeof client>;

/** How many clients a club has who are not deleted. */
export async function countClients(api: Api, clubId: number): Promise<number> {
  const answer = await api
    .from('clients')
    .select('client_id', { count: 'exact', head: true })
    .eq('club_id', clubId);
  read('api.clients', answer, z.null());
  return read('api.clients', { data: answer.count, error: null }, number);
}

/** One client of a club; null for one who is unknown or deleted. */
export async function readClient(api: Api, clubId: number, clientId: number): Promise<Client | null> {
  const answer = await api
    .from('clients')
    .select('client_id, external_id, name')
    .eq('club_id', clubId)
    .eq('client_id', clientId)
    .maybeSingle();
  return read('api.clients', answer, client.nullable());
}
