import { mkdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { dashboard, historyOf, sandbox, signIn } from './dashboard.ts';
import { draftOf, waitingCard } from './moderation-chat.ts';

// The main job, as a person sees it happen: a card in Telegram, a tap, a message on a phone, and the member who came back.

const PICTURES = 'test-results/pictures';

// One story in the order of its chapters: the phones of the later ones are those that were written to before.
test.describe.configure({ mode: 'serial' });

test('a member gets a message, reads it, and comes back', async ({ browser }) => {
  mkdirSync(PICTURES, { recursive: true });
  const page = await browser.newPage();
  await signIn(page, 'owner');
  await expect(page.getByText('Clients', { exact: true })).toBeVisible();
  // The drafts are being written just now; the page shows them by itself.
  await expect(page.getByRole('link', { name: /^To approve/ })).toContainText(/[1-9]/);
  await page.screenshot({ path: `${PICTURES}/overview.png` });

  const outside = await browser.newPage();
  await outside.goto(sandbox());
  await expect(outside.getByText('Sandbox', { exact: true })).toBeVisible();
  const card = await waitingCard(outside);
  // "Eliška R. · Reactivation · …"
  const member = (await card.locator('strong').first().innerText()).split(' ')[0]!;
  await card.getByRole('button', { name: 'Approve' }).click();
  await expect(card).toContainText('Approved by Petra');

  // The phone appears with the message, and opening it reads it.
  const phone = outside
    .getByRole('list', { name: 'Phones' })
    .getByRole('button', { name: new RegExp(`^${member} `) });
  await phone.click({ timeout: 60_000 });
  const thread = outside.getByRole('log', { name: 'Messages on this phone' });
  await expect(thread.locator('.message[data-status="read"]')).toBeVisible();
  await outside.screenshot({ path: `${PICTURES}/sandbox.png` });

  await page.getByRole('link', { name: /^Messages/ }).click();
  await expect(historyOf(page, member)).toContainText('Read');
  const entry = page.locator('tbody').filter({ hasText: member }).first();
  await entry.locator('summary').click();
  await expect(entry).toContainText('Petra, in Telegram');

  await outside.getByRole('button', { name: 'Comes to train today' }).click();
  // The mirror looks at the booking platform once a minute.
  await expect(historyOf(page, member)).not.toContainText('Not yet', { timeout: 100_000 });
  await page.screenshot({ path: `${PICTURES}/messages.png`, fullPage: true });
});

test('a message approved in the dashboard shows so in Telegram, and arrives', async ({ browser }) => {
  const outside = await browser.newPage();
  await outside.goto(sandbox());
  const card = await waitingCard(outside);
  const draftId = await draftOf(card);

  const page = await browser.newPage();
  await signIn(page, 'moderator');
  // Where "Open in dashboard" leads from the card of a dashboard with a public address.
  await page.goto(`${dashboard()}/clubs/1/messages#draft-${draftId}`);
  const waiting = page.locator(`#draft-${draftId}`);
  await expect(waiting).toBeInViewport();
  const member = await waiting.getByRole('heading').innerText();
  await waiting.getByRole('button', { name: `Approve the message to ${member}` }).click();
  await expect(historyOf(page, member)).toContainText('Delivered', { timeout: 60_000 });
  await expect(card).toContainText('Approved by moderator in the dashboard', { timeout: 40_000 });
});

test('an answer of STOP ends all messages to the member', async ({ browser }) => {
  const outside = await browser.newPage();
  await outside.goto(sandbox());
  await outside.getByRole('list', { name: 'Phones' }).getByRole('button').first().click();
  const reply = outside.getByRole('textbox', { name: /^Reply as / });
  const member = (await reply.getAttribute('aria-label'))!.replace('Reply as ', '');
  await reply.fill('Stop!');
  await outside.getByRole('button', { name: 'Send reply' }).click();

  const page = await browser.newPage();
  await signIn(page, 'operator');
  await page.getByRole('link', { name: /^Messages/ }).click();
  await expect(historyOf(page, member)).toContainText('Wants no messages', { timeout: 30_000 });
});

test('an analyst reads, and is offered nothing to decide', async ({ browser }) => {
  const page = await browser.newPage();
  await signIn(page, 'analyst');
  await page.getByRole('link', { name: /^Messages/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Messages' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
});
