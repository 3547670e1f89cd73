import { z } from 'zod';
import { LANGUAGES } from '#lib/campaign-form.ts';
import type { Api } from '#lib/server/supabase.ts';
import type { TelegramLink } from '#lib/telegram-links.ts';
import { read } from './answer.ts';

const links = z.array(
  z.object({
    user_id: z.guid(),
    email: z.string(),
    role: z.enum(['owner', 'operator', 'moderator', 'analyst']),
    is_active: z.boolean(),
    is_linked: z.boolean(),
    telegram_name: z.string().nullable(),
    is_me: z.boolean(),
  }),
);
const COLUMNS = links.element.keyof().options.join(', ');

/** Everybody the club knows, those who left it last. */
export async function readTelegramLinks(api: Api, clubId: number): Promise<TelegramLink[]> {
  const answer = await api
    .from('telegram_links')
    .select(COLUMNS)
    .eq('club_id', clubId)
    .order('is_active', { ascending: false })
    .order('email')
    .order('user_id');
  return read('api.telegram_links', answer, links);
}

const language = z.enum(LANGUAGES);
const chats = z.array(z.object({ moderation_language: language }));

/** What the moderation chat speaks about a club; null for a club the person does not see. */
export async function readModerationLanguage(api: Api, clubId: number) {
  const answer = await api.from('moderation_chat').select('moderation_language').eq('club_id', clubId);
  return read('api.moderation_chat', answer, chats)[0]?.moderation_language ?? null;
}

export const personForm = z.object({ person: z.guid() });
export const languageForm = z.object({ language });

/** Not allowed, unknown, or not possible: the database says it in a sentence. */
const REFUSALS = ['42501', 'P0002', '22023', '23502', '23514'];

type Refused = { refusal: string };

/** A code for the signed-in person; it is told only here. */
export async function startTelegramLink(api: Api, clubId: number): Promise<string | Refused> {
  const answer = await api.rpc('start_telegram_link', { p_club_id: clubId });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.start_telegram_link', answer, z.string());
}

/** Takes their Telegram account from a person; false: there was none. */
export async function unlinkTelegram(api: Api, clubId: number, person: string): Promise<boolean | Refused> {
  const answer = await api.rpc('unlink_telegram', { p_club_id: clubId, p_user_id: person });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  return read('api.unlink_telegram', answer, z.boolean());
}

export async function changeModerationLanguage(
  api: Api,
  clubId: number,
  wanted: z.infer<typeof language>,
): Promise<Refused | null> {
  const answer = await api.rpc('change_moderation_language', { p_club_id: clubId, p_language: wanted });
  if (answer.error && REFUSALS.includes(answer.error.code)) return { refusal: answer.error.message };
  read('api.change_moderation_language', answer, z.unknown());
  return null;
}
