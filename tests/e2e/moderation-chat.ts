import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export const moderationChat = (outside: Page) =>
  outside.getByRole('log', { name: 'Messages in the moderation chat' });

/** A card that waits. With many, they come as digests: then the messages of one are asked for one by one. */
export async function waitingCard(outside: Page): Promise<Locator> {
  const chat = moderationChat(outside);
  const cards = chat
    .locator('.message')
    .filter({ has: outside.getByRole('button', { name: 'Approve' }) })
    .filter({ hasNot: outside.getByRole('button', { name: 'One by one' }) });
  const split = chat.getByRole('button', { name: 'One by one' });
  // Telegram takes some 20 messages a minute: what is shown first may still be on its way.
  await expect(cards.or(split).first()).toBeVisible({ timeout: 60_000 });
  if ((await cards.count()) === 0) await split.first().click();
  await expect(cards.first()).toBeVisible({ timeout: 60_000 });
  const messageId = await cards.first().getAttribute('data-message-id');
  return chat.locator(`[data-message-id="${messageId}"]`);
}

/** The draft that a card is about, as its buttons name it. */
export async function draftOf(card: Locator): Promise<string> {
  const data = await card.getByRole('button', { name: 'Approve' }).getAttribute('data-callback');
  return data!.split(':')[1]!;
}
