// An answer to a card, or to the bot's question for new words: the text is held to the same checks as Claude's. One that passes is a
// new version, which waits for approval like any other; one that does not leaves the message as it was.
import type { Context, Filter } from 'grammy';
import { z } from 'zod';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import { decisionWords } from '../_shared/words/decision.ts';
import { decisionShape, toAnswer } from './decision.ts';
import type { Decision } from './decision.ts';
import { askForWords, judgeEdit, openDraft, toRefusalText } from './editing.ts';
import type { EditingTask, Wording } from './editing.ts';
import { personArgs } from './person.ts';
import type { Person } from './person.ts';
import type { TapDeps } from './tap.ts';

export type Message = Filter<Context, 'message'>;

const repliedShape = z.object({ draft_id: z.uuid(), version: z.number().int() }).nullable();

async function findWording(message: Message, { database, chatId }: TapDeps): Promise<Wording | undefined> {
  const replied = message.message.reply_to_message;
  if (!replied || replied.from?.id !== message.me.id || String(message.chat.id) !== chatId) return undefined;
  const found = await database.call(
    'replied_draft',
    { p_chat_id: chatId, p_message_id: replied.message_id },
    repliedShape,
  );
  return found ? { draftId: found.draft_id, version: found.version } : undefined;
}

/** What was done is done, and the card shows it: an answer that does not arrive is no reason to do it again. */
async function answer(message: Message, { chat, chatId, log }: TapDeps, html: string): Promise<void> {
  const messageId = message.message.message_id;
  try {
    await chat.say(chatId, html, {
      reply_parameters: { message_id: messageId, allow_sending_without_reply: true },
    });
  } catch (error) {
    if (!isTelegramsFault(error)) throw error;
    log.error('answer_failed', error);
  }
}

const edit = (
  { database, now }: TapDeps,
  person: Person,
  { draftId, version }: Wording,
  { message, warnings }: { message: string; warnings: string[] },
): Promise<Decision> =>
  database.call(
    'edit_draft_in_telegram',
    {
      p_draft_id: draftId,
      p_version: version,
      p_message: message,
      p_usage: warnings.length > 0 ? { warnings } : {},
      ...personArgs(person),
      p_now: now().toISOString(),
    },
    decisionShape,
  );

/** Tells what came of it, and the card shows it. */
async function settle(message: Message, deps: TapDeps, person: Person, decision: Decision): Promise<void> {
  if (decision.outcome === 'denied') return;
  await answer(message, deps, toAnswer(decision, person));
  if (decision.post) await deps.chat.redraw(decision.post, deps.log);
}

async function takeWords(
  message: Message,
  deps: TapDeps,
  person: Person,
  given: { wording: Wording & { clubId: number }; task: EditingTask },
): Promise<void> {
  const { wording, task } = given;
  const { text } = message.message;
  if (text === undefined) return answer(message, deps, decisionWords[person.language].needsText);
  const judged = judgeEdit(text, task);
  if ('problems' in judged) {
    deps.log.info('edit_refused', { draft_id: wording.draftId, problems: judged.problems.length });
    const asking = { html: toRefusalText(judged.problems, person), replyTo: message.message.message_id };
    return askForWords(deps, person, wording, asking);
  }
  const decision = await edit(deps, person, wording, judged);
  deps.log.info('edited', {
    draft_id: wording.draftId,
    outcome: decision.outcome,
    telegram_user_id: person.id,
  });
  await settle(message, deps, person, decision);
}

/** Any other message is people talking to each other. */
export async function handleReply(message: Message, deps: TapDeps, person: Person): Promise<void> {
  const wording = await findWording(message, deps);
  if (!wording) return;
  const opening = await openDraft(deps, person, wording);
  const { outcome, task, club_id: clubId } = opening;
  if (outcome === 'denied')
    return deps.log.warn('denied', { draft_id: wording.draftId, telegram_user_id: person.id });
  if (outcome !== 'open' || !task || !clubId) return settle(message, deps, person, opening);
  await takeWords(message, deps, person, { wording: { ...wording, clubId }, task });
}
