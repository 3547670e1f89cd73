// Draws what the moderation chat is to show, in order and no faster than Telegram takes it. The pace is kept in the database: a round
// that ends, or dies, is followed by another that knows what went out before.
import { GrammyError } from 'grammy';
import { z } from 'zod';
import { toChatTrouble } from '../_shared/chat-trouble.ts';
import type { Now, Wait } from '../_shared/clock.ts';
import { DatabaseError } from '../_shared/database.ts';
import type { Database } from '../_shared/database.ts';
import type { Log } from '../_shared/log.ts';
import { ChatBusyError } from '../_shared/moderation-chat.ts';
import type { ModerationChat } from '../_shared/moderation-chat.ts';
import { nextPostShape } from '../_shared/post.ts';
import type { Post } from '../_shared/post.ts';

export interface PostDeps {
  database: Database;
  chat: ModerationChat;
  now: Now;
  wait: Wait;
}

/** Longer than the longest wait and three calls of ten seconds: whoever holds the queue longer has died. */
const LEASE_SECONDS = 45;
/** A group's next turn is three seconds away in the steady state; who would wait longer gives way to other work. */
const LONGEST_WAIT_MS = 5000;
/** Telegram is away: a pause, or every tick would knock again. */
const AWAY_SECONDS = 15;

export interface PostRound {
  shown: number;
  /** Nothing more for now: nothing is due, its turn is not soon, or Telegram asked for silence. */
  isDone: boolean;
}

async function hold({ database, chat, now }: PostDeps, seconds: number): Promise<void> {
  const args = { p_chat_id: chat.chatId, p_seconds: seconds, p_now: now().toISOString() };
  await database.call('hold_chat', args, z.null());
}

/** Whether the others may go on: this one post was refused. A flood limit, a closed door and silence concern all of them. */
async function suffer(deps: PostDeps, post: Post, error: unknown, log: Log): Promise<boolean> {
  const { database, now } = deps;
  if (error instanceof DatabaseError) throw error;
  if (error instanceof ChatBusyError) return false;
  log.error('post_failed', error, { kind: post.kind, object: post.object });
  const trouble = toChatTrouble(error);
  if (trouble) {
    await database.call(
      'note_chat_trouble',
      { p_kind: trouble.kind, p_detail: trouble.what, p_now: now().toISOString() },
      z.boolean(),
    );
    await hold(deps, trouble.holdSeconds);
    return false;
  }
  const isItsOwnFault = !(error instanceof GrammyError) || error.error_code === 400;
  if (error instanceof GrammyError && !isItsOwnFault) {
    await hold(deps, error.parameters.retry_after ?? AWAY_SECONDS);
    return false;
  }
  if (isNoAnswer(error)) {
    await hold(deps, AWAY_SECONDS);
    return false;
  }
  await database.call(
    'fail_post',
    {
      p_kind: post.kind,
      p_object: post.object,
      p_club_id: post.club_id,
      p_error: error instanceof Error ? error.message : String(error),
      p_now: now().toISOString(),
    },
    z.number(),
  );
  return true;
}

const isNoAnswer = (error: unknown): boolean => error instanceof Error && error.name === 'HttpError';

/** One post at most. */
async function drawNext(deps: PostDeps, token: string, log: Log): Promise<PostRound> {
  const { database, chat, now, wait } = deps;
  const post = await database.call(
    'next_post',
    {
      p_chat_id: chat.chatId,
      p_token: token,
      p_lease_seconds: LEASE_SECONDS,
      p_longest_wait_ms: LONGEST_WAIT_MS,
      p_now: now().toISOString(),
    },
    nextPostShape.nullable(),
  );
  if (!post) return { shown: 0, isDone: true };
  await wait(post.wait_ms);
  try {
    await chat.draw(post);
    return { shown: 1, isDone: false };
  } catch (error) {
    return { shown: 0, isDone: !(await suffer(deps, post, error, log)) };
  }
}

/** Draws until nothing is left for now, or `isWithin` says that time is up. */
export async function runPostRound(deps: PostDeps, log: Log, isWithin: () => boolean): Promise<PostRound> {
  const token = crypto.randomUUID();
  const round: PostRound = { shown: 0, isDone: false };
  try {
    while (!round.isDone && isWithin()) {
      const { shown, isDone } = await drawNext(deps, token, log);
      round.shown += shown;
      round.isDone = isDone;
    }
  } finally {
    await deps.database.call('release_chat', { p_chat_id: deps.chat.chatId, p_token: token }, z.null());
  }
  return round;
}
