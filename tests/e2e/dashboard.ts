import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

export const dashboard = () => process.env.REGULARS_DASHBOARD!;
export const sandbox = () => process.env.REGULARS_SANDBOX!;

export async function signIn(page: Page, role: string): Promise<void> {
  await page.goto(dashboard());
  await page.getByLabel('E-mail').fill(`${role}@demo.regulars.local`);
  await page.getByLabel('Password').fill('regulars-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
}

/** The history's row of a member; the words of its details are not meant. */
export const historyOf = (page: Page, member: string) =>
  page.locator('tbody').filter({ hasText: member }).getByRole('row').first();
