// The moderation chat: draws a post, new or changed, and remembers which message shows which state of it. Answers to people are said.
import { GrammyError, HttpError } from 'grammy';
import type { Api, InlineKeyboard } from 'grammy';
import { z } from 'zod';
import type { Now, Wait } from './clock.ts';
import { DatabaseError } from './database.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';
import type { Post } from './post.ts';
import { toPostText } from './posts/post-text.ts';
import type { PostText } from './posts/post-text.ts';

export interface ModerationChat {
  chatId: string;
  dashboardUrl: string | undefined;
  /** Sends or changes the post's message, whose call is reserved, and stores what it shows. Throws grammY's errors. */
  draw(post: Post): Promise<void>;
  /** Changes the message of a post at once if the chat takes it soon; else its queue does. Trouble is logged: the queue tries again. */
  redraw(post: Post, log: Log): Promise<void>;
  /** Sends a message that answers somebody; its id. Throws grammY's errors. */
  say(chatId: string, html: string, more?: Parameters<Api['sendMessage']>[2]): Promise<number>;
}

export interface ModerationChatDeps {
  api: Api;
  database: Database;
  chatId: string;
  dashboardUrl?: string;
  now: Now;
  wait: Wait;
}

/** Somebody tapped and looks at the card. */
const LONGEST_REDRAW_WAIT_MS = 1500;
const LONGEST_ANSWER_WAIT_MS = 3000;
/** Well within the lease of whoever draws. */
const LONGEST_EXTRA_WAIT_MS = 20_000;
const PLAIN = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;

const isRefusal = (error: unknown, pattern: RegExp) =>
  error instanceof GrammyError && error.error_code === 400 && pattern.test(error.description);
const isUnchanged = (error: unknown) => isRefusal(error, /message is not modified/);
const isGone = (error: unknown) =>
  isRefusal(error, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/);
export const isTelegramsFault = (error: unknown) =>
  error instanceof GrammyError || error instanceof HttpError;

/** A post of two messages needs a second call, and the chat takes none soon: the queue draws it later. */
export class ChatBusyError extends Error {
  override name = 'ChatBusyError';
  constructor() {
    super('The chat takes no further message soon; the post is drawn later.');
  }
}

type Shown = Pick<Post, 'message_id' | 'extra_message_id'>;

// One closure over the chat and its pace: its parts are short, and split apart each would need the others.
// eslint-disable-next-line max-lines-per-function
export function createModerationChat(deps: ModerationChatDeps): ModerationChat {
  const { api, database, chatId, dashboardUrl, now, wait } = deps;

  /** Reserves a call and waits for its turn; false when that is too long. */
  async function takeCall(chat: string, lane: 'send' | 'edit', longestWaitMs: number): Promise<boolean> {
    const args = {
      p_chat_id: chat,
      p_lane: lane,
      p_longest_wait_ms: longestWaitMs,
      p_now: now().toISOString(),
    };
    const waitMs = await database.call('take_chat_call', args, z.number().nullable());
    if (waitMs === null) return false;
    await wait(waitMs);
    return true;
  }

  const send = async (html: string, reply_markup?: InlineKeyboard) =>
    (await api.sendMessage(chatId, html, { ...PLAIN, reply_markup })).message_id;

  /** Whether the message now says so; false when it is gone. */
  async function edit(chat: string, messageId: number, html: string, reply_markup?: InlineKeyboard) {
    try {
      await api.editMessageText(chat, messageId, html, { ...PLAIN, reply_markup });
    } catch (error) {
      if (isGone(error)) return false;
      if (!isUnchanged(error)) throw error;
    }
    return true;
  }

  async function remove(chat: string, messageId: number): Promise<void> {
    try {
      await api.deleteMessage(chat, messageId);
    } catch (error) {
      // Gone, or too old to be deleted: an old message that stays decides nothing, its buttons ask the database like any other.
      if (!(error instanceof GrammyError && error.error_code === 400)) throw error;
    }
  }

  /** The message of its own that holds a text too long for the post, above it; null when the post needs none. */
  async function drawExtra(post: Post, extra: string | undefined): Promise<number | null> {
    const { chat_id: chat, extra_message_id: shown } = post;
    if (chat !== null && shown !== null) {
      if (extra === undefined) {
        await remove(chat, shown);
        return null;
      }
      if (await edit(chat, shown, extra)) return shown;
    }
    if (extra === undefined) return null;
    if (!(await takeCall(chatId, 'send', LONGEST_EXTRA_WAIT_MS))) throw new ChatBusyError();
    return send(extra);
  }

  async function drawText(
    post: Post,
    { html, keyboard, extra }: PostText,
  ): Promise<Shown & { chat_id: string }> {
    const extra_message_id = await drawExtra(post, extra);
    if (post.message_id !== null && post.chat_id !== null) {
      const shown = { chat_id: post.chat_id, message_id: post.message_id, extra_message_id };
      // Whoever deleted a decided card wanted it gone; an open one must be seen.
      if ((await edit(post.chat_id, post.message_id, html, keyboard)) || !post.is_open) return shown;
    }
    return { chat_id: chatId, message_id: await send(html, keyboard), extra_message_id };
  }

  async function store(post: Post, shown: Shown & { chat_id: string }): Promise<void> {
    await database.call(
      'store_post',
      {
        p_kind: post.kind,
        p_object: post.object,
        p_club_id: post.club_id,
        p_chat_id: shown.chat_id,
        p_message_id: shown.message_id,
        p_extra_message_id: shown.extra_message_id,
        p_shown: post.state,
        p_is_live: post.is_live,
        p_now: now().toISOString(),
      },
      z.null(),
    );
  }

  async function draw(given: Post): Promise<void> {
    // Shown before TELEGRAM_CHAT_ID was changed: over there it stays as it is, and what is open is shown here.
    const isElsewhere = given.chat_id !== null && given.chat_id !== chatId;
    if (isElsewhere && !given.is_open) return store(given, { ...given, chat_id: given.chat_id ?? chatId });
    const post = isElsewhere
      ? { ...given, chat_id: null, message_id: null, extra_message_id: null, former_message_id: null }
      : given;
    await store(post, await drawText(post, toPostText(post, { dashboardUrl })));
    if (post.former_message_id !== null && post.chat_id !== null)
      await remove(post.chat_id, post.former_message_id);
  }

  return {
    chatId,
    dashboardUrl,
    draw,
    async redraw(post, log) {
      try {
        if (await takeCall(chatId, 'edit', LONGEST_REDRAW_WAIT_MS)) await draw(post);
      } catch (error) {
        const isPassing = error instanceof DatabaseError || error instanceof ChatBusyError;
        if (!isTelegramsFault(error) && !isPassing) throw error;
        log.error('redraw_failed', error, { kind: post.kind, object: post.object });
      }
    },
    async say(chat, html, more) {
      // Somebody asked: an answer a second too early is better than none.
      await takeCall(chat, 'send', LONGEST_ANSWER_WAIT_MS);
      return (await api.sendMessage(chat, html, { ...PLAIN, ...more })).message_id;
    },
  };
}
