// The button that leads to a place in the dashboard. Telegram refuses one to anything but a public address; ours is one when it is https.
import type { InlineKeyboard } from 'grammy';

export function addDashboardButton(
  keyboard: InlineKeyboard,
  label: string,
  dashboardUrl: string | undefined,
  path: string,
): InlineKeyboard {
  return dashboardUrl?.startsWith('https://') ? keyboard.url(label, `${dashboardUrl}${path}`) : keyboard;
}

/** A keyboard without buttons is none. */
export const keyboardOrNone = (keyboard: InlineKeyboard): InlineKeyboard | undefined =>
  keyboard.inline_keyboard.flat().length > 0 ? keyboard : undefined;
