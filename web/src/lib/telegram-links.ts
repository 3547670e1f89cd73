/** An operator of a club, and whether their Telegram account is linked. */
export interface TelegramLink {
  user_id: string;
  email: string;
  role: 'owner' | 'operator' | 'moderator' | 'analyst';
  is_active: boolean;
  is_linked: boolean;
  telegram_name: string | null;
  is_me: boolean;
}

/** What a code shown once is good for: until then, and as long as nothing came of it. */
export interface LinkCode {
  code: string;
  expiresAt: string;
  /** The name that was linked when it was made: another one says that it was used. */
  replaces: string | null;
}

export const CODE_MINUTES = 10;

/** Whether a code is still to be shown to the person who asked for it. */
export function isWaiting(
  { expiresAt, replaces }: LinkCode,
  me: TelegramLink | undefined,
  now: string,
): boolean {
  const isUsed = me?.is_linked === true && accountOf(me) !== replaces;
  return !isUsed && Date.parse(now) < Date.parse(expiresAt);
}

/** By what a link is told from another; null: there is none. */
export function accountOf({ is_linked, telegram_name }: TelegramLink): string | null {
  return is_linked ? (telegram_name ?? '') : null;
}
