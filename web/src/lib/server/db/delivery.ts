import { z } from 'zod';
import type { AutonomyChanges } from '#lib/autonomy-form.ts';
import type { Autonomy, DeliverySettings, ScenarioDelivery } from '#lib/delivery.ts';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const mode = z.enum(['moderation', 'notification']);

const settings = z.array(
  z.object({
    delivery_mode: mode,
    is_autonomy_on: z.boolean(),
    autonomy_min_approvals: number,
    autonomy_max_edited_share: number,
    autonomy_max_opt_out_share: number,
    autonomy_sample_share: number,
  }),
);

/** Who approves a club's messages, and what earned autonomy asks for; null for a club the person does not see. */
export async function readDeliverySettings(api: Api, clubId: number): Promise<DeliverySettings | null> {
  const columns = settings.element.keyof().options.join(', ');
  const answer = await api.from('delivery_settings').select(columns).eq('club_id', clubId);
  return read('api.delivery_settings', answer, settings)[0] ?? null;
}

const scenarios = z.array(
  z.object({
    code: z.string(),
    name: z.string(),
    fires_for: z.string(),
    is_enabled: z.boolean(),
    own_delivery_mode: mode.nullable(),
  }),
);

/** The automated scenarios in their order: whether they are on, and a delivery mode of their own. */
export async function readScenarioDeliveries(api: Api, clubId: number): Promise<ScenarioDelivery[]> {
  const columns = scenarios.element.keyof().options.join(', ');
  const answer = await api.from('scenarios').select(columns).eq('club_id', clubId).order('priority');
  return read('api.scenarios', answer, scenarios);
}

const autonomy = z.array(
  z.object({
    scenario: z.string(),
    language: z.string(),
    delivery_mode: mode,
    basis: z.enum(['club', 'scenario', 'earned']),
    approvals_in_a_row: number,
    sent: number,
    is_earned: z.boolean(),
    why: z.string(),
    was_earned: z.boolean().nullable(),
    changed_at: instant.nullable(),
    change_why: z.string().nullable(),
  }),
);

/** How far each scenario is from autonomy in each language, and when it last earned or lost it. */
export async function readAutonomy(api: Api, clubId: number): Promise<Autonomy[]> {
  return read('api.autonomy', await api.rpc('autonomy', { p_club_id: clubId }), autonomy);
}

const code = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** Without a key it is the club's own mode; the empty mode follows the club. */
export const modeForm = z.object({ key: code.optional(), mode: z.union([mode, z.literal('')]) });
export const enableForm = z.object({ key: code, choice: z.enum(['yes', 'no']) });

/** Not allowed, unknown, or not possible: the database says it in a sentence. */
const REFUSALS = ['42501', 'P0002', '22023', '23502', '23514'];

export type Refused = { refusal: string };

export async function changeDeliveryMode(
  api: Api,
  clubId: number,
  { key, mode: wanted }: z.infer<typeof modeForm>,
): Promise<Refused | null> {
  const answer = await api.rpc('change_delivery_mode', {
    p_club_id: clubId,
    p_scenario: key ?? null,
    p_mode: wanted || null,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  read('api.change_delivery_mode', answer, z.unknown());
  return null;
}

/** Switches a scenario on or off; how many of its messages that voided, or why it was refused. */
export async function enableScenario(
  api: Api,
  clubId: number,
  { key, choice }: z.infer<typeof enableForm>,
): Promise<number | Refused> {
  const answer = await api.rpc('enable_scenario', {
    p_club_id: clubId,
    p_scenario: key,
    p_is_enabled: choice === 'yes',
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.enable_scenario', answer, number);
}

export async function changeAutonomy(
  api: Api,
  clubId: number,
  changes: AutonomyChanges,
): Promise<Refused | null> {
  const answer = await api.rpc('change_autonomy', { p_club_id: clubId, p_changes: changes });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  read('api.change_autonomy', answer, z.unknown());
  return null;
}
