// Shows due cards in the moderation chat, no faster than Telegram likes it.
import { z } from 'zod';
import { cardShape } from '../_shared/card.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { isOneCardsFault } from '../_shared/moderation-chat.ts';
import type { ModerationChat } from '../_shared/moderation-chat.ts';

export interface CardDeps {
  database: Database;
  chat: ModerationChat;
  now: Now;
  wait: Wait;
}

const BATCH = 10;
/** Short: a card that is not shown by then is another run's. */
const LEASE_SECONDS = 30;
/** A card begun so late might be shown after its lease, and then shown twice. */
const BEGIN_WITHIN_MS = 15_000;
/** About one message a second is what a chat takes. */
const PACE_MS = 1000;

export interface CardRound {
  claimed: number;
  shown: number;
  /** Telegram asked us to slow down or is away: no more in this run. */
  mustStop: boolean;
}

export async function runCardRound({ database, chat, now, wait }: CardDeps, log: Log): Promise<CardRound> {
  const claimedAt = now();
  const cards = await database.call(
    'claim_cards',
    { p_limit: BATCH, p_lease_seconds: LEASE_SECONDS, p_now: claimedAt.toISOString() },
    z.array(cardShape),
  );
  const round: CardRound = { claimed: cards.length, shown: 0, mustStop: false };
  for (const card of cards) {
    if (now().getTime() - claimedAt.getTime() > BEGIN_WITHIN_MS) break;
    const begunAt = now().getTime();
    try {
      await chat.show(card);
      round.shown += 1;
    } catch (error) {
      // The card stays due; its lease ends by itself, and a later run shows it.
      if (error instanceof DatabaseError) throw error;
      log.error('card_failed', error, { draft_id: card.draft_id });
      if (!isOneCardsFault(error)) return { ...round, mustStop: true };
    }
    await wait(Math.max(0, PACE_MS - (now().getTime() - begunAt)));
  }
  return round;
}
