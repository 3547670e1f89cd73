// The moderation bot: which update goes where.
import { Bot } from 'grammy';
import { readCallbackData } from '../_shared/button.ts';
import type { Button } from '../_shared/button.ts';
import { DatabaseError } from '../_shared/database.ts';
import { isTelegramsFault } from '../_shared/moderation-chat.ts';
import { decisionWords } from '../_shared/words/decision.ts';
import { handleCardTap } from './card-tap.ts';
import { handleChatMember } from './chat-member.ts';
import { handleCommandTap } from './command-tap.ts';
import { handleCommand } from './command.ts';
import { handleDigestTap } from './digest-tap.ts';
import { handleJudgeTap } from './judge-tap.ts';
import { personOf } from './person.ts';
import type { Person } from './person.ts';
import { handleReply } from './reply.ts';
import { answerTap } from './tap.ts';
import type { Tap, TapDeps } from './tap.ts';

/** What the bot's answers need. */
export type BotDeps = TapDeps;

export interface BotOptions {
  token: string;
  apiRoot: string;
}

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

/** In the moderation chat and on the message that the bot sent there; what a command brought also where it was given. */
function countsHere(tap: Tap, deps: BotDeps, button: Button | undefined): boolean {
  const { message } = tap.callbackQuery;
  if (!message || ('forward_origin' in message && message.forward_origin)) return false;
  if (String(message.chat.id) === deps.chatId) return true;
  const isOfCommand = button?.kind === 'pause' || button?.kind === 'resume' || button?.kind === 'mode';
  return isOfCommand && message.chat.type === 'private';
}

function dispatch(tap: Tap, deps: BotDeps, person: Person, button: Button): Promise<void> {
  switch (button.kind) {
    case 'card':
      return handleCardTap(tap, deps, person, button);
    case 'digest':
      return handleDigestTap(tap, deps, person, button);
    case 'judge':
      return handleJudgeTap(tap, deps, person, button);
    case 'pause':
    case 'resume':
    case 'mode':
      return handleCommandTap(tap, deps, person, button);
  }
}

async function handleTap(tap: Tap, deps: BotDeps): Promise<void> {
  const person = personOf(tap.from, deps);
  const words = decisionWords[person.language];
  const button = readCallbackData(tap.callbackQuery.data);
  if (!countsHere(tap, deps, button)) {
    deps.log.warn('denied', { telegram_user_id: person.id });
    return answerTap(tap, deps, '', true);
  }
  if (!button) return answerTap(tap, deps, words.unknownButton);
  try {
    await dispatch(tap, deps, person, button);
  } catch (error) {
    const isPassing = error instanceof DatabaseError ? error.isTransient : isTelegramsFault(error);
    await answerTap(tap, deps, isPassing ? words.triedAgain : words.failed);
    throw error;
  }
}

export function addModeration(bot: Bot, deps: BotDeps): void {
  // A channel writes without anybody.
  bot.on('message').filter(
    ({ message }) => message.from === undefined,
    () => undefined,
  );
  bot.on('callback_query:data', (tap) => handleTap(tap, deps));
  // Any other button must not spin for ever.
  bot.on('callback_query', (tap) => answerTap(tap, deps, '', true));
  bot.on('message:text').filter(
    ({ message }) => message.text.startsWith('/'),
    (message) => handleCommand(message, deps, personOf(message.from, deps)),
  );
  bot.on('my_chat_member', (update) => handleChatMember(update, deps));
  bot.on('message', (message) => handleReply(message, deps, personOf(message.from, deps)));
}
