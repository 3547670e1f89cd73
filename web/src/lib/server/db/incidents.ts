import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const incidents = z.array(
  z.object({
    incident: z.enum(['rollup_differs', 'step_failed']),
    noticed_at: instant,
    clients: number.nullable(),
    detail: z.string(),
  }),
);
export type Incident = z.infer<typeof incidents>[number];

const differences = z.array(
  z.object({
    comparison_id: number,
    client_id: number,
    as_of: date,
    fields: z.record(z.string(), z.object({ rollup: z.json().optional(), replay: z.json().optional() })),
  }),
);
export type Difference = z.infer<typeof differences>[number];

export interface NumberIncidents {
  incidents: Incident[];
  /** The first clients of the latest comparisons that differed. */
  differences: Difference[];
}

const DIFFERENCES_SHOWN = 20;

/** What is wrong with a club's numbers and not settled yet, oldest first; nothing, nearly always. */
export async function readIncidents(api: Api, clubId: number): Promise<NumberIncidents> {
  const answer = await api
    .from('number_incidents')
    .select('incident, noticed_at, clients, detail')
    .eq('club_id', clubId)
    .order('noticed_at');
  const found = read('api.number_incidents', answer, incidents);
  const hasDifferences = found.some(({ incident }) => incident === 'rollup_differs');
  return { incidents: found, differences: hasDifferences ? await readDifferences(api, clubId) : [] };
}

async function readDifferences(api: Api, clubId: number): Promise<Difference[]> {
  const answer = await api
    .from('number_differences')
    .select('comparison_id, client_id, as_of, fields')
    .eq('club_id', clubId)
    .is('repaired_at', null)
    .order('compared_at', { ascending: false })
    .order('client_id')
    .limit(DIFFERENCES_SHOWN);
  return read('api.number_differences', answer, differences);
}

const NOT_ALLOWED = '42501';

/** Has the clients of all open incidents recomputed; how many those were, or null when the person may not. */
export async function repairNumbers(api: Api, clubId: number): Promise<number | null> {
  const answer = await api.rpc('repair_numbers', { p_club_id: clubId });
  if (answer.error?.code === NOT_ALLOWED) return null;
  return read('api.repair_numbers', answer, number);
}
