import { z } from 'zod';
import type { CostLine } from '#lib/message-cost.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, number } from './column.ts';

const costs = z.array(
  z.object({
    month_date: date,
    category: z.string().nullable(),
    price_type: z.string().nullable(),
    delivered: number,
    billable: number.nullable(),
    cost_minor: number.nullable(),
  }),
);

/** What the messages of this month and those before it cost, newest first. */
export async function readMessageCosts(api: Api, clubId: number, months: number): Promise<CostLine[]> {
  const answer = await api.rpc('message_costs', { p_club_id: clubId, p_months: months });
  return read('api.message_costs', answer, costs);
}

const prices = z.array(z.object({ message_price_minor: number.nullable() })).length(1);

/** What WhatsApp bills for a delivered message, as somebody told us; null: unknown. */
export async function readMessagePrice(api: Api, clubId: number): Promise<number | null> {
  const answer = await api.from('message_prices').select('message_price_minor').eq('club_id', clubId);
  return read('api.message_prices', answer, prices)[0]!.message_price_minor;
}
