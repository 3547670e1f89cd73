// A draft with its card in the moderation chat, and people who tap on it.
import { addMember, planDraft } from '../members.ts';
import { openMessaging, TELEGRAM_SECRET } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

export const [PETRA, TOMAS] = TELEGRAM.allowedUserIds as [number, number];
export const STRANGER = 666;

export type ModeratedDraft = Awaited<ReturnType<typeof openModeratedDraft>>;

export async function openModeratedDraft() {
  const world = await openMessaging();
  await world.run('sync-templates', { mode: 'submit' });
  const member = await addMember(world);
  const draftId = await planDraft(world, member);
  await world.run('draft-messages');
  const chat = () => world.outside.control('GET', '/telegram/chat');
  const tap = async (letter: 'a' | 'r', userId = PETRA, version = 1) => {
    const [{ message_id }] = (await chat()).messages;
    const data = `${letter}:${draftId}:${version}`;
    await world.outside.control('POST', '/telegram/press', { message_id, data, user_id: userId });
  };
  return {
    world,
    member,
    draftId,
    chat,
    card: async () => (await chat()).messages[0],
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
