// A club whose people write commands to the bot, in the moderation chat or alone with it.
import type { Language } from '../../../shared/draft-checks/draft.ts';
import { CLUB, openMessaging } from '../messaging.ts';
import { TELEGRAM } from '../outside-services.ts';

/** On the installation's list, and linked to nobody. */
export const PETRA = TELEGRAM.allowedUserIds[0]!;
export const STRANGER = 666;
/** On no list, and linked to operators of the club. */
export const OWNER = 8001;
export const OPERATOR = 8002;
export const MODERATOR = 8003;
export const ANALYST = 8004;
export const REVOKED = 8005;
export const GROUP = Number(TELEGRAM.chatId);

/** Telegram takes twenty messages a minute in a group. */
const GROUPS_PACE_MS = 3100;

export interface Shown {
  message_id: number;
  from: { id: number };
  text: string;
  entities: { type: string; offset: number; length: number }[];
  buttons: { text: string; callback_data: string }[][];
}

export const textOf = async (answer: Promise<{ text: string }[]>): Promise<string> =>
  (await answer).map(({ text }) => text).join('\n');

export type CommandedClub = Awaited<ReturnType<typeof openCommandedClub>>;

export async function openCommandedClub() {
  const world = await openMessaging();
  const { sql, outside } = world;
  const bot = Number(TELEGRAM.botToken.split(':')[0]);

  const said = async (chatId = GROUP): Promise<Shown[]> => {
    const { messages } = await outside.control('GET', `/telegram/chat?chat_id=${chatId}`);
    return (messages as Shown[]).filter(({ from }) => from.id === bot);
  };
  async function link(user: number, role: string, { club = CLUB, isActive = true } = {}): Promise<void> {
    await sql`
      insert into core.operators (club_id, user_id, email, role, is_active, telegram_user_id, created_at)
      values (${club}, gen_random_uuid(), ${`${role}@example.com`}, ${role}, ${isActive}, ${user}, ${world.now()})`;
  }
  interface Writer {
    user?: number;
    chat?: number;
    language?: Language;
  }
  return {
    world,
    said,
    /** Somebody writes, and Telegram tells us. What the bot said to it, in that chat. */
    async write(
      text: string,
      { user = PETRA, chat = GROUP, language = 'en' }: Writer = {},
    ): Promise<Shown[]> {
      const message = { text, user_id: user, chat_id: chat, language_code: language };
      const written = await outside.control('POST', '/telegram/message', message);
      await world.deliver(GROUPS_PACE_MS);
      return (await said(chat)).filter(({ message_id }) => message_id > written.message_id);
    },
    /** Somebody presses a button of a message, and Telegram tells us. What appeared over the chat. */
    async press(
      { message_id }: Shown,
      data: string,
      user = PETRA,
    ): Promise<{ answer: string | null; show_alert: boolean }> {
      await outside.control('POST', '/telegram/press', { message_id, data, user_id: user });
      await world.deliver();
      return (await outside.control('GET', '/telegram/chat')).presses[0];
    },
    link,
    /** One club that sends, with one person of each kind. */
    async beginAnew(): Promise<void> {
      await sql`delete from core.clubs where club_id <> ${CLUB}`;
      await sql`delete from core.operators`;
      await sql`
        update core.settings set sending_paused_at = null, sending_paused_by = null, sending_pause_reason = null,
          sending_opens_at = '09:00', delivery_mode = 'moderation'`;
      await link(OWNER, 'owner');
      await link(OPERATOR, 'operator');
      await link(MODERATOR, 'moderator');
      await link(ANALYST, 'analyst');
      await link(REVOKED, 'owner', { isActive: false });
      await world.sync();
      world.logged.length = 0;
    },
    async openClub(name: string): Promise<number> {
      const [row] = await sql<{ id: number }[]>`
        select core.create_club(${name}, 'Europe/Prague', 'CZ', 'CZK', ${world.now()})::int as id`;
      return row!.id;
    },
    async settings(club = CLUB) {
      const [row] = await sql`
        select sending_paused_by, sending_pause_reason, delivery_mode from core.settings where club_id = ${club}`;
      return row!;
    },
    /** Who was told nothing. */
    denied: () => world.logged.filter(({ event }) => event === 'denied').map((line) => line.telegram_user_id),
  };
}
