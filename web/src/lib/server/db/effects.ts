import { z } from 'zod';
import { VERDICTS } from '#lib/effect.ts';
import type { Effect } from '#lib/effect.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const effects = z.array(
  z.object({
    scenario: z.string(),
    campaign_id: number.nullable(),
    name: z.string(),
    planned: number,
    skipped: z.record(z.string(), number),
    drafted: number,
    approved: number,
    sent: number,
    delivered: number,
    read: number,
    replied: number,
    opted_out: number,
    booked: number,
    returned: number,
    revenue_of_returners_minor: number,
    cost_minor: number.nullable(),
    messaged_clients: number,
    messaged_returned: number,
    control_clients: number,
    control_returned: number,
    waiting_clients: number,
    return_rate: number.nullable(),
    control_rate: number.nullable(),
    lift: number.nullable(),
    lift_low: number.nullable(),
    lift_high: number.nullable(),
    verdict: z.enum(VERDICTS),
    return_days: number,
    lift_min_clients: number,
    holdout_share: number,
    message_price_minor: number.nullable(),
    computed_at: instant,
    data_until: instant.nullable(),
  }),
);

/** What every automated scenario, and every campaign with a candidate in the period, did and changed. */
export async function readEffects(api: Api, clubId: number, from: string, until: string): Promise<Effect[]> {
  const answer = await api.rpc('effects', { p_club_id: clubId, p_from: from, p_until: until });
  return read('api.effects', answer, effects);
}

const assignments = z.array(
  z.object({
    client_id: number,
    external_id: z.string(),
    name: z.string(),
    assigned_group: z.enum(['messaged', 'control']),
    assigned_at: instant,
    window_ends_at: instant,
    sent_at: instant.nullable(),
    returned_at: instant.nullable(),
  }),
);
export type Assignment = z.infer<typeof assignments>[number];

const COLUMNS = assignments.element.keyof().options.join(', ');

/** The newest of the clients behind the lift of a scenario or campaign, and how many there are. */
export async function readAssignments(
  api: Api,
  clubId: number,
  { scenario, campaign_id }: Pick<Effect, 'scenario' | 'campaign_id'>,
  [from, until]: [from: string, until: string],
  limit: number,
): Promise<{ clients: Assignment[]; all: number }> {
  const asked = {
    p_club_id: clubId,
    p_scenario: scenario,
    p_from: from,
    p_until: until,
    p_campaign_id: campaign_id,
  };
  const answer = await api
    .rpc('assignments', asked, { count: 'exact' })
    .select(COLUMNS)
    .order('assigned_at', { ascending: false })
    .order('client_id')
    .limit(limit);
  const clients = read('api.assignments', answer, assignments);
  return { clients, all: answer.count ?? clients.length };
}

/** Not allowed, or no price. */
const REFUSALS = ['42501', '23514', '22023'];

/** Sets what a delivered message costs; the refusal in words, or null when it is done. */
export async function setMessagePrice(
  api: Api,
  clubId: number,
  priceMinor: number | null,
): Promise<string | null> {
  const answer = await api.rpc('set_message_price', { p_club_id: clubId, p_price_minor: priceMinor });
  if (answer.error && REFUSALS.includes(answer.error.code)) return answer.error.message;
  read('api.set_message_price', answer, z.unknown());
  return null;
}
