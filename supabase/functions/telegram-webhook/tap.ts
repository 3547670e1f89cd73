// A tap on a button, and how its spinner ends.
import type { Context, Filter } from 'grammy';
import type { Now, Wait } from '../_shared/clock.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import type { ModerationChat } from '../_shared/moderation-chat.ts';

export interface TapDeps {
  database: Database;
  chat: ModerationChat;
  /** The moderation chat: taps elsewhere count for nothing. */
  chatId: string;
  allowedUserIds: readonly number[];
  now: Now;
  wait: Wait;
  log: Log;
}

export type Tap = Filter<Context, 'callback_query:data'>;

/** Telegram's, for what appears over the chat. */
const LONGEST_ANSWER = 200;

/** Ends the spinner on the button; without words when there are none. Too late is no fault: what was done stands, and the post shows it. */
export async function answerTap(
  tap: Pick<Tap, 'answerCallbackQuery'>,
  { log }: Pick<TapDeps, 'log'>,
  text: string,
  isCalm = false,
): Promise<void> {
  const shown = [...text].slice(0, LONGEST_ANSWER).join('');
  try {
    await tap.answerCallbackQuery(shown === '' ? undefined : { text: shown, show_alert: !isCalm });
  } catch (error) {
    if (!isTelegramsFault(error)) throw error;
    log.error('answer_failed', error);
  }
}
