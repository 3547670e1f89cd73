// A tap on a card's button. Who may decide, and whether there is still something to decide, the database says.
import { GrammyError } from 'grammy';
import type { InlineKeyboard } from 'grammy';
import { z } from 'zod';
import type { CardAction, CardButton } from '../_shared/button.ts';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import type { Post } from '../_shared/post.ts';
import { toCardKeyboard, toReasonKeyboard, toSnoozeKeyboard } from '../_shared/posts/card-keyboard.ts';
import { decisionWords } from '../_shared/words/decision.ts';
import { decisionShape, isDone, toAnswer } from './decision.ts';
import type { Decision } from './decision.ts';
import { askForWords, openDraft, toPrompt } from './editing.ts';
import type { Opening } from './editing.ts';
import { personArgs } from './person.ts';
import type { Person } from './person.ts';
import { answerTap } from './tap.ts';
import type { Tap, TapDeps } from './tap.ts';

const DECISIONS = {
  approve: { p_decision: 'approved', p_reason: null },
  wording: { p_decision: 'rejected', p_reason: 'wording' },
  wrong_person: { p_decision: 'rejected', p_reason: 'wrong_person' },
  wrong_time: { p_decision: 'rejected', p_reason: 'wrong_time' },
  never_this_person: { p_decision: 'rejected', p_reason: 'never_this_person' },
} as const;
const SNOOZES = {
  snooze_1_hour: '1_hour',
  snooze_3_hours: '3_hours',
  snooze_tomorrow: 'tomorrow',
} as const;

const has = <Key extends string>(
  choices: Record<Key, unknown>,
  action: CardAction,
): action is Key & CardAction => Object.hasOwn(choices, action);

/** Somebody tapped and waits. */
const LONGEST_WAIT_MS = 1500;

function note(deps: TapDeps, person: Person, button: CardButton, { outcome }: Decision): void {
  const about = { draft_id: button.draftId, telegram_user_id: person.id };
  if (outcome === 'denied') deps.log.warn('denied', about);
  else deps.log.info('tapped', { ...about, action: button.action, outcome });
}

/** The card on record, and before it the tapped one if that is another: a card may be in the chat twice. */
async function redraw(tap: Tap, { chat, log }: TapDeps, post: Post): Promise<void> {
  const tapped = tap.callbackQuery.message;
  if (tapped && tapped.message_id !== post.message_id) {
    const chat_id = String(tapped.chat.id);
    await chat.redraw({ ...post, chat_id, message_id: tapped.message_id, former_message_id: null }, log);
  }
  if (post.message_id !== null) await chat.redraw(post, log);
}

/** Ends the spinner with what came of it, then the card shows it. */
async function settle(tap: Tap, deps: TapDeps, person: Person, decision: Decision): Promise<void> {
  await answerTap(tap, deps, toAnswer(decision, person), isDone(decision));
  if (decision.post) await redraw(tap, deps, decision.post);
}

/** Swaps the keyboard under the tapped card; what it says stays. */
async function swapKeyboard(
  tap: Tap,
  deps: TapDeps,
  { language }: Person,
  keyboard: InlineKeyboard | undefined,
): Promise<void> {
  const { database, chatId, now, wait, log } = deps;
  const args = {
    p_chat_id: chatId,
    p_lane: 'edit',
    p_longest_wait_ms: LONGEST_WAIT_MS,
    p_now: now().toISOString(),
  };
  const waitMs = await database.call('take_chat_call', args, z.number().nullable());
  if (waitMs === null) return answerTap(tap, deps, decisionWords[language].busy);
  await answerTap(tap, deps, '', true);
  await wait(waitMs);
  try {
    await tap.editMessageReplyMarkup(keyboard ? { reply_markup: keyboard } : {});
  } catch (error) {
    // Two taps on one button: the first did it.
    if (error instanceof GrammyError && /message is not modified/.test(error.description)) return;
    if (!isTelegramsFault(error)) throw error;
    log.error('keyboard_failed', error);
  }
}

/** In the language of the chat, like the card. */
function toKeyboard(
  { action, draftId, version }: CardButton,
  { post, club_id }: Opening,
  dashboardUrl: string | undefined,
): InlineKeyboard | undefined {
  const card = { club_id: club_id ?? 0, draft_id: draftId, version, status: 'pending' };
  const language = post?.language ?? 'en';
  if (action === 'reasons') return toReasonKeyboard(card, language);
  if (action === 'snooze') return toSnoozeKeyboard(card, language);
  return toCardKeyboard(card, language, { dashboardUrl });
}

async function ask(
  tap: Tap,
  deps: TapDeps,
  person: Person,
  button: CardButton,
  opening: Opening,
): Promise<void> {
  const { task, club_id: clubId } = opening;
  const tapped = tap.callbackQuery.message;
  if (!task || !clubId || !tapped) return answerTap(tap, deps, decisionWords[person.language].failed);
  await answerTap(tap, deps, '', true);
  const asking = { html: toPrompt(task, person), replyTo: tapped.message_id };
  await askForWords(deps, person, { ...button, clubId }, asking);
}

async function openAndOffer(tap: Tap, deps: TapDeps, person: Person, button: CardButton): Promise<void> {
  const opening = await openDraft(deps, person, button);
  note(deps, person, button, opening);
  if (opening.outcome !== 'open') return settle(tap, deps, person, opening);
  if (button.action === 'edit') return ask(tap, deps, person, button, opening);
  return swapKeyboard(tap, deps, person, toKeyboard(button, opening, deps.chat.dashboardUrl));
}

export async function handleCardTap(
  tap: Tap,
  deps: TapDeps,
  person: Person,
  button: CardButton,
): Promise<void> {
  const { action, draftId, version } = button;
  const args = {
    p_draft_id: draftId,
    p_version: version,
    ...personArgs(person),
    p_now: deps.now().toISOString(),
  };
  let decision: Decision;
  if (has(DECISIONS, action))
    decision = await deps.database.call(
      'decide_draft_in_telegram',
      { ...args, ...DECISIONS[action] },
      decisionShape,
    );
  else if (has(SNOOZES, action))
    decision = await deps.database.call(
      'snooze_draft_in_telegram',
      { ...args, p_choice: SNOOZES[action] },
      decisionShape,
    );
  else return openAndOffer(tap, deps, person, button);
  note(deps, person, button, decision);
  await settle(tap, deps, person, decision);
}
