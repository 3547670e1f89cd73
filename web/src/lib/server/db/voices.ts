import { z } from 'zod';
import type { Api } from '#lib/server/supabase.ts';
import type { VoiceInput } from '#lib/voice-form.ts';
import type { Voice } from '#lib/voice.ts';
import { read } from './answer.ts';
import { instant, number } from './column.ts';

const voices = z
  .array(
    z.object({
      version: number,
      tone: z.string(),
      signature: z.string().nullable(),
      allowed_offers: z.array(z.string()),
      forbidden_words: z.array(z.string()),
      opening_hours: z.string().nullable(),
      changed_by: z.string(),
      changed_by_email: z.string().nullable(),
      changed_at: instant.nullable(),
    }),
  )
  .min(1);

const COLUMNS = voices.element.keyof().options.join(', ');

/** The newest versions of how a club speaks; the first one holds. */
export async function readVoices(api: Api, clubId: number, limit: number): Promise<Voice[]> {
  const answer = await api
    .from('voices')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .order('version', { ascending: false })
    .limit(limit);
  return read('api.voices', answer, voices);
}

export type Refused = { refusal: string };

/** What the database says to who may not, to a value that can not be, and to who has not seen the newest version. */
const REFUSALS = ['42501', '23514', '55000'];

/** Saves a voice; its version, or why it was refused. */
export async function changeVoice(
  api: Api,
  clubId: number,
  voice: VoiceInput,
  expectedVersion: number,
): Promise<number | Refused> {
  const answer = await api.rpc('change_voice', {
    p_club_id: clubId,
    p_voice: voice,
    p_expected_version: expectedVersion,
  });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.change_voice', answer, number);
}
