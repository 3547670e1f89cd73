import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import postgres from 'postgres';

const dashboard = process.env.REGULARS_DASHBOARD ?? '';

async function openSettings(page: Page, role: string): Promise<void> {
  await page.goto(`${dashboard}/login?next=/clubs/1/settings/drafting`);
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill('regulars-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Limits of a day' })).toBeVisible();
}

test('an owner sees who drafts and at what cost, and sets the limits of a day', async ({ page }) => {
  await openSettings(page, 'owner');
  await expect(page.getByText(/^On\. Claude \(claude-/)).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Money' })).toHaveAttribute('aria-valuetext', /of \$1\.00$/);

  await page.getByLabel('Money in a day').fill('a lot');
  await page.getByRole('button', { name: 'Save the limits' }).click();
  await expect(page.getByText('Money in a day: give a number, such as 1.50.')).toBeVisible();

  await page.getByLabel('Money in a day').fill('0');
  await page.getByRole('button', { name: 'Save the limits' }).click();
  await expect(page.getByText('Claude is never asked: a limit of the day is zero.')).toBeVisible();
  await page.goto(`${dashboard}/clubs/1/messages`);
  await page.getByRole('complementary', { name: 'Drafting' }).getByRole('link').click();

  await page.getByLabel('Money in a day').fill('1,00');
  await page.getByRole('button', { name: 'Save the limits' }).click();
  await expect(page.getByText(/^On\. Claude \(claude-/)).toBeVisible();
});

test('an analyst reads the limits and cannot change them', async ({ page }) => {
  await openSettings(page, 'analyst');
  await expect(page.getByText('Only an owner or operator of the club may change these.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save the limits' })).toHaveCount(0);
});

test('a budget that is used up is said on Today, accessibly, until there is room again', async ({
  browser,
}) => {
  const sql = postgres(process.env.REGULARS_DATABASE ?? '', { max: 1, onnotice: () => {} });
  await sql`
    select campaigns.notice_drafting(1, 'budget_money', '{"estimate_micro_usd": 1000000000000}', now())`;
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } });
      const page = await context.newPage();
      await openSettings(page, 'owner');
      for (const path of ['', '/messages', '/settings/drafting']) {
        await page.goto(`${dashboard}/clubs/1${path}`);
        await expect(page.getByText(/Today’s drafting budget of \$1\.00 is used up since \d/)).toBeVisible();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      }
      await context.close();
    }
  } finally {
    await sql`delete from campaigns.drafting_notices where club_id = 1`;
    await sql.end();
  }
});
