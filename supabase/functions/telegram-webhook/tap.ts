// A tap on a card's button. Who may decide, and whether it still can be decided, the database says.
import { GrammyError, HttpError } from 'grammy';
import type { Context, Filter } from 'grammy';
import { readCallbackData } from '../_shared/card-button.ts';
import type { CardButton } from '../_shared/card-button.ts';
import type { Card } from '../_shared/card.ts';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import type { ModerationChat } from '../_shared/moderation-chat.ts';
import { decisionShape, toAnswer } from './decision.ts';
import type { Decision } from './decision.ts';

export interface TapDeps {
  database: Database;
  chat: ModerationChat;
  chatId: string;
  allowedUserIds: readonly number[];
  now: Now;
  log: Log;
}

export type Tap = Filter<Context, 'callback_query:data'>;

const isTelegramsFault = (error: unknown) => error instanceof GrammyError || error instanceof HttpError;

/** Ends the spinner on the button. Too late is no fault: the decision stands, and the card shows it. */
async function answer(tap: Tap, { log }: TapDeps, text: string, isCalm = false): Promise<void> {
  try {
    await tap.answerCallbackQuery({ text, show_alert: !isCalm });
  } catch (error) {
    if (!isTelegramsFault(error)) throw error;
    log.error('answer_failed', error);
  }
}

async function decide(tap: Tap, deps: TapDeps, button: CardButton): Promise<Decision> {
  const isHere = String(tap.chat?.id) === deps.chatId;
  const args = {
    p_draft_id: button.draftId,
    p_version: button.version,
    p_decision: button.decision,
    p_telegram_user_id: tap.from.id,
    p_is_allowed: isHere && deps.allowedUserIds.includes(tap.from.id),
    p_reason: null,
    p_now: deps.now().toISOString(),
  };
  try {
    return await deps.database.call('decide_draft_in_telegram', args, decisionShape);
  } catch (error) {
    const isPassing = error instanceof DatabaseError && error.isTransient;
    const words = isPassing
      ? 'Not decided yet: it is tried again in a moment.'
      : 'That did not work. Please use the dashboard.';
    await answer(tap, deps, words);
    throw error;
  }
}

/** The tapped message, and the one on record when that is another. What fails here, draft-messages draws later. */
async function redraw(tap: Tap, { chat, log }: TapDeps, card: Card): Promise<void> {
  const message = tap.callbackQuery.message;
  const tapped = message && { ...card, message_id: message.message_id, chat_id: String(message.chat.id) };
  const isElsewhere = card.message_id !== null && card.message_id !== tapped?.message_id;
  try {
    if (isElsewhere) await chat.show(card);
    if (tapped) await chat.show(tapped);
  } catch (error) {
    if (!isTelegramsFault(error) && !(error instanceof DatabaseError)) throw error;
    log.error('redraw_failed', error, { draft_id: card.draft_id });
  }
}

export const handleTap = (deps: TapDeps) => async (tap: Tap) => {
  const button = readCallbackData(tap.callbackQuery.data);
  if (!button) return answer(tap, deps, 'This button is not known any more.');
  const decision = await decide(tap, deps, button);
  const { outcome, card } = decision;
  const { draftId: draft_id, decision: wanted } = button;
  deps.log.info('tapped', { draft_id, decision: wanted, outcome, telegram_user_id: tap.from.id });
  const isDone = outcome === 'approved' || outcome === 'rejected';
  await answer(tap, deps, toAnswer(decision, tap.from.id), isDone);
  if (card && outcome !== 'denied') await redraw(tap, deps, card);
};
