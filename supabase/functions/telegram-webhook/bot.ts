// The moderation bot: two buttons and a line of help. Who may decide, and whether it still can be decided, the database says.
import { Bot, GrammyError, HttpError } from 'grammy';
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

export interface BotOptions {
  token: string;
  apiRoot: string;
}

export interface ModerationDeps {
  database: Database;
  chat: ModerationChat;
  chatId: string;
  allowedUserIds: readonly number[];
  now: Now;
  log: Log;
}

type Tap = Filter<Context, 'callback_query:data'>;

const HELP = 'I show messages that wait for approval in the moderation chat of the club. Approve or reject them with their buttons.';

/** What grammY would otherwise ask Telegram for at every cold start. */
function botInfo(token: string): Bot['botInfo'] {
  return {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Regulars',
    username: 'regulars_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

export const createBot = ({ token, apiRoot }: BotOptions): Bot =>
  new Bot(token, { botInfo: botInfo(token), client: { apiRoot, timeoutSeconds: 10 } });

const isTelegramsFault = (error: unknown) => error instanceof GrammyError || error instanceof HttpError;

export function addModeration(bot: Bot, deps: ModerationDeps): void {
  const { database, chat, chatId, allowedUserIds, now, log } = deps;

  /** Ends the spinner on the button. Too late is no fault: the decision stands, and the card shows it. */
  async function answer(tap: Tap, text: string, isCalm: boolean): Promise<void> {
    try {
      await tap.answerCallbackQuery({ text, show_alert: !isCalm });
    } catch (error) {
      if (!isTelegramsFault(error)) throw error;
      log.error('answer_failed', error);
    }
  }

  async function decide(tap: Tap, button: CardButton): Promise<Decision> {
    const isHere = String(tap.chat?.id) === chatId;
    const args = {
      p_draft_id: button.draftId,
      p_version: button.version,
      p_decision: button.decision,
      p_telegram_user_id: tap.from.id,
      p_is_allowed: isHere && allowedUserIds.includes(tap.from.id),
      p_reason: null,
      p_now: now().toISOString(),
    };
    try {
      return await database.call('decide_draft_in_telegram', args, decisionShape);
    } catch (error) {
      const isPassing = error instanceof DatabaseError && error.isTransient;
      await answer(tap, isPassing ? 'Not decided yet: it is tried again in a moment.' : 'That did not work. Please use the dashboard.', false);
      throw error;
    }
  }

  /** The tapped message, and the one on record when that is another. What fails here, draft-messages draws later. */
  async function redraw(tap: Tap, card: Card): Promise<void> {
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

  bot.on('callback_query:data', async (tap) => {
    const button = readCallbackData(tap.callbackQuery.data);
    if (!button) return answer(tap, 'This button is not known any more.', false);
    const decision = await decide(tap, button);
    const { outcome, card } = decision;
    log.info('tapped', { draft_id: button.draftId, decision: button.decision, outcome, telegram_user_id: tap.from.id });
    await answer(tap, toAnswer(decision, tap.from.id), outcome === 'approved' || outcome === 'rejected');
    if (card && outcome !== 'denied') await redraw(tap, card);
  });
  // Any other button must not spin for ever.
  bot.on('callback_query', (tap) => tap.answerCallbackQuery());
  bot.hears(/^\/(start|help)(@|\s|$)/, async (message) => {
    await message.reply(HELP);
  });
}
