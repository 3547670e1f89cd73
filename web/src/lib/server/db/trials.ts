import { z } from 'zod';
import { LANGUAGES } from '#lib/campaign-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import type { VoiceInput } from '#lib/voice-form.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const draft = z.object({
  place: number,
  client_id: number,
  member: z.string(),
  fits: z.boolean(),
  why: z.string(),
  language: z.string(),
  facts: z.array(z.object({ id: z.string(), value: z.union([z.string(), z.number()]) })),
  source: z.enum(['claude', 'static']).nullable(),
  rendered: z.string().nullable(),
  fallback_reason: z.string().nullable(),
  repaired: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type TrialDraft = z.infer<typeof draft>;

const trials = z.array(
  z.object({
    trial_id: number,
    voice: z.object({
      version: number,
      tone: z.string(),
      signature: z.string().nullable(),
      allowed_offers: z.array(z.string()),
      forbidden_words: z.array(z.string()),
      opening_hours: z.string().nullable(),
    }),
    scenario: z.string(),
    language: z.string().nullable(),
    form: z.enum(['template', 'free_text']),
    requested_at: instant,
    state: z.enum(['waiting', 'writing', 'done', 'failed']),
    error: z.string().nullable(),
    drafts: z.array(draft),
  }),
);
export type Trial = z.infer<typeof trials>[number];

const COLUMNS = trials.element.keyof().options.join(', ');

/** A trial of a voice, with what is written of it by now; null for one that the club does not have (any more). */
export async function readTrial(api: Api, clubId: number, trialId: number): Promise<Trial | null> {
  const answer = await api.from('trials').select(COLUMNS).eq('club_id', clubId).eq('trial_id', trialId);
  return read('api.trials', answer, trials)[0] ?? null;
}

/** What a voice is tried in; without a language each client reads it in their own. */
export const trialForm = z.object({
  scenario: z.string().regex(/^[a-z][a-z0-9_]*$/),
  language: z.union([z.enum(LANGUAGES), z.literal('')]),
  form: z.enum(['template', 'free_text']),
});

export type Refused = { refusal: string };

/** What the database says to who may not, to what there is none of, to a value, and to a sixth within the minute. */
const REFUSALS = ['42501', 'P0002', '23514', '55000'];

/** Asks for a voice to be tried; the trial's id, or why it was refused. */
export async function requestTrial(
  api: Api,
  clubId: number,
  voice: VoiceInput,
  { scenario, language, form }: z.infer<typeof trialForm>,
): Promise<number | Refused> {
  const answer = await api.rpc('request_trial', {
    p_club_id: clubId,
    p_voice: voice,
    p_scenario: scenario,
    p_language: language || null,
    p_form: form,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.request_trial', answer, number);
}
