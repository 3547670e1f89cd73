// A draft with its card in the moderation chat, and people who tap on it and answer it.
import { addMember, planDraft } from '../members.ts';
import type { DraftOptions } from '../members.ts';
import { openMessaging, TELEGRAM_SECRET } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

export const [PETRA, TOMAS] = TELEGRAM.allowedUserIds as [number, number];
export const STRANGER = 666;

export type ModeratedDraft = Awaited<ReturnType<typeof openModeratedDraft>>;

export interface ChatMessage {
  message_id: number;
  from: { id: number };
  text: string;
  entities: { type: string; url?: string; offset: number; length: number }[];
  buttons: { text: string; callback_data?: string; url?: string }[][];
  force_reply: boolean;
  reply_to_message_id: number | null;
}

/** What the buttons of a message carry, without the draft they are about. */
export const lettersOf = (message: ChatMessage) =>
  message.buttons.map((row) => row.map(({ callback_data }) => callback_data?.split(':')[0]));

export async function openModeratedDraft(options: DraftOptions = {}) {
  const world = await openMessaging();
  // The chat reads what the members read, so that nothing waits for a translation; each person is answered in their own language.
  await world.sql`update core.settings set moderation_language = 'cs'`;
  await world.run('sync-templates', { mode: 'submit' });
  const member = await addMember(world);
  const draftId = await planDraft(world, member, options);
  await world.run('draft-messages');
  const { control } = world.outside;
  const chat = () => control('GET', '/telegram/chat');
  const messages = async (): Promise<ChatMessage[]> => (await chat()).messages;
  const card = async () => (await messages())[0]!;
  const tap = async (letter: string, userId = PETRA, version = 1, language?: string) => {
    const { message_id } = await card();
    const by = { user_id: userId, ...(language === undefined ? {} : { language_code: language }) };
    await control('POST', '/telegram/press', { message_id, data: `${letter}:${draftId}:${version}`, ...by });
  };
  return {
    world,
    member,
    draftId,
    chat,
    card,
    messages,
    lastPress: async () => (await chat()).presses[0],
    /** What everybody who tapped was told, first to last. */
    answers: async () => (await chat()).presses.map((press: { answer: string }) => press.answer).toReversed(),
    outbox: () => world.sql`select * from outbox.messages`,
    /** Somebody presses a button of the card; Telegram has not told us yet. */
    tap,
    /** The same, and Telegram tells us. */
    async press(...given: Parameters<typeof tap>): Promise<void> {
      await tap(...given);
      await world.deliver();
    },
    /** Somebody answers a message of the chat; what the bot says then. */
    async answer(to: number, text: string, userId = PETRA): Promise<ChatMessage | undefined> {
      const before = (await messages()).at(-1)!.message_id;
      await control('POST', '/telegram/message', { text, user_id: userId, reply_to_message_id: to });
      await world.deliver();
      return (await messages()).find((each) => each.message_id > before && each.from.id !== userId);
    },
    /** A call as Telegram makes it, or somebody who would like to be Telegram. */
    post: (body: unknown, secret: string | null = TELEGRAM_SECRET) =>
      world.functions['telegram-webhook'].request('/telegram-webhook', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

export const tapUpdate = (data: string, chatId = Number(TELEGRAM.chatId), userId = PETRA) => ({
  update_id: 1,
  callback_query: {
    id: '77',
    from: { id: userId, is_bot: false, first_name: 'Petra' },
    chat_instance: 'x',
    message: { message_id: 1, date: 0, chat: { id: chatId, type: 'supergroup', title: 'x' } },
    data,
  },
});
