// The bot was added to a chat, or removed from one. It belongs in the moderation chat alone: a group is let in by its id.
import type { Context, Filter } from 'grammy';
import { z } from 'zod';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import type { TapDeps } from './tap.ts';

export type ChatMemberUpdate = Filter<Context, 'my_chat_member'>;

const OUTSIDE = ['left', 'kicked'];

export async function handleChatMember(update: ChatMemberUpdate, deps: TapDeps): Promise<void> {
  const { database, chatId, now, log } = deps;
  const { chat, new_chat_member: member } = update.myChatMember;
  const isOutside = OUTSIDE.includes(member.status);
  const p_now = now().toISOString();
  log.info('bot_moved', { chat_id: chat.id, status: member.status });
  if (String(chat.id) === chatId) {
    if (isOutside) {
      const p_detail =
        'The bot was removed from the moderation chat: add it again, with the right to send messages.';
      await database.call('note_chat_trouble', { p_kind: 'closed', p_detail, p_now }, z.boolean());
    } else {
      await database.call('note_chat_well', { p_now }, z.null());
    }
    return;
  }
  if (isOutside || chat.type === 'private') return;
  try {
    await update.leaveChat();
  } catch (error) {
    if (!isTelegramsFault(error)) throw error;
    log.error('not_left', error, { chat_id: chat.id });
  }
}
