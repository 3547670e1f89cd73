import { describe, expect, it } from 'vitest';
import { accountOf, isWaiting } from '../../../web/src/lib/telegram-links.ts';
import type { TelegramLink } from '../../../web/src/lib/telegram-links.ts';

const me = (telegram_name: string | null, is_linked = true): TelegramLink => ({
  ...{ user_id: 'eva', email: 'eva@example.com', role: 'owner', is_active: true, is_me: true },
  ...{ is_linked, telegram_name },
});
const nobody = me(null, false);

describe('a code', () => {
  const NOW = '2026-06-15T10:00:00Z';
  const code = (replaces: TelegramLink) => ({
    ...{ code: 'ABCD', expiresAt: '2026-06-15T10:10:00Z' },
    replaces: accountOf(replaces),
  });

  it.each([
    ['nobody is linked still', nobody, nobody, true],
    ['it linked an account', nobody, me('Eva'), false],
    ['it linked an account without a name', nobody, me(null), false],
    ['the earlier account is linked still', me('Eva'), me('Eva'), true],
    ['another took the place of the earlier', me('Eva'), me('Eva N.'), false],
    ['the earlier account was unlinked meanwhile', me('Eva'), nobody, true],
  ])('is shown or not when %s', (_, before, after, isShown) => {
    expect(isWaiting(code(before), after, NOW)).toBe(isShown);
  });

  it('is shown no longer than it works', () => {
    expect(isWaiting(code(nobody), nobody, '2026-06-15T10:09:59Z')).toBe(true);
    expect(isWaiting(code(nobody), nobody, '2026-06-15T10:10:00Z')).toBe(false);
  });
});
