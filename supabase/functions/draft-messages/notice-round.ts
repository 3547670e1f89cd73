// Tells the moderation chat, once, what the owner is to know about drafting.
import { z } from 'zod';
import type { Now } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import type { ModerationChat } from '../_shared/moderation-chat.ts';
import { draftingNotice, toNoticeText } from './drafting-notice.ts';

export interface NoticeDeps {
  database: Database;
  chat: ModerationChat;
  now: Now;
}

/** As for a card: what is not told by then is another run's. */
const LEASE_SECONDS = 60;

/** A notice that could not be told stays due; its lease ends by itself, and a later run of the same day tells it. */
export async function runNoticeRound({ database, chat, now }: NoticeDeps, log: Log): Promise<void> {
  const notices = await database.call(
    'claim_drafting_notices',
    { p_lease_seconds: LEASE_SECONDS, p_now: now().toISOString() },
    z.array(draftingNotice),
  );
  for (const notice of notices) {
    const { club_id, notice_date, kind } = notice;
    try {
      const told = await chat.tell(toNoticeText(notice), `/clubs/${club_id}/settings/drafting`);
      await database.call(
        'store_drafting_notice',
        {
          p_club_id: club_id,
          p_notice_date: notice_date,
          p_kind: kind,
          p_chat_id: told.chatId,
          p_message_id: told.messageId,
          p_now: now().toISOString(),
        },
        z.null(),
      );
      log.info('notice_told', { club_id, kind });
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      log.error('notice_failed', error, { club_id, kind });
    }
  }
}
