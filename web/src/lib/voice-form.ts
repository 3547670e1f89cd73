import type { Voice } from '#lib/voice.ts';

/** A voice as the database takes it. */
export type VoiceInput = Pick<
  Voice,
  'tone' | 'signature' | 'allowed_offers' | 'forbidden_words' | 'opening_hours'
>;

/** A voice as it stands in its fields: lists one to a line. */
export type VoiceFields = Record<keyof VoiceInput, string>;

export interface VoiceForm {
  /** What was typed. */
  typed: VoiceFields;
  input: VoiceInput;
  /** The version that was there when the form was opened. */
  version: number;
}

export function voiceFields(voice: VoiceInput): VoiceFields {
  return {
    tone: voice.tone,
    signature: voice.signature ?? '',
    opening_hours: voice.opening_hours ?? '',
    allowed_offers: voice.allowed_offers.join('\n'),
    forbidden_words: voice.forbidden_words.join('\n'),
  };
}

const lines = (text: string, separator: RegExp) =>
  text
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A field for one line may be broken by whoever types into a large box. */
const oneLine = (text: string) => text.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim();

export function voiceInput(typed: VoiceFields): VoiceInput {
  return {
    tone: oneLine(typed.tone),
    signature: oneLine(typed.signature) || null,
    opening_hours: oneLine(typed.opening_hours) || null,
    allowed_offers: lines(typed.allowed_offers, /[\r\n]+/),
    forbidden_words: lines(typed.forbidden_words, /[\r\n,;]+/),
  };
}

/** Reads the form: a field for each part of the voice, and `version`. What can not be, the database says. */
export function readVoiceForm(fields: FormData): VoiceForm {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const typed: VoiceFields = {
    tone: text('tone'),
    signature: text('signature'),
    opening_hours: text('opening_hours'),
    allowed_offers: text('allowed_offers'),
    forbidden_words: text('forbidden_words'),
  };
  const version = Number(text('version'));
  return { typed, input: voiceInput(typed), version: Number.isSafeInteger(version) ? version : -1 };
}

/** Whether what stands in the fields is another voice than this one. */
export const differs = (typed: VoiceFields, voice: VoiceInput): boolean =>
  JSON.stringify(voiceInput(typed)) !== JSON.stringify(voiceInput(voiceFields(voice)));
