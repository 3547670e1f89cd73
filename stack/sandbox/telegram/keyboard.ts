// Inline keyboards and what Telegram demands of their buttons.
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

export const replyMarkup = json(z.looseObject({ inline_keyboard: z.array(z.array(button)) })).optional();

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
export function checkKeyboard(markup: z.infer<typeof replyMarkup>): InlineKeyboard | null {
  const rows = (markup?.inline_keyboard ?? [])
    .map((row) => row.map(checkButton))
    .filter((row) => row.length > 0);
  return rows.length === 0 ? null : { inline_keyboard: rows };
}
