/** A version of how a club speaks; version 0 is the product's own. */
export interface Voice {
  version: number;
  tone: string;
  signature: string | null;
  allowed_offers: string[];
  forbidden_words: string[];
  opening_hours: string | null;
  changed_by: string;
  changed_by_email: string | null;
  changed_at: string | null;
}

type Field = 'tone' | 'signature' | 'opening_hours' | 'allowed_offers' | 'forbidden_words';

/** What a version has that the one before had not, and the other way round; of a text both are one line at most. */
export interface VoiceChange {
  field: Field;
  before: string[];
  after: string[];
}

const FIELDS = ['tone', 'signature', 'opening_hours', 'allowed_offers', 'forbidden_words'] as const;

const partsOf = (voice: Voice, field: Field): string[] => {
  const value = voice[field];
  if (Array.isArray(value)) return value;
  return value === null ? [] : [value];
};

export function changesOf(voice: Voice, previous: Voice): VoiceChange[] {
  return FIELDS.flatMap((field) => {
    const [was, is] = [partsOf(previous, field), partsOf(voice, field)];
    const before = was.filter((part) => !is.includes(part));
    const after = is.filter((part) => !was.includes(part));
    return before.length + after.length > 0 ? [{ field, before, after }] : [];
  });
}
