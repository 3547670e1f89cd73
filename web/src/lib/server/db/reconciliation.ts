import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { date, instant, number } from './column.ts';

const reconciliation = z.array(
  z.object({
    figure: z.enum(['clients', 'bookings', 'visits', 'sold']),
    figure_date: date.nullable(),
    platform_value: number.nullable(),
    our_value: number.nullable(),
    difference: number.nullable(),
    unit: z.enum(['clients', 'bookings', 'visits', 'money']),
    quarantined: number.nullable(),
    differing_clients: number.nullable(),
    read_at: instant.nullable(),
    explanation: z.string(),
    caveat: z.string().nullable(),
    not_read_reason: z.string().nullable(),
    not_read_at: instant.nullable(),
  }),
);
export type Figure = z.infer<typeof reconciliation>[number];

const COLUMNS = reconciliation.element.keyof().options.join(', ');

/** What the booking platform itself counts, beside what is counted here; none before the first nightly check. */
export async function readReconciliation(api: Api, clubId: number): Promise<Figure[]> {
  const answer = await api.from('reconciliation').select(COLUMNS).eq('club_id', clubId).order('place');
  return read('api.reconciliation', answer, reconciliation);
}
