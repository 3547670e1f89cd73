// The moderation chat: shows a card, new or changed, and remembers which message shows which state; tells what else is to be known.
import { GrammyError, InlineKeyboard } from 'grammy';
import type { Api } from 'grammy';
import { z } from 'zod';
import { toCallbackData } from './card-button.ts';
import { toCardText } from './card-text.ts';
import type { Card } from './card.ts';
import type { Database } from './database.ts';

export interface ModerationChat {
  /** Sends or redraws the card and stores what it shows now. Throws grammY's errors. */
  show(card: Card): Promise<void>;
  /** Sends a message, as HTML, with a button that leads to this path of the dashboard. Throws grammY's errors. */
  tell(html: string, path: string): Promise<{ chatId: string; messageId: number }>;
}

export interface ModerationChatDeps {
  api: Api;
  database: Database;
  chatId: string;
  dashboardUrl?: string;
}

/** Telegram refuses a button to anything but a public address; ours is one when it is https. */
const isLinkable = (url: string | undefined): url is string => url?.startsWith('https://') ?? false;

/** Decisions while there is something to decide; the last of a card's buttons leads to the dashboard. */
function toKeyboard(card: Card, dashboardUrl: string | undefined): InlineKeyboard | undefined {
  const keyboard = new InlineKeyboard();
  if (card.status === 'pending') {
    keyboard.text('✅ Approve', toCallbackData('a', card)).text('❌ Reject', toCallbackData('r', card)).row();
  }
  if (isLinkable(dashboardUrl)) keyboard.url('Open in dashboard', `${dashboardUrl}/messages`);
  return keyboard.inline_keyboard.flat().length > 0 ? keyboard : undefined;
}

const isRefusal = (error: unknown, pattern: RegExp) =>
  error instanceof GrammyError && error.error_code === 400 && pattern.test(error.description);

/** Telegram refused this card; others may be fine. A flood limit (429), a fault or no answer concern every card. */
export const isOneCardsFault = (error: unknown): boolean =>
  error instanceof GrammyError && error.error_code === 400;

export function createModerationChat({
  api,
  database,
  chatId,
  dashboardUrl,
}: ModerationChatDeps): ModerationChat {
  const format = (card: Card) => ({
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    reply_markup: toKeyboard(card, dashboardUrl),
  });

  /** The message that shows the card now. */
  async function draw(card: Card): Promise<{ chatId: string; messageId: number }> {
    if (card.message_id !== null && card.chat_id !== null) {
      const shown = { chatId: card.chat_id, messageId: card.message_id };
      try {
        await api.editMessageText(shown.chatId, shown.messageId, toCardText(card), format(card));
        return shown;
      } catch (error) {
        if (isRefusal(error, /message is not modified/)) return shown;
        const isGone = isRefusal(
          error,
          /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/,
        );
        // Whoever deleted a decided card wanted it gone; an open one must be seen.
        if (isGone && card.status !== 'pending') return shown;
        if (!isGone) throw error;
      }
    }
    const sent = await api.sendMessage(chatId, toCardText(card), format(card));
    return { chatId, messageId: sent.message_id };
  }

  return {
    async show(card) {
      const shown = await draw(card);
      await database.call(
        'store_card',
        {
          p_club_id: card.club_id,
          p_draft_id: card.draft_id,
          p_chat_id: shown.chatId,
          p_message_id: shown.messageId,
          p_version: card.version,
          p_status: card.status,
        },
        z.null(),
      );
    },
    async tell(html, path) {
      const keyboard = new InlineKeyboard();
      if (isLinkable(dashboardUrl)) keyboard.url('Open in dashboard', `${dashboardUrl}${path}`);
      const sent = await api.sendMessage(chatId, html, {
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
        ...(isLinkable(dashboardUrl) && { reply_markup: keyboard }),
      });
      return { chatId, messageId: sent.message_id };
    },
  };
}
