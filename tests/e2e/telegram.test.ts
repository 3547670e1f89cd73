import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { dashboard, sandbox, signIn } from './dashboard.ts';
import { draftOf, moderationChat, waitingCard } from './moderation-chat.ts';

// What people do in Telegram, as the dashboard shows it at once.

let page: Page;
let outside: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  outside = await browser.newPage();
  await signIn(page, 'owner');
  await outside.goto(sandbox());
});

/** A message that waits, as the chat and the dashboard show it. */
async function openWaiting() {
  const card = await waitingCard(outside);
  const draftId = await draftOf(card);
  await page.goto(`${dashboard()}/clubs/1/messages#draft-${draftId}`);
  const waiting = page.locator(`#draft-${draftId}`);
  await expect(waiting).toBeVisible();
  return { card, waiting, member: await waiting.getByRole('heading').innerText() };
}

test('a message put off in Telegram says so, and one rejected there tells why', async () => {
  const { card, waiting, member } = await openWaiting();
  await card.getByRole('button', { name: 'Snooze' }).click();
  await card.getByRole('button', { name: '1 hour' }).click();
  await expect(waiting).toContainText(/Put off until .* by Petra/);
  await expect(card).toContainText('Snoozed until');

  await card.getByRole('button', { name: 'Reject' }).click();
  await card.getByRole('button', { name: 'Wrong time' }).click();
  await expect(card).toContainText('Rejected by Petra');
  await expect(waiting).toHaveCount(0);
  await page.getByRole('link', { name: 'Rejected', exact: true }).click();
  const row = page.getByRole('row').filter({ hasText: member });
  await expect(row).toContainText('Wrong time');
  await expect(row).toContainText('Petra, in Telegram');
});

test('a rejection in the dashboard shows its reason on the card', async () => {
  const { card, waiting } = await openWaiting();
  await waiting.locator('summary').click();
  await waiting.getByRole('button', { name: 'Wording' }).click();
  await expect(page.getByText('Rejected. Nothing will be sent.')).toBeVisible();
  await expect(card).toContainText('Rejected by owner in the dashboard', { timeout: 40_000 });
  await expect(card).toContainText('Wording');
});

test('new words in a reply stand in the dashboard, and wait for approval', async () => {
  const { card, waiting } = await openWaiting();
  await card.getByRole('button', { name: 'Edit' }).click();
  // The bot asks for a reply, and quotes the words there are.
  await expect(outside.locator('#reply')).toBeVisible();
  const words = await moderationChat(outside).locator('.message code').last().innerText();
  const changed = `${words.replace(/[.!?…]+$/u, '')}${words.endsWith('!') ? '.' : '!'}`;
  await outside.getByRole('textbox', { name: 'Message to the moderation chat' }).fill(changed);
  await outside.getByRole('button', { name: 'Send to the moderation chat' }).click();

  await expect(waiting).toContainText(changed);
  await expect(waiting).toContainText('Written by Petra, in Telegram');
  await expect(card).toContainText(changed);
  await expect(card.getByRole('button', { name: 'Approve' })).toBeVisible();
});

test('a person links their Telegram with a code, and the bot answers them', async () => {
  await page.goto(`${dashboard()}/clubs/1/settings/telegram`);
  await page.getByRole('button', { name: 'Link my Telegram' }).click();
  const command = await page.getByRole('group', { name: 'Your code' }).innerText();

  await outside.getByLabel('Acting as').selectOption('Tomáš');
  await outside.getByRole('button', { name: 'Private' }).click();
  const field = outside.getByRole('textbox', { name: 'Message to the private chat with the bot' });
  const answer = outside
    .getByRole('log', { name: 'Messages in the private chat with the bot' })
    .locator('.message.bot');
  await field.fill(command.trim());
  await field.press('Enter');
  await expect(answer.last()).toContainText('your Telegram is linked');
  const own = page.getByRole('region', { name: 'Your Telegram account' });
  await expect(own.getByRole('status')).toHaveText('Linked as Tomáš');

  await field.fill('/status');
  await field.press('Enter');
  await expect(answer.last()).toContainText('Moderation: a person approves each message');
});
