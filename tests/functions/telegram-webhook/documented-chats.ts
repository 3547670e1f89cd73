// Who and what occurs in the updates that Telegram documents.
import { TELEGRAM } from '../outside-services.ts';

export interface About {
  /** A draft that waits. */
  draftId: string;
  /** Its card. */
  cardId: number;
  /** On the list, so whatever counts would count. */
  userId: number;
  at: Date;
}

export type Documented = [name: string, content: object];

export const BOT = { id: 4200, is_bot: true, first_name: 'Regulars', username: 'regulars_sandbox_bot' };
export const GROUP = { id: Number(TELEGRAM.chatId), title: 'Moderation', type: 'supergroup' };
export const FOREIGN = { id: -1_001_900_000_001, title: 'Running club', type: 'supergroup' };
export const CHANNEL = { id: -1_001_700_000_001, title: 'News', username: 'news', type: 'channel' };
/** Whom Telegram names when a group's administrator writes as the group. */
export const ANONYMOUS = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

export const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

export function people({ userId }: About) {
  const user = {
    id: userId,
    is_bot: false,
    first_name: 'Petra',
    last_name: 'K.',
    username: 'petra',
    language_code: 'cs',
    is_premium: true,
  };
  return { user, alone: { id: userId, first_name: 'Petra', username: 'petra', type: 'private' } };
}

export const entities = (text: string, type: string) => [{ offset: 0, length: text.length, type }];
