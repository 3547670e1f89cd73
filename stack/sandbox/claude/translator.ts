// The deterministic translator. What the drafter can say in both languages it says in the other one; anything else stays, in letters that
// the reader knows. A mark in front says that no model was asked.
import { z } from 'zod';
import type { Faults } from '../faults.ts';
import { phrasebooks } from './drafter.ts';
import type { JsonSchema } from './output-schema.ts';
import { weekdays } from './phrases/phrase.ts';
import type { Facts, Language, Phrase } from './phrases/phrase.ts';
import { inLettersOf } from './transliteration.ts';

const language = z.enum(['cs', 'uk', 'ru', 'en', 'bg']);
/** What the product asks: one JSON text block in the user message. */
const translationRequest = z.strictObject({ from: language, to: language, text: z.string() });
export type TranslationRequest = z.infer<typeof translationRequest>;

const names: Record<Language, string> = {
  cs: 'Czech',
  uk: 'Ukrainian',
  ru: 'Russian',
  en: 'English',
  bg: 'Bulgarian',
};

/** A translation is asked for where the answer has nothing but one; null when it is something else that is asked. */
export function readTranslationRequest(
  schema: JsonSchema | undefined,
  texts: string[],
): TranslationRequest | null {
  if (Object.keys(schema?.properties ?? {}).join() !== 'translation') return null;
  for (const text of texts) {
    try {
      const parsed = translationRequest.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
    } catch {
      // Prose: the next block may hold the request.
      continue;
    }
  }
  return null;
}

/** Every set of facts that a text may have been written from, as far as it can be read off the text. */
function factsIn(text: string): Facts[] {
  const numbers = [...new Set(text.match(/\d{1,6}/g) ?? [])].map(Number);
  const services = [...text.matchAll(/[„“«]([^„“”«»]{1,60})[“”»]/g)].map(([, name]) => name!);
  return weekdays.flatMap((usual_weekday) =>
    [0, ...numbers].flatMap((number) =>
      ['', ...services].map((usual_service) => ({
        days_since_last_visit: number,
        visits_total: number,
        usual_weekday,
        usual_service,
      })),
    ),
  );
}

/** After a name a sentence goes on in small letters. */
const goneOn = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function translatePhrase(text: string, from: Phrase, to: Phrase, given: Facts[]): string | null {
  for (const facts of given) {
    const [said, saying] = [from.say(facts), to.say(facts)];
    if (text.includes(said)) return text.replace(said, () => saying);
    if (text.includes(goneOn(said))) return text.replace(goneOn(said), () => goneOn(saying));
  }
  return null;
}

/** The books say the same in the same places. Null when the text has no phrase of theirs. */
function translateKnown({ from, to, text }: TranslationRequest): string | null {
  const given = factsIn(text);
  for (const [scenario, phrases] of Object.entries(phrasebooks[from])) {
    const counterparts = phrasebooks[to][scenario as keyof (typeof phrasebooks)[Language]];
    for (const [place, phrase] of phrases.entries()) {
      const counterpart = counterparts[place];
      const translated = counterpart && translatePhrase(text, phrase, counterpart, given);
      if (translated) return translated;
    }
  }
  return null;
}

export const writeTranslation = (request: TranslationRequest): string =>
  `[${names[request.to]}] ${inLettersOf(translateKnown(request) ?? request.text, request.to)}`;

/** Wrong translations that a test may ask for. */
export const translationFaults: Record<string, (request: TranslationRequest) => string> = {
  empty: () => '',
  too_long: (request) => `${writeTranslation(request)}\n`.repeat(4),
  /** Not translated at all. */
  wrong_language: ({ text }) => text,
  /** A model that does what it reads does not translate it. */
  obey: ({ text }) => text,
  lose_name: (request) => writeTranslation(request).replaceAll(/\{[a-z0-9_]+\}/g, 'Friend'),
  double_name: (request) => writeTranslation(request).replaceAll(/\{[a-z0-9_]+\}/g, '$& $&'),
};

export function translate(request: TranslationRequest, faults: Faults): string {
  const fault = Object.keys(translationFaults).find((kind) => faults.take('claude', kind));
  return ((fault && translationFaults[fault]) || writeTranslation)(request);
}
