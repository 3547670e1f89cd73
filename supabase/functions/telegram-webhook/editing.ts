// New words for a message, as a person writes them: what they are held to, and how the bot asks for them.
import { z } from 'zod';
import { fillAddress } from '../../../shared/draft-checks/address.ts';
import { checkDraft } from '../../../shared/draft-checks/check-draft.ts';
import { LANGUAGES } from '../../../shared/draft-checks/draft.ts';
import { usableFact } from '../../../shared/draft-checks/usable-fact.ts';
import { checkWhole } from '../../../shared/draft-checks/whole.ts';
import { escapeHtml } from '../_shared/html.ts';
import { decisionWords } from '../_shared/words/decision.ts';
import { decisionShape } from './decision.ts';
import { personArgs } from './person.ts';
import type { Person } from './person.ts';
import type { TapDeps } from './tap.ts';

export const editingTask = z.looseObject({
  language: z.enum(LANGUAGES),
  form: z.enum(['template', 'free_text']),
  facts: z
    .array(z.object({ id: z.string(), value: z.union([z.string(), z.number()]) }))
    .transform((facts) => facts.map(usableFact).filter((usable) => usable !== null)),
  address: z.string().nullable(),
  voice: z.looseObject({ version: z.number().int(), forbidden_words: z.array(z.string()) }),
  last_message: z.string().nullable(),
  /** The whole message with {{message}} where the words go. */
  frame: z.string(),
  has_opt_out_button: z.boolean(),
  max_length: z.number().int().positive(),
  /** The words there are. */
  version: z.number().int(),
  message: z.string(),
});
export type EditingTask = z.infer<typeof editingTask>;

export interface Wording {
  draftId: string;
  version: number;
}

export const openingShape = decisionShape.extend({ task: editingTask.nullish() });
export type Opening = z.infer<typeof openingShape>;

/** Whether this wording still waits for somebody, and the person may decide about it. */
export const openDraft = (
  { database, now }: Pick<TapDeps, 'database' | 'now'>,
  person: Person,
  { draftId, version }: Wording,
): Promise<Opening> =>
  database.call(
    'editing_task_in_telegram',
    { p_draft_id: draftId, p_version: version, ...personArgs(person), p_now: now().toISOString() },
    openingShape,
  );

/** One line: WhatsApp refuses line breaks, tabs and runs of spaces. */
export const toLine = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

const isOffer = (id: string) => id.startsWith('offer_');

/** A person need not say which facts they used: all, and of the offers, of which there may be one, the one with which the text is right. */
function problemsOf(message: string, task: EditingTask): string[] {
  const ids = task.facts.map(({ id }) => id);
  const always = ids.filter((id) => !isOffer(id));
  const choices = [always, ...ids.filter(isOffer).map((offer) => [...always, offer])];
  const draftTask = {
    language: task.language,
    form: task.form,
    facts: task.facts,
    maxLength: task.max_length,
    address: task.address,
    forbiddenWords: task.voice.forbidden_words,
    lastMessage: task.last_message,
  };
  const found = choices.map((factsUsed) =>
    checkDraft({ language: task.language, message, factsUsed }, draftTask),
  );
  return found.toSorted((one, other) => one.length - other.length)[0] ?? [];
}

/** The words as the member will read them with what a person should look at, or what is wrong with them. */
export function judgeEdit(
  text: string,
  task: EditingTask,
): { problems: string[] } | { message: string; warnings: string[] } {
  const line = toLine(text);
  const problems = problemsOf(line, task);
  if (problems.length > 0) return { problems };
  const message = fillAddress(line, task.address);
  const whole = task.frame.replace('{{message}}', () => message);
  return {
    message,
    warnings: checkWhole(whole, task.language, { hasOptOutButton: task.has_opt_out_button }),
  };
}

/** Asks for new words: whoever answers this message gives them. */
export async function askForWords(
  deps: TapDeps,
  person: Person,
  wording: Wording & { clubId: number },
  asking: { html: string; replyTo: number },
): Promise<void> {
  const messageId = await deps.chat.say(deps.chatId, asking.html, {
    reply_parameters: { message_id: asking.replyTo, allow_sending_without_reply: true },
    reply_markup: {
      force_reply: true,
      // Opens the field of the one who is asked, not of everybody in the chat.
      selective: true,
      input_field_placeholder: decisionWords[person.language].placeholder,
    },
  });
  await deps.database.call(
    'note_edit_prompt',
    {
      p_club_id: wording.clubId,
      p_chat_id: deps.chatId,
      p_message_id: messageId,
      p_draft_id: wording.draftId,
      p_version: wording.version,
      p_telegram_user_id: person.id,
      p_now: deps.now().toISOString(),
    },
    z.null(),
  );
}

export function toPrompt(task: EditingTask, person: Person): string {
  const mention = `<a href="tg://user?id=${person.id}">${escapeHtml(person.name)}</a>`;
  // Monospaced, so that a tap copies it.
  const message = `<code>${escapeHtml(task.message)}</code>`;
  return decisionWords[person.language].prompt(mention, message, task.max_length);
}

/** The checks speak English, whoever reads them. */
export function toRefusalText(problems: readonly string[], { language }: Person): string {
  const words = decisionWords[language];
  const list = problems.map((problem) => `• ${escapeHtml(problem)}`).join('\n');
  return `${words.refused}\n${list}\n\n${words.tryAgain}`;
}
