import type { PostgrestError } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const consents = z.array(
  z.object({
    consent_id: number,
    basis: z.enum(['consent', 'existing_customer']),
    source: z.string(),
    text_version: z.string(),
    language: z.string().nullable(),
    given_at: instant,
    proof: z.string(),
    recorded_by: z.string(),
    withdrawn_at: instant.nullable(),
    withdrawn_by: z.string().nullable(),
    withdrawn_how: z.string().nullable(),
  }),
);
export type Consent = z.infer<typeof consents>[number];

const COLUMNS = consents.element.keyof().options.join(', ');

/** What a client agreed to, the newest first. */
export async function readConsents(api: Api, clubId: number, clientId: number): Promise<Consent[]> {
  const answer = await api
    .from('consents')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .eq('client_id', clientId)
    .order('given_at', { ascending: false })
    .order('consent_id', { ascending: false });
  return read('api.consents', answer, consents);
}

const states = z.array(
  z.object({
    obstacle: z.enum(['no_phone', 'suppressed', 'no_consent']).nullable(),
    basis: z.enum(['consent', 'existing_customer']).nullable(),
    cause: z
      .enum(['stop_word', 'button', 'user_preferences', 'error_131050', 'unreachable', 'do_not_contact'])
      .nullable(),
    suppressed_at: instant.nullable(),
    is_excluded_by_platform: z.boolean(),
  }),
);
export type MarketingState = z.infer<typeof states>[number];

/** Whether a client may be written to now, and what stands against it; null for one who is unknown or deleted. */
export async function readMarketingState(
  api: Api,
  clubId: number,
  clientId: number,
): Promise<MarketingState | null> {
  const answer = await api.rpc('marketing_state', { p_club_id: clubId, p_client_id: clientId });
  return read('api.marketing_state', answer, states)[0] ?? null;
}

const line = z.string().trim();
/** As `datetime-local` gives it. */
const wallClock = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/);

export const consentForm = z.object({
  basis: z.enum(['consent', 'existing_customer']).default('consent'),
  source: line.min(1),
  text_version: line.min(1),
  given: wallClock,
  proof: line.default(''),
});

/** After the person's own no a consent belongs to it; after a phone that did not answer the reason is enough. */
export const liftForm = z.union([
  consentForm.omit({ basis: true }).extend({ reason: line.min(1) }),
  z.object({ reason: line.min(1), given: z.undefined() }),
]);

export const withdrawalForm = z.object({ how: line.default('') });

/** What the database said against it: the person may not, or the sentence to show them. */
export type Refusal = 'not_allowed' | { sentence: string };

const NOT_ALLOWED = '42501';
/** check_violation and no_data_found carry a sentence for whoever asked. */
const SENTENCES = ['23514', 'P0002'];

function refusalOf(error: PostgrestError | null): Refusal | null {
  if (error?.code === NOT_ALLOWED) return 'not_allowed';
  return error && SENTENCES.includes(error.code) ? { sentence: error.message } : null;
}

interface Whose {
  clubId: number;
  clientId: number;
  /** The club's, on whose wall the clock hangs. */
  timezone: string;
}

const givenOf = (
  form: { source: string; text_version: string; given: string; proof: string },
  zone: string,
) => ({
  p_source: form.source,
  p_text_version: form.text_version,
  p_given_at: `${form.given.replace('T', ' ')} ${zone}`,
  p_proof: form.proof,
});

/** Records a consent; null when it was. */
export async function recordConsent(
  api: Api,
  { clubId, clientId, timezone }: Whose,
  form: z.infer<typeof consentForm>,
): Promise<Refusal | null> {
  const answer = await api.rpc('record_consent', {
    p_club_id: clubId,
    p_client_id: clientId,
    p_basis: form.basis,
    ...givenOf(form, timezone),
  });
  const refusal = refusalOf(answer.error);
  if (!refusal) read('api.record_consent', answer, number);
  return refusal;
}

const withdrawn = z.object({ messages: number, drafts: number, on_their_way: number });
export type Withdrawn = z.infer<typeof withdrawn>;

/** Stops all marketing to a client: what that cancelled, and what was too late. */
export async function withdrawConsent(
  api: Api,
  { clubId, clientId }: Omit<Whose, 'timezone'>,
  { how }: z.infer<typeof withdrawalForm>,
): Promise<Withdrawn | Refusal> {
  const answer = await api.rpc('withdraw_consent', { p_club_id: clubId, p_client_id: clientId, p_how: how });
  return refusalOf(answer.error) ?? read('api.withdraw_consent', answer, withdrawn);
}

/** Lets a suppressed client be written to again; null when it is so. */
export async function liftSuppression(
  api: Api,
  { clubId, clientId, timezone }: Whose,
  form: z.infer<typeof liftForm>,
): Promise<Refusal | null> {
  const answer = await api.rpc('lift_suppression', {
    p_club_id: clubId,
    p_client_id: clientId,
    p_reason: form.reason,
    ...(form.given === undefined ? {} : givenOf(form, timezone)),
  });
  const refusal = refusalOf(answer.error);
  if (!refusal) read('api.lift_suppression', answer, number);
  return refusal;
}
