// Inline keyboards and what Telegram demands of their buttons; and the one other markup a moderation bot has, asking for a reply.
import { z } from 'zod';
import { json } from './parameters.ts';
import { badRequest } from './telegram-error.ts';

export interface InlineButton {
  text: string;
  callback_data?: string;
  url?: string;
}

export interface InlineKeyboard {
  inline_keyboard: InlineButton[][];
}

const button = z.looseObject({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
});

export const inlineMarkup = json(z.looseObject({ inline_keyboard: z.array(z.array(button)) })).optional();

/** Opens the reply field in the apps of those who see the message. */
const forceReply = z.looseObject({
  force_reply: z.literal(true),
  input_field_placeholder: z.string().min(1).max(64).optional(),
});
export const sendMarkup = json(
  z.union([z.looseObject({ inline_keyboard: z.array(z.array(button)) }), forceReply]),
).optional();

export const asksForReply = (markup: z.infer<typeof sendMarkup>): boolean =>
  markup !== undefined && 'force_reply' in markup;

function checkUrl(url: string): void {
  const invalid = badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  if (url.startsWith('tg://')) return;
  if (!URL.canParse(url)) throw invalid;
  const { protocol, hostname } = new URL(url);
  if (!['http:', 'https:'].includes(protocol) || !hostname.includes('.')) throw invalid;
}

function checkButton({ text, callback_data: data, url }: InlineButton): InlineButton {
  if (text.trim() === '') throw badRequest("can't parse inline keyboard button: Button text is empty");
  if (data === undefined && url === undefined) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  if (data !== undefined) {
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
    return { text, callback_data: data };
  }
  checkUrl(url ?? '');
  return { text, url };
}

/** The keyboard as Telegram keeps it; null when there is none. */
export function checkKeyboard(markup: z.infer<typeof sendMarkup>): InlineKeyboard | null {
  const given = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : [];
  const rows = (given as InlineButton[][]).map((row) => row.map(checkButton)).filter((row) => row.length > 0);
  return rows.length === 0 ? null : { inline_keyboard: rows };
}
