import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

const scenarios = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    fires_for: z.string(),
    once_per: z.string(),
    tone: z.string(),
    is_enabled: z.boolean(),
    delivery_mode: z.enum(['moderation', 'notification']),
  }),
);
export type ScenarioRule = z.infer<typeof scenarios>[number];

const COLUMNS = scenarios.element.keyof().options.join(', ');

/** An automated scenario, with what the club chose about it; null when there is none of that code. */
export async function readScenario(api: Api, clubId: number, code: string): Promise<ScenarioRule | null> {
  const answer = await api
    .from('scenarios')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('code', code)
    .is('is_automated', true);
  return read('api.scenarios', answer, scenarios)[0] ?? null;
}
