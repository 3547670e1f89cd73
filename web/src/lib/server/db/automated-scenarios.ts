import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

const scenarios = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    fires_for: z.string(),
    once_per: z.string(),
    is_enabled: z.boolean(),
    delivery_mode: z.enum(['moderation', 'notification']),
  }),
);
export type AutomatedScenario = z.infer<typeof scenarios>[number];

const COLUMNS = scenarios.element.keyof().options.join(', ');

/** The scenarios that find their members by themselves, in their order, with what the club chose about each. */
export async function readAutomatedScenarios(api: Api, clubId: number): Promise<AutomatedScenario[]> {
  const answer = await api
    .from('scenarios')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .is('is_automated', true)
    .order('priority');
  return read('api.scenarios', answer, scenarios);
}
