// Who there is: the bot, the people allowed to moderate, and anyone else a test sends in.
export interface TelegramUser {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface TelegramChat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title?: string;
  first_name?: string;
}

const names = ['Petra', 'Tomáš', 'Oksana', 'Elena', 'Adam'];

export function createPeople(credentials: { botToken: string; chatId: string; allowedUserIds: number[] }) {
  const bot: TelegramUser = {
    id: Number(credentials.botToken.split(':')[0]),
    is_bot: true,
    first_name: 'Regulars',
    username: 'regulars_sandbox_bot',
  };
  const moderators: TelegramUser[] = credentials.allowedUserIds.map((id, index) => ({
    id,
    is_bot: false,
    first_name: names[index] ?? `Moderator ${index + 1}`,
    language_code: 'en',
  }));
  const isGroup = credentials.chatId.startsWith('-');
  const chat: TelegramChat = {
    id: Number(credentials.chatId),
    type: credentials.chatId.startsWith('-100') ? 'supergroup' : isGroup ? 'group' : 'private',
    ...(isGroup ? { title: 'Moderation' } : { first_name: moderators[0]?.first_name ?? 'Moderator' }),
  };
  const userOf = (id: number, language?: string): TelegramUser => {
    const user = [bot, ...moderators].find((known) => known.id === id);
    const stranger = { id, is_bot: false, first_name: 'Stranger', language_code: 'en' };
    return { ...(user ?? stranger), ...(language === undefined ? {} : { language_code: language }) };
  };
  return { bot, moderators, chat, userOf };
}

export type People = ReturnType<typeof createPeople>;
