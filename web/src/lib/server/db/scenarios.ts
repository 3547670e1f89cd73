import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';

const scenarios = z.array(
  z.object({ code: z.string(), name: z.string(), fires_for: z.string(), includes_do_not_wake: z.boolean() }),
);
export type Scenario = z.infer<typeof scenarios>[number];

const COLUMNS = scenarios.element.keyof().options.join(', ');

/** The scenarios in their order, with what the club chose about each. */
export async function readScenarios(api: Api, clubId: number): Promise<Scenario[]> {
  const answer = await api.from('scenarios').select(COLUMNS).eq('club_id', clubId).order('priority');
  return read('api.scenarios', answer, scenarios);
}

export const includesForm = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]*$/),
  choice: z.enum(['yes', 'no']),
});

const NOT_ALLOWED = '42501';

/** Says whether a scenario writes to who is not to be woken; false when the person may not. */
export async function setIncludesDoNotWake(
  api: Api,
  clubId: number,
  { key, choice }: z.infer<typeof includesForm>,
): Promise<boolean> {
  const answer = await api.rpc('set_scenario_includes_do_not_wake', {
    p_club_id: clubId,
    p_scenario: key,
    p_includes_do_not_wake: choice === 'yes',
  });
  if (answer.error?.code === NOT_ALLOWED) return false;
  read('api.set_scenario_includes_do_not_wake', answer, z.unknown());
  return true;
}
