// The deterministic writer. The same facts always give the same message, in the language asked for, and never a name.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { bg } from './phrases/bg.ts';
import { cs } from './phrases/cs.ts';
import { en } from './phrases/en.ts';
import { weekdays } from './phrases/phrase.ts';
import type { FactId, Facts, Language, Phrase, Phrasebook } from './phrases/phrase.ts';
import { ru } from './phrases/ru.ts';
import { uk } from './phrases/uk.ts';

export const phrasebooks: Record<Language, Phrasebook> = { cs, uk, ru, en, bg };

/** What the product asks: one JSON text block in the user message. */
const draftRequest = z.looseObject({
  scenario: z.enum(['reactivation', 'last_chance', 'pt_dropout', 'milestone', 'birthday', 'reply']),
  language: z.enum(['cs', 'uk', 'ru', 'en', 'bg']),
  form: z.enum(['template', 'free_text']).optional(),
  tone: z.string().optional(),
  /** Whether {first_name} may be used. */
  address: z.boolean().optional(),
  facts: z.array(z.looseObject({ id: z.string(), value: z.unknown() })),
  max_length: z.int().positive().default(200),
  /** Of a reply: what was said. */
  thread: z.array(z.looseObject({ text: z.string() })).optional(),
});

export type DraftRequest = z.infer<typeof draftRequest>;

export interface Draft {
  language: Language;
  message: string;
  facts_used: string[];
  refuse_reason: string | null;
}

/** The request in one of the text blocks, or null when none holds one. */
export function readDraftRequest(texts: string[]): DraftRequest | null {
  for (const text of texts) {
    if (!text.trim().startsWith('{')) continue;
    try {
      const parsed = draftRequest.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
    } catch {
      // Not JSON after all: then it is prose, and the next block may hold the request.
      continue;
    }
  }
  return null;
}

/** A service's name is quoted only where it reads naturally: in the script and with the letters of the language. */
const foreignLetters: Record<Language, RegExp> = {
  cs: /\p{Script=Cyrillic}/u,
  en: /\p{Script=Cyrillic}|[^\p{ASCII}]/u,
  uk: /\p{Script=Latin}|[ыэъё]/iu,
  ru: /\p{Script=Latin}|[іїєґ]/iu,
  bg: /\p{Script=Latin}|[ыэёії]/iu,
};

const count = z.int().min(1).max(100_000);

function readFacts(request: DraftRequest): Partial<Facts> {
  const given = new Map(request.facts.map((fact) => [fact.id, fact.value]));
  const serviceName = z
    .string()
    .trim()
    .regex(/^[^\n\t"„“”«»<>{}]{1,60}$/)
    .refine((name) => !foreignLetters[request.language].test(name));
  return {
    days_since_last_visit: count.safeParse(given.get('days_since_last_visit')).data,
    visits_total: count.safeParse(given.get('visits_total')).data,
    usual_service: serviceName.safeParse(given.get('usual_service')).data,
    usual_weekday: z.enum(weekdays).safeParse(given.get('usual_weekday')).data,
  };
}

const hasAll = (facts: Partial<Facts>, ids: FactId[]): facts is Facts =>
  ids.every((id) => facts[id] !== undefined);

/** Phrases that the facts allow and that fit. Those that say something of the member come before the general ones. */
function fittingPhrases(
  phrases: Phrase[],
  facts: Partial<Facts>,
  maxLength: number,
): { uses: FactId[]; message: string }[] {
  const sayable = phrases.flatMap(({ uses, say }) =>
    hasAll(facts, uses) ? [{ uses, message: say(facts) }] : [],
  );
  const fitting = sayable.filter(({ message }) => message.length <= maxLength);
  const personal = fitting.filter(({ uses }) => uses.length > 0);
  return personal.length > 0 ? personal : fitting;
}

const greetings: Record<Language, string> = {
  cs: 'Dobrý den',
  uk: 'Вітаємо',
  ru: 'Здравствуйте',
  en: 'Hello',
  bg: 'Здравейте',
};

const FIRST_NAME = '{first_name}';
/** What a greeting or a name in front of a phrase takes, at most. */
const LONGEST_OPENING = 32;

/** A whole message greets; a line sometimes addresses the member, where it does not begin with a name of its own. */
function open(phrase: string, request: DraftRequest, language: Language, isNamed: boolean): string {
  if (request.form === 'free_text') {
    const name = request.address ? `, ${FIRST_NAME}` : '';
    return `${greetings[language]}${name}! ${phrase}`;
  }
  return request.address && isNamed && /^\p{Lu}\p{Ll}/u.test(phrase)
    ? `${FIRST_NAME}, ${phrase[0]!.toLowerCase()}${phrase.slice(1)}`
    : phrase;
}

const replies: Record<Language, string> = {
  cs: 'děkujeme za zprávu. Ověříme to a ozveme se vám.',
  uk: 'дякуємо за повідомлення. Ми все з’ясуємо і напишемо вам.',
  ru: 'спасибо за сообщение. Мы всё узнаем и напишем вам.',
  en: 'thank you for your message. We will find out and write back to you.',
  bg: 'благодарим за съобщението. Ще проверим и ще ви пишем.',
};

/** An answer that is always true: somebody will find out. */
const writeReply = ({ address }: DraftRequest, language: Language): Draft => ({
  language,
  message: `${greetings[language]}${address ? `, ${FIRST_NAME}` : ''}, ${replies[language]}`,
  facts_used: [],
  refuse_reason: null,
});

export function writeDraft(request: DraftRequest, language: Language = request.language): Draft {
  const { scenario } = request;
  if (scenario === 'reply') return writeReply(request, language);
  const facts = readFacts({ ...request, language });
  const isOpened = request.address || request.form === 'free_text';
  const room = request.max_length - (isOpened ? LONGEST_OPENING : 0);
  const choices = fittingPhrases(phrasebooks[language][scenario], facts, room);
  const seed = createHash('sha256')
    .update(JSON.stringify([request.scenario, language, request.facts]))
    .digest();
  const chosen = choices[seed.readUInt32BE(0) % Math.max(choices.length, 1)];
  if (!chosen) {
    return {
      language,
      message: '',
      facts_used: [],
      refuse_reason: `No sentence fits into ${request.max_length} characters.`,
    };
  }
  const message = open(chosen.message, request, language, seed.readUInt8(4) % 2 === 0);
  return { language, message, facts_used: chosen.uses, refuse_reason: null };
}
