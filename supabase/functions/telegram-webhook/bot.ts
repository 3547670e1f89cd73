// The moderation bot: the buttons of the cards, and a line of help.
import { Bot } from 'grammy';
import { handleTap } from './tap.ts';
import type { TapDeps } from './tap.ts';

export interface BotOptions {
  token: string;
  apiRoot: string;
}

const HELP =
  'I show messages that wait for approval in the moderation chat of the club. Approve or reject them with their buttons.';

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

export function addModeration(bot: Bot, deps: TapDeps): void {
  bot.on('callback_query:data', handleTap(deps));
  // Any other button must not spin for ever.
  bot.on('callback_query', (tap) => tap.answerCallbackQuery());
  bot.hears(/^\/(start|help)(@|\s|$)/, async (message) => {
    await message.reply(HELP);
  });
}
