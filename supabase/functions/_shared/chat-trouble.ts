// Why Telegram does not let us into the moderation chat, told from what concerns one message or will pass by itself.
import { GrammyError } from 'grammy';

export interface ChatTrouble {
  kind: 'migrated' | 'closed' | 'unknown_chat' | 'bad_token';
  /** A sentence with the cure. */
  what: string;
  /** How long not to knock again. */
  holdSeconds: number;
}

/** Telegram has no code of its own for these. */
const NO_RIGHTS = /not enough rights|no rights to send|need administrator rights|CHAT_WRITE_FORBIDDEN/i;

/** Somebody has to change something: knocking more often changes nothing. */
const HOLD_SECONDS = 60;

export function toChatTrouble(error: unknown): ChatTrouble | null {
  if (!(error instanceof GrammyError)) return null;
  const { error_code: code, description, parameters } = error;
  if (parameters.migrate_to_chat_id !== undefined) {
    return {
      kind: 'migrated',
      what: `Telegram made the moderation group a supergroup with another id: set TELEGRAM_CHAT_ID to ${parameters.migrate_to_chat_id}.`,
      holdSeconds: HOLD_SECONDS,
    };
  }
  if (code === 403 || NO_RIGHTS.test(description)) {
    return {
      kind: 'closed',
      what: `Telegram does not let the bot write to the moderation chat (${description}): add the bot to the chat again, with the right to send messages.`,
      holdSeconds: HOLD_SECONDS,
    };
  }
  if (code === 400 && /chat not found/i.test(description)) {
    return {
      kind: 'unknown_chat',
      what: 'Telegram knows no chat of the id in TELEGRAM_CHAT_ID: correct it, and add the bot to that chat.',
      holdSeconds: HOLD_SECONDS,
    };
  }
  if (code === 401 || code === 404) {
    return {
      kind: 'bad_token',
      what: 'Telegram does not accept TELEGRAM_BOT_TOKEN: set the token that @BotFather gave.',
      holdSeconds: HOLD_SECONDS,
    };
  }
  return null;
}
